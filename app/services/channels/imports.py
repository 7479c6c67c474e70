"""Read one feed and make its nights ours: fetched outside any transaction, applied in one.

A feed that fails changes nothing but its own record; one that is incomplete only ever adds nights. Whoever reads the
same feed at the same time waits for the feed's row, finds everything known, and writes nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.database import reading as only_reading
from app.database import session
from app.models import ChannelStay, Feed, Property
from app.services.channels import stays
from app.services.channels.echoes import shown_to
from app.services.channels.exports import find_busy
from app.services.channels.outcomes import Facts, Imported, note_doubt, note_failure, note_success
from app.services.channels.quarrels import count_new_quarrels, list_quarrels, tell_desk
from app.services.channels.rhythm import Rhythm
from calendars.feed import Reading, Verdict, digest, read
from calendars.fetch import Fetched, FetchError, FetchFailed, Validators
from calendars.reconcile import Changes, reconcile

Fetch = Callable[[str, Validators], Fetched]

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, repr=False)
class _Order:
    """What must be known of a feed and its house while no transaction is open. It holds a secret, hence no repr."""

    feed_id: int
    sealed_url: str
    validators: Validators
    digest: str
    timezone: str
    check_in: time
    check_out: time
    horizon: date | None
    today: date


def import_feed(
    *, feed_id: int, fetch: Fetch, now: datetime, rhythm: Rhythm, is_confirmed: bool = False
) -> Imported:
    """Read a feed now. `is_confirmed` is a person's word that what is missing in it is really gone (R29).

    Commits before the fetch, and once after it. A paused feed, or one without an address, is left alone.
    """
    session.commit()  # nothing is locked while the network is asked
    order = _prepare(feed_id, now, is_confirmed=is_confirmed)
    if order is None:
        return Imported()
    try:
        answer = fetch(order.sealed_url, order.validators)
    except FetchError as error:
        retry_after = error.retry_after if isinstance(error, FetchFailed) else None
        return _fail(order, error.code, error.facts, now, rhythm, retry_after)
    condensed = order.digest if answer.not_modified else digest(answer.body, today=order.today)
    if condensed == order.digest:
        return _note_unchanged(order, answer, now, rhythm)
    reading = read(
        answer.body,
        timezone=order.timezone,
        check_in=order.check_in,
        check_out=order.check_out,
        now=now,
        horizon=order.horizon,
    )
    if reading.verdict is Verdict.REJECT:
        return _fail(order, reading.code, {}, now, rhythm, None)
    return _apply(order, reading, answer, condensed, now, rhythm, is_confirmed=is_confirmed)


def _prepare(feed_id: int, now: datetime, *, is_confirmed: bool) -> _Order | None:
    with only_reading():
        try:
            row = session.execute(
                select(Feed, Property)
                .join(Property, Property.id == Feed.property_id)
                .where(Feed.id == feed_id, Feed.is_paused.is_(False), Feed.sealed_url != "")
            ).one_or_none()
            return None if row is None else _order(row[0], row[1], now, is_confirmed=is_confirmed)
        finally:
            session.rollback()


def _order(feed: Feed, house: Property, now: datetime, *, is_confirmed: bool) -> _Order:
    """Say what to ask for: the whole feed once a day and while anything is in doubt, else only what is new (R6)."""
    zone = ZoneInfo(house.timezone)
    today = now.astimezone(zone).date()
    was_read_today = feed.read_well_at is not None and feed.read_well_at.astimezone(zone).date() == today
    is_sure = was_read_today and not is_confirmed and not feed.fault_code and not _is_anything_missing(feed)
    return _Order(
        feed_id=feed.id,
        sealed_url=feed.sealed_url,
        validators=Validators(feed.etag, feed.last_modified) if is_sure else Validators(),
        digest=feed.digest if is_sure else "",
        timezone=house.timezone,
        check_in=house.check_in_from,
        check_out=house.check_out_until,
        horizon=house.horizon + ONE_DAY if house.horizon else None,
        today=today,
    )


def _is_anything_missing(feed: Feed) -> bool:
    missing = select(func.count()).where(
        ChannelStay.feed_id == feed.id, ChannelStay.ended_at.is_(None), ChannelStay.missed_count > 0
    )
    return bool(session.scalar(missing))


def _lock(order: _Order, now: datetime) -> Feed | None:
    """Return the feed, locked; None when it was changed, stopped, or read by somebody later, meanwhile."""
    feed = session.get_one(Feed, order.feed_id, with_for_update=True, populate_existing=True)
    is_overtaken = feed.attempted_at is not None and feed.attempted_at > now
    if feed.is_paused or feed.sealed_url != order.sealed_url or is_overtaken:
        session.rollback()
        return None
    return feed


def _fail(
    order: _Order, code: str, facts: Facts, now: datetime, rhythm: Rhythm, retry_after: timedelta | None
) -> Imported:
    feed = _lock(order, now)
    if feed is None:
        return Imported()
    note_failure(feed, code, facts, now, rhythm, retry_after)
    session.commit()
    return Imported(verdict=Verdict.REJECT, fault_code=code)


def _note_unchanged(order: _Order, answer: Fetched, now: datetime, rhythm: Rhythm) -> Imported:
    feed = _lock(order, now)
    if feed is None:
        return Imported()
    note_success(feed, answer, now, rhythm)
    session.commit()
    return Imported(verdict=Verdict.ACCEPT)


def _apply(
    order: _Order,
    reading: Reading,
    answer: Fetched,
    condensed: str,
    now: datetime,
    rhythm: Rhythm,
    *,
    is_confirmed: bool,
) -> Imported:
    """Compare, carry out, tell the desk what came up, and commit once."""
    feed = _lock(order, now)
    if feed is None:
        return Imported()
    house = session.get_one(Property, feed.property_id)
    live = stays.list_live(feed, today=order.today)
    known = [stays.as_known(stay) for stay in live.values()]
    changes = reconcile(
        known,
        reading,
        now=now,
        today=order.today,
        is_confirmed=is_confirmed,
        shown=shown_to(feed, find_busy(feed=feed, house=house, now=now).ranges),
        last_good_at=feed.read_well_at,
    )
    quarrels = frozenset(list_quarrels(feed))
    _carry_out(feed, live, changes, now)
    conflicts = count_new_quarrels(feed, before=quarrels, now=now)
    if conflicts:
        tell_desk(house, now=now)
    if changes.verdict is Verdict.ACCEPT:
        note_success(feed, answer, now, rhythm)
        feed.digest = condensed
    else:
        note_doubt(feed, reading, changes, now, rhythm)
    done = Imported(
        verdict=changes.verdict,
        added=len(changes.added),
        moved=len(changes.moved),
        released=len(changes.released),
        held=len(changes.held),
        conflicts=conflicts,
        fault_code=feed.fault_code,
    )
    session.commit()
    return done


def _carry_out(feed: Feed, live: dict[Hashable, ChannelStay], changes: Changes, now: datetime) -> None:
    """Let go first, then move, then add, so that a feed that shuffles its stays gets in its own way least."""
    for gone in (*changes.released, *changes.reclassified):
        stays.end(feed, live[gone.id], now=now)
    for held in changes.held:
        stay = live[held.known.id]
        stay.missed_count, stay.missing_since = held.missed_count, held.missing_since
    for known in changes.unchanged:
        stays.find_again(live[known.id])
    for moved in changes.moved:
        stays.move(feed, live[moved.known.id], moved.block, now=now)
    for block in changes.added:
        stays.add(feed, block, now=now)
