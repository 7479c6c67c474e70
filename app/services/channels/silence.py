"""Tell the house by letter that a feed has fallen silent, once a day, and once that it is heard again (R52)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import select

from app.database import session
from app.models import Feed, LetterKind, Property, Room
from app.services.channels.freshness import FRESH_FOR
from app.services.letters import post_letter

AGAIN_AFTER = timedelta(days=1)
GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class SilentFeed:
    """A feed that the house was told of and that is still silent; `fault` holds the facts of the fault's sentence."""

    room_name: str
    channel: str
    read_well_at: datetime | None
    fault_code: str
    fault: str


def tell_silence(*, now: datetime) -> int:
    """Post what there is to tell, at most one letter of each kind to a house; return how many.

    A feed that an import holds at this moment is left to the next sweep. Commits.
    """
    rows = session.execute(
        select(Property, Feed)
        .join(Feed, Feed.property_id == Property.id)
        .where(Feed.sealed_url != "", Feed.is_paused.is_(False), Feed.attempted_at.is_not(None))
        .order_by(Property.id, Feed.id)
        .with_for_update(of=Feed, skip_locked=True)
    ).all()
    count = 0
    for house, group in groupby(rows, key=lambda row: row[0]):
        count += _tell(house, [feed for _, feed in group], now)
    session.commit()
    return count


def list_silent(property_id: int) -> tuple[SilentFeed, ...]:
    """Return the feeds that a house was told of and that are still silent, in the order of its rooms; one query."""
    rows = session.execute(
        select(Room.name, Feed.channel, Feed.read_well_at, Feed.fault_code, Feed.fault)
        .join(Feed, Feed.room_id == Room.id)
        .where(Feed.property_id == property_id, Feed.told_stale_at.is_not(None))
        .order_by(Room.position, Room.id, Feed.channel)
    )
    return tuple(SilentFeed(*row) for row in rows)


def is_silent(feed: Feed, now: datetime) -> bool:
    """Tell whether a feed brought no good import for six hours, or its platform says that it is no longer there."""
    if feed.read_well_at is None:
        return feed.created_at <= now - FRESH_FOR
    return feed.read_well_at <= now - FRESH_FOR or _is_gone(feed)


def _tell(house: Property, feeds: Sequence[Feed], now: datetime) -> int:
    silent = [feed for feed in feeds if is_silent(feed, now)]
    is_due = any(feed.told_stale_at is None or feed.told_stale_at <= now - AGAIN_AFTER for feed in silent)
    heard = [feed for feed in feeds if feed not in silent and _is_heard_again(feed)]
    if is_due:
        for feed in silent:  # all of them stand in the letter, so that tomorrow's is one again
            feed.told_stale_at = now
        _post(house, LetterKind.DESK_SILENCE, now)
    if heard:
        for feed in heard:
            feed.told_stale_at = None
        _post(house, LetterKind.DESK_SILENCE_OVER, now)
    return bool(is_due) + bool(heard)


def _is_gone(feed: Feed) -> bool:
    return feed.fault_code == "http_status" and json.loads(feed.fault or "{}").get("status") in GONE


def _is_heard_again(feed: Feed) -> bool:
    told, read_well = feed.told_stale_at, feed.read_well_at
    return told is not None and read_well is not None and read_well > told


def _post(house: Property, kind: LetterKind, now: datetime) -> None:
    post_letter(
        house=house,
        booking=None,
        kind=kind,
        recipient=house.email,
        language=house.languages[0],
        now=now,
    )
