"""Let go of nights, and hand each to the next claim that wants it, in the same transaction (decision 2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import and_, select

from app.database import session
from app.models import Claim
from app.services.inventory.rearranging import rearranging
from pricing.stay import Stay


def release(claim: Claim, *, now: datetime) -> None:
    """End a claim: it wants nothing any more, and its nights go to the next live claim."""
    with rearranging(property_id=claim.property_id, room_ids=[claim.room_id], now=now) as changes:
        changes.end([claim])


def release_lapsed(*, property_id: int, room_ids: Iterable[int], stay: Stay, now: datetime) -> None:
    """End the claims whose time is over and that still have nights of the stay in these rooms.

    They are read again under the lock: a guest may have confirmed at the last moment, in another transaction.
    """
    is_over = and_(
        Claim.property_id == property_id,
        Claim.room_id.in_(sorted(set(room_ids))),
        Claim.is_live,
        Claim.arrival < stay.departure,
        Claim.departure > stay.arrival,
        Claim.lapses_at <= now,
    )
    in_rooms = session.scalars(select(Claim.room_id).where(is_over)).all()
    if not in_rooms:
        return
    with rearranging(property_id=property_id, room_ids=in_rooms, now=now) as changes:
        changes.end(
            session.scalars(
                select(Claim)
                .where(is_over)
                .order_by(Claim.room_id, Claim.id)
                .execution_options(populate_existing=True)
            )
        )
