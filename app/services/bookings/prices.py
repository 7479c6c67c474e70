"""The price of a booking: written night by night, chosen again while the money is not settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from app.database import session
from app.models import BookedNight, BookedRoom, Booking, BookingStatus
from app.models.payment import LIVE_STATES, PaymentAttempt
from app.services import folios, partner_codes
from app.services.bookings.statuses import lock, refuse_lapsed
from app.services.bookings.terms import PriceChoice
from app.services.events import record
from app.services.parties import Beds, fewest_rooms
from app.services.rates import grid_of_version
from app.services.support import UNCHANGED, SupportWish, write_support
from pricing.household import Household
from pricing.money import Money
from pricing.quote import Choice, Quote, RoomRequest, quote
from pricing.stay import Stay

CHANGEABLE = (
    BookingStatus.TENTATIVE,
    BookingStatus.REQUESTED,
    BookingStatus.CONFIRMED,
    BookingStatus.IN_HOUSE,  # a price left open is chosen at the counter, with the key in hand
)


class PriceIsSettled(Exception):
    """The money is settled, or the booking is over: the price stands."""


def write_prices(rooms: Sequence[BookedRoom], choice: Choice) -> None:
    """Write the nights of a choice to their rooms, in place of what stood there."""
    for room in rooms:
        room.bracket = choice.bracket
    if any(room.nights for room in rooms):
        for room in rooms:
            room.nights.clear()
        session.flush()  # the old nights go before new ones of the same dates come
    for night in choice.nights:
        room = rooms[night.room_index]
        room.nights.append(
            BookedNight(
                property_id=room.property_id,
                night=night.night,
                reference_minor=night.reference.minor,
                due_minor=night.due.minor,
                chosen_minor=night.chosen.minor,
            )
        )
    session.flush()


def write_references(rooms: Sequence[BookedRoom], priced: Quote) -> None:
    """Write the real cost alone, for a price that the guest has still to choose (decision 14)."""
    for night in priced.choose().nights:
        room = rooms[night.room_index]
        room.nights.append(
            BookedNight(
                property_id=room.property_id, night=night.night, reference_minor=night.reference.minor
            )
        )
    session.flush()


def price_of(booking: Booking) -> Money | None:
    """Return the agreed price of the stay without tourist tax, or None while it is open."""
    amounts = [night.chosen_minor for room in booking.rooms for night in room.nights]
    if not amounts or any(amount is None for amount in amounts):
        return None
    return Money(sum(amount or 0 for amount in amounts), booking.currency)


def quote_of(
    booking: Booking, type_codes: dict[int, str], beds: dict[str, Beds], *, stay: Stay | None = None
) -> Quote:
    """Return the quote of a booking under the grid it was made with, however old (decision 22).

    `type_codes` gives the code of each type id, `beds` the beds of each type code of the house; `stay` are other
    dates than its own.
    """
    if booking.grid_version_id is None:
        raise PriceIsSettled(booking.reference)
    party = Household(
        sum(room.adults for room in booking.rooms),
        tuple(age for room in booking.rooms for age in room.children),
    )
    fewest = fewest_rooms(party, beds)
    requests = [
        RoomRequest(
            type_code=type_codes[room.type_id],
            adults=room.adults,
            children=tuple(room.children),
            is_beyond_fewest=place >= fewest,
        )
        for place, room in enumerate(booking.rooms)
    ]
    grid = grid_of_version(booking.grid_version_id).grid
    return quote(grid, stay or Stay(booking.arrival, booking.departure), requests)


def refuse_settled(booking: Booking, now: datetime) -> None:
    """Refuse to choose again once money was taken or the booking is over. Raises: PriceIsSettled, HoldExpired.

    A card that has been asked for an amount holds that amount, taken or not.
    """
    refuse_lapsed(booking, now)
    is_on_a_card = booking.is_paid_by_card and booking.ordered_at is not None
    if booking.status not in CHANGEABLE or is_on_a_card or _is_at_the_card(booking):
        raise PriceIsSettled(booking.reference)
    if folios.has_payments(booking):
        raise PriceIsSettled(booking.reference)


def _is_at_the_card(booking: Booking) -> bool:
    """Tell whether a card page is open that asks for today's amount."""
    open_attempts = select(func.count()).where(
        PaymentAttempt.booking_id == booking.id, PaymentAttempt.state.in_(LIVE_STATES)
    )
    return bool(session.scalar(open_attempts))


def support_stay(booking: Booking, wish: SupportWish, *, now: datetime) -> None:
    """Write a gift and a partner's code beside the price, in the caller's transaction. Raises: CodeNotUsable."""
    if wish.code_id is not None:
        partner_codes.use(booking, wish.code_id, now=now)
    write_support(booking, wish)


def choose_price(
    *,
    booking: Booking,
    priced: Quote,
    choice: PriceChoice,
    actor: str,
    now: datetime,
    support: SupportWish = UNCHANGED,
) -> None:
    """Let the guest choose, or choose again, while nothing is paid; the folio follows. Commits.

    Raises: PriceIsSettled, HoldExpired, BelowMinimum, CodeNotUsable.
    """
    lock(booking)
    refuse_settled(booking, now)
    write_prices(booking.rooms, priced.choose(bracket=choice.bracket, amount=choice.amount))
    booking.is_price_open = False
    support_stay(booking, support, now=now)
    folios.rewrite_stay(booking, actor=actor, now=now)
    record(
        property_id=booking.property_id,
        actor=actor,
        verb="choose_price",
        noun="booking",
        noun_id=booking.id,
        now=now,
    )
    session.commit()
