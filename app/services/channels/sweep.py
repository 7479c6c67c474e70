"""Read whatever is due, each feed by one worker at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select, update

from app.database import session
from app.models import Feed
from app.services.channels.imports import Fetch, import_feed
from app.services.channels.rhythm import Rhythm

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)  # longer than any fetch may last
SWEEP_LASTS = timedelta(
    minutes=1
)  # then the next one goes on, and whoever wants this one to end need not wait


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did: feeds read well, feeds with a fault, conflicts opened."""

    read: int = 0
    faults: int = 0
    conflicts: int = 0

    def __add__(self, other: Swept) -> Swept:
        """Return what two workers did together."""
        return Swept(self.read + other.read, self.faults + other.faults, self.conflicts + other.conflicts)


def count_due(*, now: datetime) -> int:
    """Return how many feeds wait to be read."""
    return session.scalar(select(func.count()).select_from(Feed).where(_is_due(now))) or 0


def import_due(*, fetch: Fetch, now_reader: Callable[[], datetime], rhythm: Rhythm) -> Swept:
    """Import feeds that are due, the one that has waited longest first, until none is left or a minute is over.

    `now_reader` reads the clock, because a sweep lasts: each lease and each import carries its own instant. Any number
    of workers may do this at the same time.
    """
    swept = Swept()
    begun_at = now_reader()
    while (now := now_reader()) < begun_at + SWEEP_LASTS:
        feed_id = _lease_next(now)
        if feed_id is None:
            break
        swept += _import(feed_id, fetch, now_reader(), rhythm)
    return swept


def _import(feed_id: int, fetch: Fetch, now: datetime, rhythm: Rhythm) -> Swept:
    try:
        done = import_feed(feed_id=feed_id, fetch=fetch, now=now, rhythm=rhythm)
    except Exception:  # one feed must not keep back the others; its lease ends and it is tried again
        session.rollback()
        log.exception("feed %s could not be imported", feed_id)
        return Swept(faults=1)
    return Swept(int(not done.fault_code), int(bool(done.fault_code)), done.conflicts)


def _lease_next(now: datetime) -> int | None:
    """Put the next due feed off by a lease, committed before the network is asked, and return its id.

    A worker that dies leaves its lease to run out.
    """
    session.commit()
    waits_longest = (
        select(Feed.id)
        .where(_is_due(now))
        .order_by(Feed.due_at, Feed.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    feed_id = session.scalar(
        update(Feed)
        .where(Feed.id == waits_longest)
        .values(due_at=now + LEASE, attempted_at=now)
        .returning(Feed.id)
        .execution_options(synchronize_session=False)
    )
    session.commit()
    return feed_id


def _is_due(now: datetime) -> ColumnElement[bool]:
    return and_(Feed.due_at <= now, Feed.is_paused.is_(False), Feed.sealed_url != "")
