"""Close a room for a guest who is about to move in, so that its platforms read the nights as taken first."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select

from app.database import session
from app.models import Block, Property, RoomNight
from app.services import blocks
from app.services.blocks import PREPARED
from app.services.conflicts.locking import take_in_hand
from app.services.conflicts.parties import Party
from app.services.conflicts.targets import Target, list_targets
from app.services.events import record
from app.services.inventory import RoomNotAvailable
from pricing.stay import Stay


class RoomNotRead(Exception):
    """A platform that sells this room has not read yet that the nights are taken: it could sell them meanwhile."""


def prepare(
    *,
    house: Property,
    conflict_id: int,
    claim_id: int,
    room_id: int,
    actor: str,
    today: date,
    now: datetime,
) -> None:
    """Close a free room for the nights ahead of one side; asked twice, it is closed once. Commits.

    Raises: ConflictNotFound, ConflictGone, RoomNotAvailable.
    """
    held = take_in_hand(property_id=house.id, conflict_id=conflict_id, claim_id=claim_id, room_ids=[room_id])
    ahead = held.side.nights_ahead(today)
    target = find_target(held.side, room_id, property_id=house.id, today=today, now=now)
    if target.kept is None and ahead is not None:
        closed = blocks.close(
            house=house,
            room_id=room_id,
            stay=ahead,
            reason=PREPARED,
            note=held.side.room_name,
            actor=actor,
            now=now,
        )
        _refuse_torn(closed, ahead)
    session.commit()


def find_target(side: Party, room_id: int, *, property_id: int, today: date, now: datetime) -> Target:
    """Return one room that a side could move to. Raises: RoomNotAvailable."""
    targets = list_targets(property_id=property_id, sides=[side], today=today, now=now)
    target = next((each for each in targets.get(side.claim_id, ()) if each.room_id == room_id), None)
    if target is None:
        raise RoomNotAvailable(side.nights_ahead(today) or Stay(side.arrival, side.departure))
    return target


def use_up(target: Target, *, actor: str, now: datetime) -> list[int]:
    """End the block that kept the nights of a room, and return its claim, which whoever moves in ends; no commit."""
    if target.kept is None:
        return []
    kept = session.get_one(Block, target.kept.block_id)
    kept.ended_at = now
    record(property_id=kept.property_id, actor=actor, verb="unblock", noun="block", noun_id=kept.id, now=now)
    return [target.kept.claim_id]


def _refuse_torn(closed: Block, stay: Stay) -> None:
    """Refuse a block that did not get every night: on PostgreSQL a guest may have booked at this very moment."""
    count = session.scalar(select(func.count()).where(RoomNight.claim_id == closed.claim_id))
    if count != stay.length:
        raise RoomNotAvailable(stay)
