"""A quote with its grid and its tax: of an offer that is free now, or of a booking that stands already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.models import Booking
from app.services import availability, bookings
from app.services.availability import list_type_cards
from app.services.rates import grid_of_version, stay_tax, tax_on
from app.web.guest.door import house, now, today
from app.web.guest.trip import Trip
from pricing.explain import Explanation, explain
from pricing.grid import Grid
from pricing.money import Money
from pricing.quote import Choice, PricedNight, Quote


@dataclass(frozen=True, slots=True)
class Priced:
    """What a price page is made from; `rooms` names the room types in the guest's language."""

    grid: Grid
    quote: Quote
    tax_of: Callable[[Choice], Money]
    rooms: str


def price_of_offer(trip: Trip, language: str) -> Priced:
    """Price the offer of a trip. Raises: RoomNotAvailable, and what `offer_for` raises."""
    offer = availability.offer_for(
        house=house(), stay=trip.stay, party=trip.party, key=trip.rooms, now=now(), today=today()
    )
    rooms = " + ".join(room.type.name(language) for room in offer.rooms)
    return Priced(offer.grid.grid, offer.quote, offer.tax_of, rooms)


def price_of_booking(booking: Booking, language: str) -> Priced:
    """Price a booking again under the grid that it was made with. Raises: PriceIsSettled, NoGrid."""
    cards = {card.id: card for card in list_type_cards(booking.property_id)}
    quote = bookings.quote_of(
        booking,
        {card.id: card.code for card in cards.values()},
        {card.code: card.beds for card in cards.values()},
    )
    tax = tax_on(booking.property_id, booking.currency, booking.arrival)
    parties = tuple((room.adults, room.adults + len(room.children)) for room in booking.rooms)
    return Priced(
        grid=grid_of_version(booking.grid_version_id or 0).grid,
        quote=quote,
        tax_of=lambda choice: stay_tax(tax, choice.nights, parties, booking.currency),
        rooms=" + ".join(cards[room.type_id].name(language) for room in booking.rooms),
    )


def explain_booking(booking: Booking, priced: Priced, language: str) -> Explanation | None:
    """Account for the agreed price of a booking, or None while the guest has still to choose it."""
    choice = _stored_choice(booking)
    return explain(priced.grid, priced.quote, choice, language) if choice else None


def _stored_choice(booking: Booking) -> Choice | None:
    nights = [
        (place, night)
        for place, room in enumerate(booking.rooms)
        for night in sorted(room.nights, key=lambda night: night.night)
    ]
    if any(night.chosen_minor is None for _, night in nights):
        return None

    def money(minor: int | None) -> Money:
        return Money(minor or 0, booking.currency)

    stored = sorted(
        (
            # What the rung asked is erased some time after the stay: then the agreed sum stands for it (decision 15).
            PricedNight(
                place,
                night.night,
                money(night.reference_minor),
                money(night.due_minor if night.due_minor is not None else night.chosen_minor),
                money(night.chosen_minor),
            )
            for place, night in nights
        ),
        key=lambda night: (night.night, night.room_index),
    )
    zero = Money.zero(booking.currency)
    return Choice(
        bracket=booking.rooms[0].bracket,
        due=sum((night.due for night in stored), zero),
        amount=sum((night.chosen for night in stored), zero),
        nights=tuple(stored),
    )
