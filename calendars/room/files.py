"""A room between two commands: one JSON file, written whole or not at all, and never over one that is not a room's."""

from __future__ import annotations

import fcntl
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from calendars.echoes import Shown
from calendars.export import Range
from calendars.feed import Kind
from calendars.matching import KnownBlock
from calendars.room.state import Kept, OwnStay, Room, RoomFeed

FORMAT = "juste-nuit room"
VERSION = 1
Value = TypeVar("Value")


class NotARoom(ValueError):
    """Say that a file is not the state of a room, or not one that this version can read."""


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep other commands away from the rooms of this folder until this one is done. Raises: OSError."""
    folder = os.open(path.resolve().parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)  # and lets the next one in


def load(path: Path) -> Room | None:
    """Read a room; None where there is no file. Raises: NotARoom; OSError for a file that cannot be read."""
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return None
    return loads(text)


def save(path: Path, room: Room) -> None:
    """Write a room beside its file, then put it in its place: a reader finds the old one or the new one.

    Raises: OSError.
    """
    place = path.resolve()
    try:
        with tempfile.NamedTemporaryFile(
            "wb", dir=place.parent, prefix=f".{place.name}.", delete=False
        ) as unfinished:
            try:
                unfinished.write(dumps(room))
                unfinished.flush()
                os.fsync(unfinished.fileno())
                Path(unfinished.name).replace(place)
            except BaseException:
                Path(unfinished.name).unlink()
                raise
    except OSError as error:
        error.filename = str(path)  # not the name of the unfinished one
        raise


def dumps(room: Room) -> bytes:
    """Write a room as JSON: the same bytes for the same room."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "key": room.key,
        "timezone": room.timezone,
        "next_id": room.next_id,
        "stays": [
            {"start": str(stay.start), "end": str(stay.end), "booked_at": stay.booked_at.isoformat()}
            for stay in room.stays
        ],
        "feeds": [_plain_feed(feed) for feed in room.feeds],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def loads(text: bytes) -> Room:
    """Read a room from JSON. Raises: NotARoom."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise NotARoom("it is not JSON") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise NotARoom("it is not the state of a room")
    if content.get("version") != VERSION or type(content["version"]) is not int:
        raise NotARoom(f"it has version {content.get('version')!r}, and only {VERSION} is known")
    try:
        return Room(
            key=_text(content["key"]),
            timezone=_text(content["timezone"]),
            stays=tuple(
                OwnStay(_day(stay["start"]), _day(stay["end"]), _instant(stay["booked_at"]))
                for stay in content["stays"]
            ),
            feeds=tuple(_feed(feed) for feed in content["feeds"]),
            next_id=_count(content["next_id"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OSError) as error:
        raise NotARoom(f"it is damaged ({type(error).__name__}: {error})") from None


def _plain_feed(feed: RoomFeed) -> dict[str, object]:
    return {
        "name": feed.name,
        "first_tried_at": _plain_instant(feed.first_tried_at),
        "last_good_at": _plain_instant(feed.last_good_at),
        "told_stale_at": _plain_instant(feed.told_stale_at),
        "blocks": [_plain_block(item) for item in feed.kept],
        "echoes": [_plain_range(nights) for nights in feed.echoes],
        "shown": [
            {"start": str(shown.start), "end": str(shown.end), "since": shown.since.isoformat()}
            for shown in feed.shown
        ],
    }


def _feed(content: dict[str, Any]) -> RoomFeed:
    return RoomFeed(
        name=_text(content["name"]),
        kept=tuple(_block(block) for block in content["blocks"]),
        echoes=tuple((_day(start), _day(end)) for start, end in content["echoes"]),
        shown=tuple(
            Shown(_day(shown["start"]), _day(shown["end"]), _instant(shown["since"]))
            for shown in content["shown"]
        ),
        first_tried_at=_maybe(_instant, content["first_tried_at"]),
        last_good_at=_maybe(_instant, content["last_good_at"]),
        told_stale_at=_maybe(_instant, content["told_stale_at"]),
    )


def _plain_block(item: Kept) -> dict[str, object]:
    known = item.known
    return {
        "id": known.id,
        "uid": known.uid,
        "start": str(known.start),
        "end": str(known.end),
        "kind": str(known.kind),
        "missed_count": known.missed_count,
        "missing_since": _plain_instant(known.missing_since),
        "first_seen_at": _plain_instant(known.first_seen_at),
        "changed_at": item.changed_at.isoformat(),
        "quiet_until": _plain_instant(item.quiet_until),
    }


def _block(content: dict[str, Any]) -> Kept:
    known = KnownBlock(
        id=_count(content["id"]),
        uid=_text(content["uid"]),
        start=_day(content["start"]),
        end=_day(content["end"]),
        kind=Kind(content["kind"]),
        missed_count=_count(content["missed_count"]),
        missing_since=_maybe(_instant, content["missing_since"]),
        first_seen_at=_maybe(_instant, content["first_seen_at"]),
    )
    return Kept(known, _instant(content["changed_at"]), _maybe(_instant, content["quiet_until"]))


def _plain_instant(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()


def _plain_range(nights: Range) -> list[str]:
    return [str(day) for day in nights]


def _maybe(read: Callable[[object], Value], value: object) -> Value | None:
    return None if value is None else read(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    value.encode()  # JSON can spell halves of characters, which no file can hold
    return value


def _count(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError(f"{value!r} is not a count")
    return value


def _day(value: object) -> date:
    return date.fromisoformat(_text(value))


def _instant(value: object) -> datetime:
    instant = datetime.fromisoformat(_text(value))
    if instant.tzinfo is None:
        raise ValueError(f"{value!r} has no zone")
    return instant
