"""Keep the nights of a room that a guest has just left off sale, until the platforms of that room have read it.

Not told to anybody, and never in a guest's way: it only keeps us from selling what a platform may be selling at the
same moment. It ends by itself once every platform that reads the room has read since, after a day at the latest.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Select, exists, or_, select

from app.database import session
from app.models import Block, Claim, ClaimKind, Feed, RoomNight
from app.services import inventory
from app.services.planning.reading import stretches
from pricing.stay import Stay

REASON = "moved"
LONGEST = timedelta(hours=24)


def keep_until_read(*, property_id: int, room_id: int, stay: Stay, now: datetime) -> None:
    """Keep those of these nights that nobody has; nothing where no platform reads the room; no commit."""
    is_read = select(exists().where(Feed.room_id == room_id, Feed.served_at.is_not(None)))
    if not session.scalar(is_read):
        return
    inventory.lock_rooms(property_id, [room_id])
    taken = session.scalars(
        select(RoomNight.night).where(
            RoomNight.room_id == room_id,
            RoomNight.night >= stay.arrival,
            RoomNight.night < stay.departure,
        )
    )
    for free in stretches(set(stay.nights).difference(taken)):
        claim = inventory.take_free(
            property_id=property_id, room_id=room_id, kind=ClaimKind.BLOCK, stay=free, now=now
        )
        session.add(
            Block(
                property_id=property_id,
                claim_id=claim.id,
                reason=REASON,
                note="",
                created_at=now,
                waits_for_reading=True,
            )
        )
    session.flush()


def end_read(*, now: datetime) -> int:
    """End what every platform of its room has read, and what has waited for a day; return how many. Commits each."""
    is_unread = (
        select(Feed.id)
        .where(Feed.room_id == Claim.room_id, Feed.served_at <= Block.created_at)
        .correlate(Claim, Block)
        .exists()
    )
    waiting = _waiting().where(or_(~is_unread, Block.created_at <= now - LONGEST))
    block_ids = session.scalars(waiting.order_by(Block.id)).all()
    session.commit()
    return sum(_end_one(block_id, now) for block_id in block_ids)


def give_way(claim_ids: Iterable[int], *, now: datetime) -> None:
    """End the holds that have nights which these claims want: a guest comes before a precaution; no commit."""
    wanting = select(Claim).where(Claim.id.in_(sorted(claim_ids))).subquery()
    in_the_way = session.scalars(
        _waiting()
        .join(RoomNight, RoomNight.claim_id == Claim.id)
        .join(
            wanting,
            (wanting.c.room_id == RoomNight.room_id)
            & (wanting.c.arrival <= RoomNight.night)
            & (wanting.c.departure > RoomNight.night),
        )
        .distinct()
        .order_by(Block.id)
    ).all()
    for block_id in in_the_way:
        _end(session.get_one(Block, block_id), now)


def _waiting() -> Select[int]:
    return (
        select(Block.id)
        .join(Claim, Claim.id == Block.claim_id)
        .where(Block.waits_for_reading, Block.ended_at.is_(None))
    )


def _end_one(block_id: int, now: datetime) -> bool:
    """End one hold under the lock of its room; False when somebody else has meanwhile."""
    claim = session.scalars(
        select(Claim).join(Block, Block.claim_id == Claim.id).where(Block.id == block_id)
    ).one()
    inventory.lock_rooms(claim.property_id, [claim.room_id])
    blocked = session.get_one(Block, block_id, populate_existing=True)
    is_waiting = blocked.ended_at is None
    if is_waiting:
        _end(blocked, now)
    session.commit()
    return is_waiting


def _end(blocked: Block, now: datetime) -> None:
    blocked.ended_at = now
    inventory.release(session.get_one(Claim, blocked.claim_id), now=now)
