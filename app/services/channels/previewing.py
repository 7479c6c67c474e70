"""Look at a feed as it is at this moment, without taking anything from it: kinds and dates, never a word (R53)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.database import session
from app.models import Property
from app.services.channels.feeds import FeedNotFound, find_feed
from app.services.channels.imports import Fetch
from app.services.channels.orders import prepare
from calendars.feed import Kind, Verdict
from pricing.stay import Stay

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One event of a feed: what it is, and when. Its words may name a guest, and are left out."""

    kind: Kind
    stay: Stay


@dataclass(frozen=True, slots=True)
class Preview:
    """What a feed says now: its first events, how many there are, what could not be read.

    `fault_code` is one for `fault_words` and empty when all could be read.
    """

    verdict: Verdict
    fault_code: str
    lines: tuple[PreviewLine, ...]
    count: int
    warnings: tuple[str, ...]


def preview_lines(*, house: Property, feed_id: int, fetch: Fetch, now: datetime, language: str) -> Preview:
    """Fetch a feed now and return what it says; nothing is stored, nobody is told. Warnings speak "fr" or "en".

    Raises: FeedNotFound, also for a feed that is not read; FetchError.
    """
    find_feed(house=house, feed_id=feed_id)
    session.rollback()  # nothing is locked while the network is asked
    for order in prepare([feed_id], now, is_confirmed=True):
        reading = order.read(fetch(order.sealed_url, order.validators), now, language=language)
        lines = tuple(PreviewLine(block.kind, Stay(block.start, block.end)) for block in reading.blocks)
        return Preview(reading.verdict, reading.code, lines[:MOST_SHOWN], len(lines), reading.warnings)
    raise FeedNotFound(feed_id)
