"""Let go of nights, and hand each to the next claim that wants it, in the same transaction (decision 2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import and_, select

from app.database import session
from app.models import Claim
from app.services.inventory.conflicts import refresh_conflict
from app.services.inventory.nights import delete_nights, insert_free, lock_rooms, not_lapsed, owned_nights
from pricing.stay import Stay


def release(claim: Claim, *, now: datetime) -> None:
    """End a claim: it wants nothing any more, and its nights go to the next live claim."""
    lock_rooms(claim.property_id, [claim.room_id])
    claim.is_live = False
    session.flush()
    let_go(claim, owned_nights(claim), now=now)
    refresh_conflict(claim, now=now)


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
    lock_rooms(property_id, in_rooms)
    lapsed = session.scalars(
        select(Claim)
        .where(is_over)
        .order_by(Claim.room_id, Claim.id)
        .execution_options(populate_existing=True)
    ).all()
    for claim in lapsed:
        release(claim, now=now)


def let_go(claim: Claim, nights: set[date], *, now: datetime) -> None:
    """Delete nights of a claim and give each to the oldest other live claim that wants it."""
    if not nights:
        return
    delete_nights(claim, nights)
    first, end = min(nights), max(nights) + timedelta(days=1)
    waiting = session.scalars(
        select(Claim)
        .where(
            Claim.property_id == claim.property_id,
            Claim.room_id == claim.room_id,
            Claim.id != claim.id,
            Claim.is_live,
            Claim.arrival < end,
            Claim.departure > first,
            not_lapsed(now),
        )
        .order_by(Claim.id)
    ).all()
    for heir in waiting:
        insert_free(heir, nights.intersection(Stay(heir.arrival, heir.departure).nights))
        refresh_conflict(heir, now=now)
