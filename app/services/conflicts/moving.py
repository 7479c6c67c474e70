"""Give one side of a conflict another room, in one step: the guest, the nights on both sides, and the conflict."""

from __future__ import annotations

from datetime import date, datetime

from app.database import session
from app.models import Conflict, Property, Resolution
from app.services import bookings, platform_stays, reading_holds
from app.services.conflicts.locking import InHand, settle, take_in_hand, went_to
from app.services.conflicts.parties import Party
from app.services.conflicts.preparing import RoomNotRead, find_target, use_up
from app.services.conflicts.targets import Readiness, Target

__all__ = ["RoomNotRead", "SideStays", "move_side"]


class SideStays(Exception):
    """This side cannot be given another room or house from here: a block, a stay that is over or has begun."""


def move_side(
    *,
    house: Property,
    conflict_id: int,
    claim_id: int,
    room_id: int,
    may_break_promise: bool,
    actor: str,
    today: date,
    now: datetime,
) -> bool:
    """Move one side of a conflict for its nights ahead; tell whether nothing is left to settle. Commits.

    Nights that a block kept for this move go to the guest in the same step. What the old room has free then stays
    closed until its platforms have read the change.

    Raises: ConflictNotFound, ConflictGone, SideStays, RoomNotAvailable, RoomNotRead, and what `bookings.change_room`
    and `platform_stays.change_room` raise.
    """
    held = take_in_hand(property_id=house.id, conflict_id=conflict_id, claim_id=claim_id, room_ids=[room_id])
    ahead = held.side.nights_ahead(today)
    if not held.side.is_movable(today) or ahead is None:
        raise SideStays(held.side.claim_id)
    target = find_target(held.side, room_id, property_id=house.id, today=today, now=now)
    if target.readiness is not Readiness.READY:
        raise RoomNotRead(room_id)
    old_room_id = held.side.room_id
    _change_room(house, held, target, may_break_promise, actor, today, now)
    reading_holds.keep_until_read(property_id=house.id, room_id=old_room_id, stay=ahead, now=now)
    is_settled = _settle_if_over(conflict_id, held.side, target, actor, now)
    session.commit()
    return is_settled


def _change_room(
    house: Property,
    held: InHand,
    target: Target,
    may_break_promise: bool,
    actor: str,
    today: date,
    now: datetime,
) -> None:
    kept_by = use_up(target, actor=actor, now=now)
    if held.side.channel_stay_id is not None:
        platform_stays.change_room(
            house=house,
            stay_id=held.side.channel_stay_id,
            room_id=target.room_id,
            actor=actor,
            today=today,
            now=now,
            kept_by=kept_by,
        )
        return
    if held.booking is None:
        raise SideStays(held.side.claim_id)
    bookings.change_room(
        booking=held.booking,
        position=held.side.position,
        room_id=target.room_id,
        is_promised=False,
        may_break_promise=may_break_promise,
        actor=actor,
        today=today,
        now=now,
        kept_by=kept_by,
    )


def _settle_if_over(conflict_id: int, side: Party, target: Target, actor: str, now: datetime) -> bool:
    """Put a person's name to a conflict that the move has ended; others may still want its nights."""
    session.flush()
    conflict = session.get_one(Conflict, conflict_id, populate_existing=True)
    if conflict.settled_at is None:
        return False
    settle(conflict, Resolution.MOVED, actor=actor, now=now, note=went_to(side, target.name))
    return True
