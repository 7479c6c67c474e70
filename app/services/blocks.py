"""Close a room for some nights, and open it again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.database import session
from app.models import Block, Claim, ClaimKind, Property, Room
from app.services import inventory
from app.services.events import record
from pricing.stay import Stay

REASONS = ("repair", "cleaning", "house_use", "other")


class BlockNotFound(LookupError):
    """There is no such live block, or no such room, in this house."""


def block(
    *, house: Property, room_id: int, stay: Stay, reason: str, note: str, actor: str, now: datetime
) -> Block:
    """Take the free nights of a room out of sale; a night that a guest has stays theirs and shows as a conflict.

    Raises: BlockNotFound when the room is not of this house. Commits.
    """
    if session.scalar(select(Room.id).where(Room.property_id == house.id, Room.id == room_id)) is None:
        raise BlockNotFound(room_id)
    claim = inventory.take_free(
        property_id=house.id, room_id=room_id, kind=ClaimKind.BLOCK, stay=stay, now=now
    )
    blocked = Block(property_id=house.id, claim_id=claim.id, reason=reason, note=note, created_at=now)
    session.add(blocked)
    session.flush()
    record(property_id=house.id, actor=actor, verb="block", noun="block", noun_id=blocked.id, now=now)
    session.commit()
    return blocked


def unblock(*, house: Property, block_id: int, actor: str, now: datetime) -> None:
    """Give the nights of a block back to sale. Raises: BlockNotFound. Commits."""
    blocked = session.scalar(
        select(Block).where(Block.property_id == house.id, Block.id == block_id, Block.ended_at.is_(None))
    )
    if blocked is None:
        raise BlockNotFound(block_id)
    blocked.ended_at = now
    claim = session.get_one(Claim, blocked.claim_id)
    inventory.release(claim, now=now)
    record(property_id=house.id, actor=actor, verb="unblock", noun="block", noun_id=blocked.id, now=now)
    session.commit()
