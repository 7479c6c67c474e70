"""Bookings that a register hands over, with their own price or none (decision 13), for the replay of a year."""

from __future__ import annotations

from datetime import datetime

from app.database import session
from app.models import BookedNight, Booking, BookingStatus, Property, Source, new_reference
from app.services import folios
from app.services.availability import TypeCard
from app.services.bookings.placing import Place, choose_rooms, place
from app.services.bookings.statuses import go_to
from app.services.bookings.terms import policy_of
from app.services.events import record
from app.services.inventory import list_taken
from app.services.parties import Sleepers
from pricing.money import Money
from pricing.stay import Stay


class DoesNotSleep(ValueError):
    """The type has not the beds for these people."""


def hand_over(
    *,
    house: Property,
    card: TypeCard,
    stay: Stay,
    sleepers: Sleepers,
    nightly_price: Money | None,
    channel: str,
    guest_name: str,
    now: datetime,
) -> Booking:
    """Write a confirmed booking of one room at the price the register says, or at an unknown price. Commits.

    Raises: RoomNotAvailable, DoesNotSleep.
    """
    if not card.beds.hold(sleepers):
        raise DoesNotSleep(card.code)
    taken = list_taken(property_id=house.id, stay=stay, now=now)
    free = tuple(room_id for room_id in card.room_ids if room_id not in taken)
    places = [Place(card.id, sleepers, free)]
    room_ids = choose_rooms(house.id, places, stay, now)
    actor = f"channel:{channel}"
    booking = Booking(
        property_id=house.id,
        reference=new_reference(),
        status=BookingStatus.TENTATIVE,
        source=Source.CHANNEL,
        arrival=stay.arrival,
        departure=stay.departure,
        guest_name=guest_name,
        language=house.languages[0],
        currency=house.currency,
        policy=policy_of(house, stay),
        created_at=now,
        ordered_at=now,
        confirmed_at=now,
        rooms=[],
    )
    session.add(booking)
    session.flush()
    (room,) = place(booking, places, room_ids, now=now, lapses_at=None)
    room.nights.extend(
        BookedNight(
            property_id=house.id,
            night=night,
            chosen_minor=None if nightly_price is None else nightly_price.minor,
        )
        for night in stay.nights
    )
    record(property_id=house.id, actor=actor, verb="book", noun="booking", noun_id=booking.id, now=now)
    go_to(booking, BookingStatus.CONFIRMED, actor=actor, verb="confirm", now=now)
    session.flush()
    folios.open_folio(booking, actor=actor, now=now)
    session.commit()
    return booking
