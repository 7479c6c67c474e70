"""Tell whether the platforms of some rooms have been heard from lately enough to sell at once (decision 6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, func, or_, select

from app.database import session
from app.models import ChannelStay, Feed

FRESH_FOR = timedelta(hours=6)


def are_feeds_fresh(room_ids: Sequence[int], *, now: datetime) -> bool:
    """Return True when every feed of these rooms was read well within six hours, or there is none."""
    stale = session.scalar(
        select(func.count()).where(
            Feed.room_id.in_(room_ids),
            Feed.sealed_url != "",
            or_(Feed.read_well_at.is_(None), Feed.read_well_at < now - FRESH_FOR),
            or_(Feed.is_paused.is_(False), Feed.id.in_(_with_live_stays())),
        )
    )
    return not stale


def _with_live_stays() -> Select[int]:
    """Name the feeds whose nights are still kept: a paused one of these has more to tell than we know."""
    return select(ChannelStay.feed_id).where(ChannelStay.ended_at.is_(None))
