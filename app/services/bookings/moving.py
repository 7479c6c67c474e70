"""Reception gives a guest another room for the nights ahead; the price stays as agreed (decision 1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.database import session
from app.models import BookedRoom, Booking, BookingStatus
from app.services import inventory
from app.services.availability import list_type_cards
from app.services.bookings.platform_rooms import find_stay, give_room
from app.services.bookings.statuses import TransitionRefused, lock, refuse_lapsed
from app.services.bookings.staying import refuse_occupied
from app.services.events import record
from app.services.inventory import Wish, list_taken
from app.services.parties import Sleepers
from pricing.stay import Stay

MOVABLE = (BookingStatus.REQUESTED, BookingStatus.CONFIRMED, BookingStatus.IN_HOUSE)


class RoomPromised(Exception):
    """The guest was promised this very room: whoever moves them has to say that they know."""


class RoomUnfit(LookupError):
    """The house has no such room, or it does not sleep these people."""


@dataclass(frozen=True, slots=True)
class OtherRoom:
    """A room that sleeps the same people; `is_same_type` as the one that was sold, `is_free` for the nights ahead."""

    id: int
    name: str
    type_names: Mapping[str, str]
    is_same_type: bool
    is_free: bool


def nights_ahead(booking: Booking, today: date) -> Stay | None:
    """Return the nights of a booking that are not over, or None when there is none left."""
    first = max(booking.arrival, today)
    return Stay(first, booking.departure) if first < booking.departure else None


def list_other_rooms(*, room: BookedRoom, today: date, now: datetime) -> tuple[OtherRoom, ...]:
    """Return the other rooms that sleep the people of a booked room, those of its own type first."""
    ahead = nights_ahead(room.booking, today)
    if ahead is None:
        return ()
    taken = list_taken(property_id=room.property_id, stay=ahead, now=now)
    who = Sleepers(room.adults, tuple(room.children))
    fitting = [
        OtherRoom(room_id, name, card.names, card.id == room.type_id, room_id not in taken)
        for card in list_type_cards(room.property_id)
        for room_id, name in zip(card.room_ids, card.room_names, strict=True)
        if room_id != room.room_id and (card.id == room.type_id or card.beds.hold(who))
    ]
    return tuple(sorted(fitting, key=lambda other: not other.is_same_type))


def move(
    *,
    booking: Booking,
    position: int,
    room_id: int,
    is_promised: bool,
    actor: str,
    today: date,
    now: datetime,
    may_break_promise: bool = False,
) -> None:
    """Give the booked room at a position another room, of its type or another, for the nights ahead. Commits.

    What was sold and agreed stays as it is. `is_promised` pins the new room: it is then never changed by itself.

    Raises: RoomNotAvailable when somebody was faster, RoomPromised, RoomOccupied, RoomUnfit, TransitionRefused
    when the booking is not held or has no night left, HoldExpired.
    """
    change_room(
        booking=booking,
        position=position,
        room_id=room_id,
        is_promised=is_promised,
        actor=actor,
        today=today,
        now=now,
        may_break_promise=may_break_promise,
    )
    session.commit()


def change_room(
    *,
    booking: Booking,
    position: int,
    room_id: int,
    is_promised: bool,
    actor: str,
    today: date,
    now: datetime,
    may_break_promise: bool = False,
    kept_by: Sequence[int] = (),
) -> None:
    """Do what `move` does, inside the caller's transaction; raises what it raises.

    `kept_by` are claims that kept nights of the new room for this very move: they end in the same step, so that
    nobody else can have the nights in between.
    """
    lock(booking)
    refuse_lapsed(booking, now)
    room = next((room for room in booking.rooms if room.position == position), None)
    ahead = nights_ahead(booking, today)
    if booking.status not in MOVABLE or ahead is None:
        raise TransitionRefused(booking, BookingStatus(booking.status))
    if room is None or room_id not in {
        other.id for other in list_other_rooms(room=room, today=today, now=now)
    }:
        raise RoomUnfit(room_id)
    if room.is_pinned and not may_break_promise:
        raise RoomPromised(booking.reference)
    if booking.status == BookingStatus.IN_HOUSE:
        refuse_occupied(booking, [room_id])
    stay = find_stay(room.claim_id)
    if stay is not None:
        give_room(stay, Wish(room_id, ahead), now=now, kept_by=kept_by)
    else:
        own = [room.claim_id] if room.claim_id is not None else []
        (claim,) = inventory.exchange(
            property_id=booking.property_id,
            claim_ids=[*own, *kept_by],
            wishes=[Wish(room_id, ahead)],
            now=now,
            lapses_at=booking.lapses_at,
        )
        room.claim_id = claim.id
    room.room_id, room.is_pinned = room_id, is_promised
    record(
        property_id=booking.property_id,
        actor=actor,
        verb="move_room",
        noun="booking",
        noun_id=booking.id,
        field_names=["room"],
        now=now,
    )
