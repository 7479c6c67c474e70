"""Look at a feed as it is at this moment, without taking anything from it: kinds and dates, never a word (R53)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.database import session
from app.models import Property
from app.services.channels.feeds import FeedNotFound, find_feed
from app.services.channels.imports import Fetch
from app.services.channels.orders import prepare
from app.services.channels.trust import ReadStay
from calendars.feed import Verdict
from pricing.stay import Stay

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Preview:
    """What a feed says now: its first events, how many there are, what could not be read for certain.

    Of an event only kind and nights are kept: its words may name a guest.
    `fault_code` is one for `fault_words` and empty when all could be read.
    """

    verdict: Verdict
    fault_code: str
    lines: tuple[ReadStay, ...]
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
        lines = tuple(ReadStay(Stay(block.start, block.end), block.kind) for block in reading.blocks)
        return Preview(reading.verdict, reading.code, lines[:MOST_SHOWN], len(lines), reading.warnings)
    raise FeedNotFound(feed_id)
