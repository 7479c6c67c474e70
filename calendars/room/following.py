"""One reading of a feed, applied to a room: nights are taken at once, and given back only when it is sure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from calendars.echoes import QUIET, is_late
from calendars.export import Range
from calendars.feed import Block, Reading, Verdict
from calendars.feed.lines import MAX_BYTES, MAX_EVENTS
from calendars.reconcile import Changes, KnownBlock, Moved, reconcile
from calendars.room.outcome import Outcome, tell
from calendars.room.state import Kept, Room, RoomFeed
from calendars.words import Alert

SILENCE = timedelta(hours=6)
REMINDED = timedelta(days=1)
REMEMBERED = timedelta(days=366)
_LIMITS = {"too_large": {"limit": MAX_BYTES // 1024 // 1024}, "too_many_events": {"limit": MAX_EVENTS}}


def follow(room: Room, reading: Reading, *, feed: str, now: datetime) -> tuple[Room, Outcome]:
    """Apply what a feed says now. Raises: ValueError for what is no name of a feed."""
    if reading.verdict is Verdict.REJECT:
        return fail(room, _complaint(reading), feed=feed, now=now)
    before = room.feed(feed)
    today = room.today(now)
    changes = reconcile(
        [item.known for item in before.kept],
        reading,
        now=now,
        today=today,
        shown=before.shown,
        others=room.others(feed),
        echoes_before=before.echoes,
        last_good_at=before.last_good_at,
    )
    kept, next_id = _carry_out(before, changes, room.next_id, now, today)
    noted, health = _note(before, now, is_good=changes.verdict is Verdict.ACCEPT)
    after = replace(
        noted,
        kept=tuple(item for item in kept if item.known.end > today - REMEMBERED),
        echoes=tuple((block.start, block.end) for block in changes.echoes),
    )
    complaints = [_complaint(reading)] if reading.verdict is Verdict.PARTIAL else []
    result = replace(room, next_id=next_id).with_feed(after)
    return result, tell(
        room,
        result,
        feed=feed,
        today=today,
        verdict=changes.verdict,
        held=((held.known.start, held.known.end) for held in changes.held),
        turned_echo=((known.start, known.end) for known in changes.reclassified),
        alerts=(*complaints, *changes.alerts, *health),
    )


def fail(room: Room, fault: Alert, *, feed: str, now: datetime) -> tuple[Room, Outcome]:
    """Note that a feed could not be read, or was refused: its nights stay. Raises: as follow."""
    noted, health = _note(room.feed(feed), now, is_good=False)
    result = room.with_feed(noted)
    today = room.today(now)
    return result, tell(
        room,
        result,
        feed=feed,
        today=today,
        verdict=Verdict.REJECT,
        held=_missing(noted, today),
        alerts=(fault, *health),
    )


def confirm(room: Room, *, feed: str, now: datetime) -> tuple[Room, Outcome]:
    """Let go of what its feed lacked when it was last read whole: a person says that it is gone. Raises: NoSuchFeed."""
    before = room.find_feed(feed)
    today = room.today(now)
    kept = tuple(item for item in before.kept if not _is_missing(item, today))
    result = room.with_feed(replace(before, kept=kept))
    return result, tell(room, result, feed=feed, today=today)


def _carry_out(
    feed: RoomFeed, changes: Changes, next_id: int, now: datetime, today: date
) -> tuple[list[Kept], int]:
    by_id = {item.known.id: item for item in feed.kept}
    kept = [
        replace(
            by_id[held.known.id],
            known=replace(held.known, missed_count=held.missed_count, missing_since=held.missing_since),
        )
        for held in changes.held
    ]
    kept += [
        replace(by_id[known.id], known=replace(known, missed_count=0, missing_since=None))
        for known in changes.unchanged
    ]
    kept += [_moved(by_id[moved.known.id], moved, now) for moved in changes.moved]
    for number, block in enumerate(changes.added, start=next_id):
        quiet_until = now + QUIET if is_late(block, feed.echoes, today) else None
        kept.append(Kept(_as_known(number, block, now), now, quiet_until))
    return sorted(kept, key=lambda item: (item.nights, item.known.id)), next_id + len(changes.added)


def _moved(item: Kept, moved: Moved, now: datetime) -> Kept:
    block = moved.block
    known = replace(
        item.known,
        uid=block.uid,
        start=block.start,
        end=block.end,
        kind=block.kind,
        missed_count=0,
        missing_since=None,
    )
    if item.nights != (block.start, block.end):
        return Kept(known, now)
    if moved.is_quiet_no_more:
        return replace(item, known=known, quiet_until=None)
    return replace(
        item, known=known, quiet_until=now + QUIET if moved.is_only_closed_now else item.quiet_until
    )


def _as_known(number: int, block: Block, now: datetime) -> KnownBlock:
    return KnownBlock(number, block.uid, block.start, block.end, block.kind, first_seen_at=now)


def _missing(feed: RoomFeed, today: date) -> list[Range]:
    return [item.nights for item in feed.kept if _is_missing(item, today)]


def _is_missing(item: Kept, today: date) -> bool:
    return item.known.missed_count > 0 and item.known.end > today


def _complaint(reading: Reading) -> Alert:
    """Say why a feed was refused, or not believed whole."""
    return Alert(reading.code, _LIMITS.get(reading.code, {}))


def _note(feed: RoomFeed, now: datetime, *, is_good: bool) -> tuple[RoomFeed, tuple[Alert, ...]]:
    """Note how a reading went; a feed silent for six hours is told at once and daily, its recovery once (R52)."""
    feed = replace(feed, first_tried_at=feed.first_tried_at or now)
    if is_good:
        alerts = (Alert("recovered"),) if feed.told_stale_at else ()
        return replace(feed, last_good_at=now, told_stale_at=None), alerts
    silence = now - (feed.last_good_at or feed.first_tried_at or now)
    if silence < SILENCE or (feed.told_stale_at and now - feed.told_stale_at < REMINDED):
        return feed, ()
    return replace(feed, told_stale_at=now), (Alert("stale", {"hours": int(silence / timedelta(hours=1))}),)
