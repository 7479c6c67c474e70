"""The house keeps the price it promised, whatever grid is published afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from app.models import Booking, Property
from app.services import bookings, grids
from app.services.availability import list_type_cards
from app.services.rates import current_grid, grid_of_version
from pricing.curve import AffineCurve
from pricing.explain import Explanation, explain
from tests.services.bookings.conftest import NOW, TODAY, Hold

TOMORROW = TODAY + timedelta(days=1)


def publish_dearer(house: Property) -> None:
    grid = current_grid(house, TODAY).grid
    assert isinstance(grid.curve, AffineCurve)
    dearer = replace(grid, curve=replace(grid.curve, floor=grid.curve.floor + Fraction(2)))
    draft = grids.start_draft(
        house=house, grid=dearer, reason="heating", author="Marie", actor="user:1", now=NOW
    )
    grids.publish(
        house=house,
        draft_id=draft.id,
        revision=draft.revision,
        publication=grids.Publication(2, TOMORROW, "Marie", "assembly"),
        actor="user:1",
        today=TODAY,
        now=NOW,
    )


def account(house: Property, booking: Booking) -> Explanation:
    cards = list_type_cards(house.id)
    quoted = bookings.quote_of(
        booking, {card.id: card.code for card in cards}, {card.code: card.beds for card in cards}
    )
    assert booking.grid_version_id is not None
    grid = grid_of_version(booking.grid_version_id).grid
    return explain(grid, quoted, quoted.choose(bracket=booking.rooms[0].bracket), "en")


def test_keeps_price_and_account_of_a_booking(house: Property, confirmed: Hold) -> None:
    booking = confirmed()
    before = (bookings.price_of(booking), account(house, booking))

    publish_dearer(house)

    assert current_grid(house, TOMORROW).grid.version == 2
    assert (bookings.price_of(booking), account(house, booking)) == before


def test_lets_a_price_be_chosen_again_under_the_grid_of_its_quote(house: Property, hold: Hold) -> None:
    booking = hold()
    publish_dearer(house)
    cards = list_type_cards(house.id)
    quoted = bookings.quote_of(
        booking, {card.id: card.code for card in cards}, {card.code: card.beds for card in cards}
    )

    bookings.choose_price(
        booking=booking, priced=quoted, choice=bookings.PriceChoice(bracket=1), actor="guest", now=NOW
    )

    assert booking.rooms[0].nights[0].due_minor == 1800
