"""Hear the platforms before a room is sold (R9): few threads of a server wait for them, and none for long."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from threading import BoundedSemaphore

from app.gateways.feeds import FeedReader
from app.gateways.sealing import Vault
from app.services.channels import Rhythm, look_before_sale
from calendars.fetch import Limits
from config import Config

LOOK_SECONDS = 3.0
SHARE_OF_THREADS = 4  # never more than a quarter of the threads wait for platforms


def reader_of(config: Config, limits: Limits | None = None) -> FeedReader:
    """Return who reads strangers' calendars for this installation."""
    return FeedReader(
        contact=config.public_url or config.mail_from,
        vault=Vault(config.vault_keys),
        test_hosts=config.feed_test_hosts,
        limits=limits or Limits(),
    )


def rhythm_of(config: Config) -> Rhythm:
    """Return when feeds are read in this installation."""
    return Rhythm(every=timedelta(minutes=config.feed_minutes), draw=random.random)


def hear_platforms(*, config: Config, property_id: int, room_ids: Sequence[int], now: datetime) -> None:
    """Let the platforms of these rooms say what they have sold; go on without where enough threads wait already."""
    lines = _lines(max(1, config.web_threads // SHARE_OF_THREADS))
    if not lines.acquire(blocking=False):
        return
    try:
        look_before_sale(
            property_id=property_id,
            room_ids=room_ids,
            fetch=reader_of(config, Limits(connect_seconds=LOOK_SECONDS, total_seconds=LOOK_SECONDS)).fetch,
            seconds=LOOK_SECONDS,
            now=now,
            rhythm=rhythm_of(config),
        )
    finally:
        lines.release()


@lru_cache(maxsize=4)
def _lines(count: int) -> BoundedSemaphore:
    return BoundedSemaphore(count)
