"""Tell whether the platforms of some rooms have been heard from lately enough to sell at once (decision 6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select

from app.database import session
from app.models import Feed

FRESH_FOR = timedelta(hours=6)


def are_feeds_fresh(room_ids: Sequence[int], *, now: datetime) -> bool:
    """Return True when every feed of these rooms was read well within six hours, or there is none."""
    stale = session.scalar(
        select(func.count()).where(
            Feed.room_id.in_(room_ids),
            Feed.import_url != "",
            Feed.is_paused.is_(False),
            or_(Feed.read_well_at.is_(None), Feed.read_well_at < now - FRESH_FOR),
        )
    )
    return not stale
