"""How the prices are made, for everyone to read and to print: the curve, the households, the seasons, the costs."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, render_template, request

from app.services.availability import TypeCard, list_type_cards
from app.services.rates import current_grid
from app.web.drawings.portrait import plot_curve
from app.web.drawings.season_calendar import year_sheet
from app.web.guest.door import Page, guest, house, today
from app.web.guest.fund_shown import show_fund
from app.web.guest.ladder import HOUSEHOLDS, household_words, night_amounts, night_cost
from app.web.guest.reading import list_seasons, smallest_for
from pricing.explain import explain_rule
from pricing.grid import Grid
from pricing.household import Household
from pricing.ladder import income_edges
from pricing.money import Money
from pricing.phrases import COSTS

COUPLE = Household(2)


@dataclass(frozen=True, slots=True)
class AmountFor:
    """What a household pays for a night, and up to which monthly income it is meant (None: the highest amount)."""

    amount: Money
    income_to: Money | None


@dataclass(frozen=True, slots=True)
class HouseholdColumn:
    """A household, the smallest room that holds it, and its amounts, lowest first."""

    household: str
    room: str
    amounts: tuple[AmountFor, ...]


@guest.get("/prices/how")
def how_prices() -> Page:
    """Explain the grid in force: its rule in words and as a plot, what households pay, the seasons, the costs."""
    grid = current_grid(house(), today()).grid
    cards = list_type_cards(house().id)
    columns = _columns(grid, cards, g.language)
    return render_template(
        "guest/how_prices.html",
        rule=explain_rule(grid, g.language),
        curve=plot_curve(grid, g.language),
        columns=columns,
        rows=list(zip(*(column.amounts for column in columns), strict=True)),
        seasons=list_seasons(grid, g.language),
        sheet=year_sheet(grid, _year(grid), g.language),
        costs=_costs(grid, cards, g.language),
        fund=show_fund(g.language),
        valid_from=grid.effective_from,
        vote=grid.vote_reference,
    )


def _columns(grid: Grid, cards: tuple[TypeCard, ...], language: str) -> tuple[HouseholdColumn, ...]:
    columns = []
    for household in HOUSEHOLDS:
        card = smallest_for(household, cards)
        if card is None:
            continue
        amounts = night_amounts(grid, household, card.code, grid.calendar.usual_season)
        edges = income_edges(grid, grid.scales.units.of_household(household))
        columns.append(
            HouseholdColumn(
                household=household_words(household),
                room=card.name(language),
                amounts=tuple(
                    AmountFor(amount, upper) for amount, (_, upper) in zip(amounts, edges, strict=True)
                ),
            )
        )
    return tuple(columns)


def _costs(
    grid: Grid, cards: tuple[TypeCard, ...], language: str
) -> tuple[tuple[tuple[str, Money], ...], Money] | None:
    """Return the lines of what a couple's night costs and their sum, or None for a house without a double."""
    card = smallest_for(COUPLE, cards)
    if card is None:
        return None
    cost = night_cost(grid, COUPLE, card.code, grid.calendar.usual_season)
    words = COSTS[language]
    lines = ((words["fixed"], cost.fixed), (words["room"], cost.room), (words["persons"], cost.persons))
    return lines, cost.total


def _year(grid: Grid) -> int:
    asked = request.args.get("year", type=int) or today().year
    return min(max(asked, grid.calendar.first_night.year), grid.horizon.year)
