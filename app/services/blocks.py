"""Close a room for some nights, and open it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.database import session
from app.models import Block, Claim, ClaimKind, Conflict, Property, Room
from app.services import inventory
from app.services.events import record
from pricing.stay import Stay

REASONS = ("repair", "cleaning", "house_use", "other")
PREPARED = "prepared"  # closed for a guest who is about to move in, until the platforms have read it


class BlockNotFound(LookupError):
    """There is no such live block, or no such room, in this house."""


@dataclass(frozen=True, slots=True)
class BlockCard:
    """A room that is closed, as the desk reads it; `is_in_conflict` when a guest has some of its nights."""

    id: int
    room_name: str
    stay: Stay
    reason: str
    note: str
    is_in_conflict: bool


def list_blocks(*, property_id: int, today: date) -> tuple[BlockCard, ...]:
    """Return the blocks of a house that are not over, in order of their first night; one query."""
    rows = session.execute(
        select(Block, Claim, Room.name, Conflict.id)
        .join(Claim, Claim.id == Block.claim_id)
        .join(Room, Room.id == Claim.room_id)
        .outerjoin(Conflict, (Conflict.claim_id == Claim.id) & Conflict.settled_at.is_(None))
        .where(Block.property_id == property_id, Block.ended_at.is_(None), Claim.departure > today)
        .order_by(Claim.arrival, Block.id)
    )
    return tuple(
        BlockCard(
            id=blocked.id,
            room_name=name,
            stay=Stay(claim.arrival, claim.departure),
            reason=blocked.reason,
            note=blocked.note,
            is_in_conflict=conflict_id is not None,
        )
        for blocked, claim, name, conflict_id in rows
    )


def is_in_conflict(blocked: Block) -> bool:
    """Tell whether somebody has nights that a block wants."""
    return (
        session.scalar(
            select(Conflict.id).where(Conflict.claim_id == blocked.claim_id, Conflict.settled_at.is_(None))
        )
        is not None
    )


def block(
    *, house: Property, room_id: int, stay: Stay, reason: str, note: str, actor: str, now: datetime
) -> Block:
    """Take the free nights of a room out of sale; a night that a guest has stays theirs and shows as a conflict.

    Raises: BlockNotFound when the room is not of this house. Commits.
    """
    blocked = close(house=house, room_id=room_id, stay=stay, reason=reason, note=note, actor=actor, now=now)
    session.commit()
    return blocked


def close(
    *, house: Property, room_id: int, stay: Stay, reason: str, note: str, actor: str, now: datetime
) -> Block:
    """Do what `block` does, inside the caller's transaction. Raises: BlockNotFound."""
    if session.scalar(select(Room.id).where(Room.property_id == house.id, Room.id == room_id)) is None:
        raise BlockNotFound(room_id)
    claim = inventory.take_free(
        property_id=house.id, room_id=room_id, kind=ClaimKind.BLOCK, stay=stay, now=now
    )
    blocked = Block(property_id=house.id, claim_id=claim.id, reason=reason, note=note, created_at=now)
    session.add(blocked)
    session.flush()
    record(property_id=house.id, actor=actor, verb="block", noun="block", noun_id=blocked.id, now=now)
    return blocked


def unblock(*, house: Property, block_id: int, actor: str, now: datetime) -> None:
    """Give the nights of a block back to sale. Raises: BlockNotFound. Commits."""
    blocked = session.scalar(
        select(Block).where(Block.property_id == house.id, Block.id == block_id, Block.ended_at.is_(None))
    )
    if blocked is None:
        raise BlockNotFound(block_id)
    open_again(blocked, actor=actor, now=now)
    session.commit()


def open_again(blocked: Block, *, actor: str, now: datetime) -> None:
    """End a block, whatever it was for; its nights go to whoever waits for them; no commit."""
    blocked.ended_at = now
    inventory.release(session.get_one(Claim, blocked.claim_id), now=now)
    record(
        property_id=blocked.property_id,
        actor=actor,
        verb="unblock",
        noun="block",
        noun_id=blocked.id,
        now=now,
    )
