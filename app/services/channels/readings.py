"""Who reads a calendar of ours: what the channel knows of us since then, and a bounded log for the desk (R50).

Each reading is written in one short transaction of its own, after the answer is decided and before it is sent: what a
channel was told is known, even if it never says what it made of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from sqlalchemy import bindparam, case, delete, func, insert, select, update

from app.database import own_transaction, session
from app.models import Feed, FeedReading
from app.services.channels.exports import Calendar
from calendars.echoes import Shown, show

WINDOW = timedelta(hours=1)
KEPT = timedelta(days=90)
LONGEST_USER_AGENT = 200
MOST_LISTED = 20
TOO_MANY = 429
ONE_SECOND = timedelta(seconds=1)

# Each reading asks these: they are written once.
IS_ANSWERED = FeedReading.status != TOO_MANY
ANSWERED_LATELY = select(
    func.count(case((IS_ANSWERED, 1))), func.min(case((IS_ANSWERED, FeedReading.at)))
).where(FeedReading.feed_id == bindparam("feed_id"), FeedReading.at > bindparam("since"))
KNOWN_BEFORE = (
    select(Feed.body_digest, Feed.changed_at, Feed.served_at, Feed.shown)
    .where(Feed.id == bindparam("feed_id"))
    .with_for_update()
)
KNOWN_NOW = update(Feed).where(Feed.id == bindparam("feed_id"))
LOG = insert(FeedReading)


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody with the address of a calendar: when, from which network, with which program.

    `is_reading` is false for whoever only asks for the headers: nobody knows a night by them.
    """

    at: datetime
    today: date
    network: str
    user_agent: str
    is_reading: bool = True


@dataclass(frozen=True, slots=True)
class Answered:
    """What a visitor is answered, and since when the calendar says what it says: a whole second, in UTC."""

    status: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class ReadingCard:
    """One reading of a calendar of ours, as the desk sees it; `status` is that of HTTP."""

    at: datetime
    status: int
    network: str
    user_agent: str


def find_wait(feed_id: int, *, limit: int, now: datetime) -> timedelta | None:
    """Return how long a reader has to wait who has come `limit` times within the hour; else None. One query."""
    count, oldest = session.execute(ANSWERED_LATELY, {"feed_id": feed_id, "since": now - WINDOW}).one()
    return oldest + WINDOW - now if count >= limit else None


def note_refusal(feed: Feed, visit: Visit) -> None:
    """Log that a reader has come too often: once an hour, so that the log stays bounded."""
    with own_transaction() as connection:
        told = connection.scalar(
            select(func.count()).where(
                FeedReading.feed_id == feed.id,
                FeedReading.status == TOO_MANY,
                FeedReading.at > visit.at - WINDOW,
            )
        )
        if not told:
            connection.execute(LOG, _row(feed, visit, TOO_MANY))


def answer(feed: Feed, calendar: Calendar, visit: Visit, *, decide: Callable[[datetime], int]) -> Answered:
    """Decide what a visitor is answered, and write down what the channel knows from now on.

    `decide` says 200 or 304 from the instant of the last change.
    """
    digest = digest_of(calendar)
    with own_transaction() as connection:
        before = connection.execute(KNOWN_BEFORE, {"feed_id": feed.id}).one()
        changed_at = date_change(before.body_digest, before.changed_at, digest, visit.at)
        status = decide(changed_at)
        known: dict[str, object] = {"feed_id": feed.id, "body_digest": digest, "changed_at": changed_at}
        if visit.is_reading and (before.served_at is None or before.served_at <= visit.at):
            known["served_at"] = visit.at
            if not _is_same(before.shown, calendar, visit.today):
                known["shown"] = _show(before.shown, calendar, visit)
        connection.execute(KNOWN_NOW, known)
        connection.execute(LOG, _row(feed, visit, status))
    return Answered(status, changed_at)


def digest_of(calendar: Calendar) -> str:
    """Return what changes exactly when a byte of a calendar does."""
    return sha256(calendar.body).hexdigest()


def date_change(digest_before: str, changed_at: datetime | None, digest: str, now: datetime) -> datetime:
    """Return since when a calendar says what it says now: another body has a later whole second, always.

    HTTP dates have no fractions: two changes within a second must not share one (R43).
    """
    if changed_at is not None and digest == digest_before:
        return changed_at
    second = now.replace(microsecond=0)
    return second if changed_at is None else max(second, changed_at + ONE_SECOND)


def shown_of(feed: Feed) -> tuple[Shown, ...]:
    """Return the nights that a channel read of us last, and since when each range has stood there."""
    return _shown(feed.shown)


def list_readings(*, property_id: int, feed_id: int) -> tuple[ReadingCard, ...]:
    """Return the last readings of a calendar of this house, the latest first; one query."""
    rows = session.execute(
        select(FeedReading.at, FeedReading.status, FeedReading.network, FeedReading.user_agent)
        .where(FeedReading.property_id == property_id, FeedReading.feed_id == feed_id)
        .order_by(FeedReading.at.desc(), FeedReading.id.desc())
        .limit(MOST_LISTED)
    )
    return tuple(ReadingCard(*row) for row in rows)


def forget_readings(*, now: datetime) -> int:
    """Remove the readings that are older than ninety days; return how many."""
    with own_transaction() as connection:
        return int(connection.execute(delete(FeedReading).where(FeedReading.at < now - KEPT)).rowcount)


def _row(feed: Feed, visit: Visit, status: int) -> dict[str, object]:
    return {
        "property_id": feed.property_id,
        "feed_id": feed.id,
        "at": visit.at,
        "status": status,
        "network": visit.network,
        "user_agent": "".join(filter(str.isprintable, visit.user_agent))[:LONGEST_USER_AGENT],
    }


def _is_same(written: list[list[str]], calendar: Calendar, today: date) -> bool:
    """Tell whether a channel reads what it has read before: then every night keeps its instant."""
    ranges = [[start.isoformat(), end.isoformat()] for start, end in calendar.ranges if end > today]
    return [item[:2] for item in written] == ranges


def _show(written: list[list[str]], calendar: Calendar, visit: Visit) -> list[list[str]]:
    shown = show(_shown(written), calendar.ranges, at=visit.at, today=visit.today)
    return [[item.start.isoformat(), item.end.isoformat(), item.since.isoformat()] for item in shown]


def _shown(written: list[list[str]]) -> tuple[Shown, ...]:
    return tuple(
        Shown(date.fromisoformat(start), date.fromisoformat(end), datetime.fromisoformat(since))
        for start, end, since in written
    )
