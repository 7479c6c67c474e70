"""Read whatever is due, each feed by one worker at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from app.database import session
from app.models import Feed
from app.services.channels.imports import Fetch, import_feed
from app.services.channels.rhythm import Rhythm

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)  # longer than any fetch may last
MOST_FEEDS_OF_A_SWEEP = 200


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did: feeds read well, feeds with a fault, conflicts opened."""

    read: int = 0
    faults: int = 0
    conflicts: int = 0


def import_due(*, fetch: Fetch, now_reader: Callable[[], datetime], rhythm: Rhythm) -> Swept:
    """Import every feed that is due, the one that has waited longest first.

    `now_reader` reads the clock, because a sweep lasts: each lease and each import carries its own instant.
    """
    read = faults = conflicts = 0
    for _ in range(MOST_FEEDS_OF_A_SWEEP):
        feed_id = _lease_next(now_reader())
        if feed_id is None:
            break
        try:
            done = import_feed(feed_id=feed_id, fetch=fetch, now=now_reader(), rhythm=rhythm)
        except Exception:  # one feed must not keep back the others; its lease ends and it is tried again
            session.rollback()
            log.exception("feed %s could not be imported", feed_id)
            faults += 1
            continue
        read += not done.fault_code
        faults += bool(done.fault_code)
        conflicts += done.conflicts
    return Swept(read, faults, conflicts)


def _lease_next(now: datetime) -> int | None:
    """Put the next due feed off by a lease, committed before the network is asked, and return its id."""
    session.commit()
    waits_longest = (
        select(Feed.id)
        .where(Feed.due_at <= now, Feed.is_paused.is_(False), Feed.sealed_url != "")
        .order_by(Feed.due_at, Feed.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    feed_id = session.scalar(
        update(Feed)
        .where(Feed.id == waits_longest)
        .values(due_at=now + LEASE)
        .returning(Feed.id)
        .execution_options(synchronize_session=False)
    )
    session.commit()
    return feed_id
