"""Pages to read: the prices, the terms, the promises about data and access, and who is behind the house."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, render_template
from flask_babel import gettext as _

from app.services.availability import TypeCard, list_type_cards
from app.services.bookings.terms import TERMS_VERSION
from app.services.parties import Sleepers
from app.services.rates import current_grid, tax_on
from app.web.guest.door import Page, config, guest, house, today
from app.web.guest.ladder import RungRow, household_words, rung_rows, typical_ladder
from pricing.explain import explain_rule
from pricing.grid import Grid
from pricing.household import Household
from pricing.words import percent

SHOWN = (Household(2), Household(1), Household(2, (4, 7)))


@dataclass(frozen=True, slots=True)
class LadderShown:
    """The ladder of one household for one night, in the smallest room that holds it."""

    household: str
    room: str
    rows: tuple[RungRow, ...]


@dataclass(frozen=True, slots=True)
class SeasonShown:
    """A season, how much it changes a price, and which way: 1 up, -1 down, 0 not at all."""

    name: str
    change: str
    direction: int


@guest.get("/prices")
def prices() -> Page:
    """Show the ladders of one night, the rule they come from, and what the seasons change."""
    grid = current_grid(house(), today()).grid
    cards = list_type_cards(house().id)
    ladders = []
    for household in SHOWN:
        card = smallest_for(household, cards)
        if card is not None:
            rungs = typical_ladder(grid, household, card.code)
            rows = rung_rows(rungs, g.language, _("what the night costs the house"))
            ladders.append(LadderShown(household_words(household), card.name(g.language), rows))
    return render_template(
        "guest/prices.html",
        ladders=ladders,
        rule=explain_rule(grid, g.language),
        seasons=list_seasons(grid, g.language),
        horizon=grid.horizon,
        valid_from=grid.effective_from,
        tax=tax_on(house().id, house().currency, today()),
    )


@guest.get("/terms")
def terms() -> Page:
    """Show the terms of sale, with the house's own hours and days in them."""
    return render_template(
        "guest/terms.html",
        version=TERMS_VERSION,
        takes_cards=config().takes_cards,
        free_days=house().free_cancellation_days,
        free_until=house().free_cancellation_until,
    )


@guest.get("/privacy")
def privacy() -> Page:
    """Say what is kept of a guest, why, for how long, and what a price may tell."""
    return render_template("guest/privacy.html", takes_cards=config().takes_cards)


@guest.get("/accessibility")
def accessibility() -> Page:
    """Say honestly how far the pages and the house can be used by everyone."""
    return render_template("guest/accessibility.html")


@guest.get("/legal")
def legal() -> Page:
    """Say who publishes these pages and who mediates."""
    return render_template("guest/legal.html")


def list_seasons(grid: Grid, language: str) -> tuple[SeasonShown, ...]:
    """Return the seasons of a grid and what each changes."""
    return tuple(
        SeasonShown(
            season.names[language],
            percent(abs(season.factor - 1), language),
            (season.factor > 1) - (season.factor < 1),
        )
        for season in grid.calendar.seasons
    )


def smallest_for(household: Household, cards: tuple[TypeCard, ...]) -> TypeCard | None:
    """Return the smallest type that holds a household, the first of equal ones."""
    sleepers = Sleepers(household.adults, household.children)
    fitting = [card for card in cards if card.beds.hold(sleepers)]
    return min(fitting, key=lambda card: card.beds.sleeps, default=None)
