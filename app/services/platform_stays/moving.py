"""Reception gives a platform's stay another room, completed or not; at the next import it stays there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.database import session
from app.models import Booking, BookingStatus, ChannelStay, Claim, Property, Room
from app.services.bookings.moving import MOVABLE
from app.services.bookings.platform_rooms import give_room
from app.services.bookings.statuses import TransitionRefused, lock
from app.services.bookings.staying import refuse_occupied
from app.services.events import record
from app.services.inventory import Wish, list_taken
from app.services.platform_stays.finding import StayNotFound, lock_stay
from pricing.stay import Stay


@dataclass(frozen=True, slots=True)
class FreeRoom:
    """A room that is free for the nights ahead of a stay."""

    id: int
    name: str


def list_free_rooms(*, stay: ChannelStay, today: date, now: datetime) -> tuple[FreeRoom, ...]:
    """Return the rooms that could have a stay instead of its own, in the house's order; none once it is over."""
    ahead = _ahead(stay, today)
    if ahead is None:
        return ()
    taken = list_taken(property_id=stay.property_id, stay=ahead, now=now)
    claim = session.get_one(Claim, stay.claim_id)
    rooms = session.execute(
        select(Room.id, Room.name)
        .where(Room.property_id == stay.property_id)
        .order_by(Room.position, Room.id)
    )
    return tuple(
        FreeRoom(room_id, name)
        for room_id, name in rooms
        if room_id not in taken and room_id != claim.room_id
    )


def move_to_room(
    *,
    house: Property,
    stay_id: int,
    room_id: int,
    actor: str,
    today: date,
    now: datetime,
    kept_by: Sequence[int] = (),
) -> None:
    """Give a platform's stay another room for the nights ahead. Commits.

    `kept_by` are claims that kept nights of the new room for this very move: they end in the same step.

    Raises: StayNotFound, also for a room that is not the house's and for a stay that is over; RoomNotAvailable when
    a night is taken; RoomOccupied; TransitionRefused for a completed stay that has ended here.
    """
    change_room(
        house=house, stay_id=stay_id, room_id=room_id, actor=actor, today=today, now=now, kept_by=kept_by
    )
    session.commit()


def change_room(
    *,
    house: Property,
    stay_id: int,
    room_id: int,
    actor: str,
    today: date,
    now: datetime,
    kept_by: Sequence[int] = (),
) -> None:
    """Do the same in the caller's transaction. Raises: what `move_to_room` raises."""
    stay = lock_stay(house.id, stay_id)
    ahead = _ahead(stay, today)
    room = session.get(Room, room_id)
    if ahead is None or room is None or room.property_id != house.id:
        raise StayNotFound(stay_id)
    if stay.booking_id is None:
        give_room(stay, Wish(room_id, ahead), now=now, kept_by=kept_by)
        _record(stay, "channel_stay", stay.id, actor, now)
        return
    booking = session.get_one(Booking, stay.booking_id)
    lock(booking)
    if booking.status not in MOVABLE:
        raise TransitionRefused(booking, BookingStatus(booking.status))
    if booking.status == BookingStatus.IN_HOUSE:
        refuse_occupied(booking, [room_id])
    give_room(stay, Wish(room_id, ahead), now=now, kept_by=kept_by)
    booking.rooms[0].room_id = room_id
    _record(stay, "booking", booking.id, actor, now)


def _record(stay: ChannelStay, noun: str, noun_id: int, actor: str, now: datetime) -> None:
    record(
        property_id=stay.property_id,
        actor=actor,
        verb="move_room",
        noun=noun,
        noun_id=noun_id,
        field_names=["room"],
        now=now,
    )


def _ahead(stay: ChannelStay, today: date) -> Stay | None:
    first = max(stay.arrival, today)
    return Stay(first, stay.departure) if first < stay.departure else None
