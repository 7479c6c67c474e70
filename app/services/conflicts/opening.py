"""Open again the rooms that were closed for a guest who did not move in after all."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from app.database import session
from app.models import Block, Claim, Conflict
from app.services import blocks, inventory
from app.services.blocks import PREPARED


def open_unneeded(*, now: datetime) -> int:
    """Open every room that is kept for nights which no open conflict is about any more; return how many. Commits each.

    A conflict may end by itself, or somebody keeps it as it is: nobody thinks of the room that was closed for it.
    """
    wanting, kept = aliased(Claim), aliased(Claim)
    is_needed = exists().where(
        Conflict.claim_id == wanting.id,
        Conflict.settled_at.is_(None),
        wanting.property_id == kept.property_id,
        wanting.arrival < kept.departure,
        wanting.departure > kept.arrival,
    )
    unneeded = session.execute(
        select(Block.id, kept.property_id, kept.room_id)
        .join(kept, kept.id == Block.claim_id)
        .where(Block.reason == PREPARED, Block.ended_at.is_(None), ~is_needed)
        .order_by(Block.id)
    ).all()
    session.commit()
    return sum(_open(block_id, property_id, room_id, now) for block_id, property_id, room_id in unneeded)


def _open(block_id: int, property_id: int, room_id: int, now: datetime) -> bool:
    """End one block under the lock of its room; False when somebody has just used it, or opened it."""
    inventory.lock_rooms(property_id, [room_id])
    kept = session.get_one(Block, block_id, populate_existing=True)
    is_closed = kept.ended_at is None
    if is_closed:
        blocks.open_again(kept, actor="system", now=now)
    session.commit()
    return is_closed
