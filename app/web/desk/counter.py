"""Prices on paper: the table on the counter, and the card that a guest ticks alone and folds (decision 14).

Neither knows what anybody chose: they show every amount of a room, a season and a party, or of a stay.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, render_template, request
from flask_babel import gettext as _

from app.services import bookings
from app.services.availability import TypeCard, list_type_cards
from app.services.rates import current_grid
from app.web.desk.counter_form import CounterForm
from app.web.desk.door import UNPROCESSABLE, Page, at_the_desk, booking_or_404, desk, house, now, today
from app.web.guest.ladder import RungRow, price_sheet, rung_rows, typical_ladder
from app.web.guest.offers import party_words
from app.web.guest.priced import price_of_booking
from pricing.explain import explain_rule
from pricing.grid import Grid
from pricing.household import Household
from pricing.seasons import Season
from pricing.stay import Stay


@dataclass(frozen=True, slots=True)
class CounterSheet:
    """One page for the counter: the amounts of one night of a room for a party in a season."""

    room: str
    season: str
    party: str
    rows: tuple[RungRow, ...]


@desk.get("/counter")
@at_the_desk
def counter() -> Page:
    """Show the amounts of one night, ready to be printed on one page."""
    grid = current_grid(house(), today()).grid
    cards = tuple(card for card in list_type_cards(house().id) if card.code in grid.room_factors)
    form = CounterForm(request.args or None, cards=cards, grid=grid, language=g.language)
    is_sound = not request.args or form.validate()
    page = render_template(
        "desk/counter.html",
        form=form,
        sheet=_sheet(grid, cards, form) if cards and is_sound else None,
        rule=explain_rule(grid, g.language),
        valid_from=grid.effective_from,
        horizon=grid.horizon,
    )
    return page, 200 if is_sound else UNPROCESSABLE


@desk.get("/bookings/<reference>/card")
@at_the_desk
def price_card(reference: str) -> Page:
    """Print the paper card of a stay whose price is still to be chosen: amounts to tick, folded closed.

    Raises: PriceIsSettled, HoldExpired.
    """
    booking = booking_or_404(reference)
    bookings.refuse_settled(booking, now())
    priced = price_of_booking(booking, g.language)
    return render_template(
        "desk/price_card.html",
        sheet=price_sheet(priced.grid, priced.quote, priced.tax_of, g.language),
        rooms=priced.rooms,
        stay=Stay(booking.arrival, booking.departure),
        party=party_words(priced.quote.household),
        reference=reference,
    )


def _sheet(grid: Grid, cards: tuple[TypeCard, ...], form: CounterForm) -> CounterSheet:
    card = next((card for card in cards if card.code == form.type.data), cards[0])
    season = _season(grid, form)
    party = Household(form.adults.data or 1, form.children.data or ())
    rungs = typical_ladder(grid, party, card.code, season)
    return CounterSheet(
        room=card.name(g.language),
        season=season.names[g.language],
        party=party_words(party),
        rows=rung_rows(rungs, g.language, _("what the night costs the house")),
    )


def _season(grid: Grid, form: CounterForm) -> Season:
    named = (season for season in grid.calendar.seasons if season.code == form.season.data)
    return next(named, grid.calendar.usual_season)
