"""Take a conflict in hand: whoever comes second finds it as the first has left it.

Locks are taken in the order of the rest of the house, so that nobody waits crosswise: the feed of a platform's stay,
the booking, that stay, the rooms in ascending order, and the conflict last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.database import session
from app.models import BookedRoom, Booking, ChannelStay, Conflict, Feed, Resolution
from app.services import inventory
from app.services.bookings.statuses import lock as lock_booking
from app.services.conflicts.parties import Party
from app.services.conflicts.reading import ConflictCard, ConflictGone, ConflictNotFound, find_open
from app.services.events import record

ARROW = " → "


@dataclass(frozen=True, slots=True)
class InHand:
    """A locked conflict with the side that something is about to happen to, and that side's booking if it has one."""

    conflict: Conflict
    card: ConflictCard
    side: Party
    booking: Booking | None


def take_in_hand(
    *, property_id: int, conflict_id: int, claim_id: int, room_ids: Iterable[int] = ()
) -> InHand:
    """Lock an open conflict, one side of it, its room and some others until the commit.

    Raises: ConflictNotFound, ConflictGone.
    """
    side = _side(find_open(property_id=property_id, conflict_id=conflict_id), claim_id)
    if side.channel_stay_id is not None:
        feed = select(ChannelStay.feed_id).where(ChannelStay.id == side.channel_stay_id).scalar_subquery()
        session.execute(select(Feed.id).where(Feed.id == feed).with_for_update()).all()
    booking = session.scalar(
        select(Booking)
        .join(BookedRoom, BookedRoom.booking_id == Booking.id)
        .where(Booking.property_id == property_id, BookedRoom.claim_id == claim_id)
    )
    if booking is not None:
        lock_booking(booking)
    if side.channel_stay_id is not None:
        stay = select(ChannelStay.id).where(ChannelStay.id == side.channel_stay_id)
        session.execute(stay.with_for_update()).all()
    inventory.lock_rooms(property_id, {side.room_id, *room_ids})
    conflict = lock_open(property_id, conflict_id)
    session.expire_all()  # what was read before the locks may be over
    card = find_open(property_id=property_id, conflict_id=conflict_id)
    return InHand(conflict, card, _side(card, claim_id), booking)


def lock_open(property_id: int, conflict_id: int) -> Conflict:
    """Return an open conflict of this house, read anew and locked. Raises: ConflictNotFound, ConflictGone."""
    conflict = session.scalar(
        select(Conflict)
        .where(Conflict.property_id == property_id, Conflict.id == conflict_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if conflict is None:
        raise ConflictNotFound(conflict_id)
    if conflict.settled_at is not None:
        raise ConflictGone(conflict)
    return conflict


def settle(conflict: Conflict, resolution: Resolution, *, actor: str, now: datetime, note: str = "") -> None:
    """Note what a person did about a conflict in hand; no commit."""
    conflict.settled_at, conflict.settled_by = now, actor
    conflict.resolution, conflict.note = resolution, note
    record(
        property_id=conflict.property_id,
        actor=actor,
        verb="settle",
        noun="conflict",
        noun_id=conflict.id,
        field_names=["note", "resolution"],
        now=now,
    )


def went_to(side: Party, place: str) -> str:
    """Note which side went where, without a name and in no language: a reference or a channel, and the place."""
    return f"{side.channel or side.reference}{ARROW}{place}"


def _side(card: ConflictCard, claim_id: int) -> Party:
    side = next((side for side in card.sides if side.claim_id == claim_id), None)
    if side is None:
        raise ConflictGone(session.get_one(Conflict, card.id))
    return side
