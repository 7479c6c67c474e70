"""Read one feed and make its nights ours: fetched outside any transaction, applied in one.

A feed that fails changes nothing but its own record; one that is incomplete only ever adds nights. Whoever reads the
same feed at the same time waits for the feed's row, finds everything known, and writes nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.database import session
from app.models import Feed, Property
from app.services.channels import stays
from app.services.channels.echoes import heard_before, look_around, remember_echoes
from app.services.channels.orders import Order, prepare
from app.services.channels.outcomes import Imported, note_doubt, note_failure, note_success
from app.services.channels.quarrels import count_new_quarrels, list_quarrels, tell_desk
from app.services.channels.rhythm import Rhythm
from calendars.feed import Reading, Verdict
from calendars.fetch import Fetched, FetchError, FetchFailed, Validators
from calendars.reconcile import Changes, reconcile

Fetch = Callable[[str, Validators], Fetched]
Answer = Fetched | FetchError


def import_feed(
    *, feed_id: int, fetch: Fetch, now: datetime, rhythm: Rhythm, is_confirmed: bool = False
) -> Imported:
    """Read a feed now. `is_confirmed` is a person's word that what is missing in it is really gone (R29).

    Commits before the fetch, and once after it. A paused feed, or one without an address, is left alone.
    """
    session.commit()  # nothing is locked while the network is asked
    for order in prepare([feed_id], now, is_confirmed=is_confirmed):
        return take_in(order, ask(order, fetch), now, rhythm)
    return Imported()


def ask(order: Order, fetch: Fetch) -> Answer:
    """Ask the platform; what went wrong is an answer too. Touches no database: any thread may ask."""
    try:
        return fetch(order.sealed_url, order.validators)
    except FetchError as error:
        return error


def take_in(order: Order, answer: Answer, now: datetime, rhythm: Rhythm) -> Imported:
    """Make of an answer what it is: a failure, nothing new, or changes. Commits."""
    if isinstance(answer, FetchError):
        retry_after = answer.retry_after if isinstance(answer, FetchFailed) else None
        return _write(
            order,
            now,
            lambda feed: note_failure(feed, answer.code, answer.facts, now, rhythm, retry_after),
            Imported(verdict=Verdict.REJECT, fault_code=answer.code),
        )
    if order.is_unchanged(answer):
        return _write(
            order,
            now,
            lambda feed: note_success(feed, answer, now, rhythm),
            Imported(verdict=Verdict.ACCEPT),
        )
    reading = order.read(answer, now)
    if reading.verdict is Verdict.REJECT:
        return _write(
            order,
            now,
            lambda feed: note_failure(feed, reading.code, {}, now, rhythm),
            Imported(verdict=Verdict.REJECT, fault_code=reading.code),
        )
    return _apply(order, reading, answer, now, rhythm)


def _lock(order: Order, now: datetime) -> Feed | None:
    """Return the feed, locked; None when it was changed, stopped, or read by somebody later, meanwhile."""
    feed = session.get_one(Feed, order.feed_id, with_for_update=True, populate_existing=True)
    if feed.is_paused or feed.sealed_url != order.sealed_url or _is_overtaken(feed, now):
        session.rollback()
        return None
    return feed


def _is_overtaken(feed: Feed, now: datetime) -> bool:
    """Tell whether a later answer has been taken in: one that failed, or is still awaited, undoes no older one."""
    is_read_later = feed.read_well_at is not None and feed.read_well_at > now
    is_doubted = bool(feed.fault_code) and feed.failure_count == 0
    is_asked_later = feed.attempted_at is not None and feed.attempted_at > now
    return is_read_later or (is_asked_later and is_doubted)


def _write(order: Order, now: datetime, note: Callable[[Feed], None], done: Imported) -> Imported:
    """Write down how it went where no night changes. Commits."""
    feed = _lock(order, now)
    if feed is None:
        return Imported()
    note(feed)
    session.commit()
    return done


def _apply(order: Order, reading: Reading, answer: Fetched, now: datetime, rhythm: Rhythm) -> Imported:
    """Compare, carry out, tell the desk what came up, and commit once."""
    feed = _lock(order, now)
    if feed is None:
        return Imported()
    around = look_around(feed, today=order.today, now=now)
    changes = reconcile(
        stays.list_known(feed, today=order.today),
        reading,
        now=now,
        today=order.today,
        is_confirmed=order.is_confirmed,
        shown=around.shown,
        others=around.others,
        never_echoes=around.never_echoes,
        echoes_before=heard_before(feed),
        last_good_at=feed.read_well_at,
    )
    quarrels = frozenset(list_quarrels(feed))
    released = stays.carry_out(feed, changes, today=order.today, now=now)
    remember_echoes(feed, changes.echoes)
    conflicts = count_new_quarrels(feed, before=quarrels, now=now)
    if conflicts:
        tell_desk(session.get_one(Property, feed.property_id), now=now)
    if changes.verdict is Verdict.ACCEPT:
        note_success(feed, answer, now, rhythm)
        feed.digest = order.condense(answer, around.fingerprint(order.rules))
    else:
        note_doubt(feed, reading, changes, now, rhythm)
    done = _sum_up(changes, released, conflicts, feed.fault_code)
    session.commit()
    return done


def _sum_up(changes: Changes, released: int, conflicts: int, fault_code: str) -> Imported:
    return Imported(
        verdict=changes.verdict,
        added=len(changes.added),
        moved=len(changes.moved),
        released=released,
        held=len(changes.held),
        conflicts=conflicts,
        fault_code=fault_code,
    )
