"""The table of what runs by itself: add a line here and the sweep is scheduled, can be woken, and runs in `jobs once`.

A sweep finds in the database what is due, does it, and may run twice or at the same time as itself: what must happen
once is a row of ours, taken before the deed.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from flask import current_app

from app import clock
from app.database import session
from app.gateways.mail import FileMail, Post, SmtpMail
from app.jobs import runs
from app.services import (
    bookings,
    channels,
    conflicts,
    erasing,
    outbox,
    payments,
    reading_holds,
    reminders,
    throttles,
)
from app.web.cards import processor_of
from app.web.letters import compose
from app.web.platforms import reader_of, rhythm_of
from config import Config

# Platforms are waited for side by side; what they say is written by one after the other anyway.
MOST_FEED_READERS = 4
COUNTS_KEPT = timedelta(days=3)
MINUTES_THAT_DIVIDE_THE_HOUR = (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60)


@dataclass(frozen=True, slots=True)
class Sweep:
    """Something to look after every so many minutes; `run` reads the clock and says what it did."""

    name: str
    every_minutes: int
    run: Callable[[Config], object]

    def __post_init__(self) -> None:
        """Refuse a rhythm that would not come back at the same minutes of every hour."""
        if self.every_minutes not in MINUTES_THAT_DIVIDE_THE_HOUR:
            raise ValueError(f"sweep {self.name}: {self.every_minutes} minutes do not divide the hour")


def post_of(config: Config) -> Post:
    """Return the post of this installation: its mail server, else a folder of files (the demo)."""
    return SmtpMail(config.smtp_url) if config.smtp_url else FileMail(config.var_dir / "mail")


def _send_letters(config: Config) -> object:
    return outbox.drain(compose=partial(compose, config=config), post=post_of(config), now_reader=clock.now)


def _expire_holds(_config: Config) -> object:
    return bookings.expire_lapsed(now=clock.now())


def _forget_waiting(_config: Config) -> object:
    return bookings.forget_waiting(now=clock.now())


def _read_feeds(config: Config) -> object:
    """Let some readers share what is due: a platform that drips holds one of them, and none of the other feeds."""
    due = channels.count_due(now=clock.now())
    session.rollback()
    if not due:
        return None
    app = current_app.extensions["jobs"].app

    def read_on(_reader: int) -> channels.Swept:
        with app.app_context():
            return channels.import_due(
                fetch=reader_of(config).fetch, now_reader=clock.now, rhythm=rhythm_of(config)
            )

    with ThreadPoolExecutor(min(due, MOST_FEED_READERS), thread_name_prefix="feeds") as readers:
        return sum(readers.map(read_on, range(min(due, MOST_FEED_READERS))), channels.Swept())


def _tell_silence(_config: Config) -> object:
    return channels.tell_silence(now=clock.now())


def _forget_readings(_config: Config) -> object:
    return channels.forget_readings(now=clock.now())


def _end_reading_holds(_config: Config) -> object:
    return reading_holds.end_read(now=clock.now())


def _open_unneeded(_config: Config) -> object:
    return conflicts.open_unneeded(now=clock.now())


def _remind_desk(_config: Config) -> object:
    return reminders.remind_desk(now=clock.now())


def _follow_payments(config: Config) -> object:
    processor = processor_of(config)
    if processor is None:
        return None
    now = clock.now()
    return payments.apply_notices(processor=processor, now=now) + payments.recheck(
        processor=processor, now=now
    )


def _forget_counts(_config: Config) -> object:
    before = clock.now() - COUNTS_KEPT
    return throttles.forget_windows(before=before) + runs.forget_slots(before=before)


def _erase_choices(_config: Config) -> object:
    return erasing.erase_choices(now=clock.now())


SWEEPS = (
    Sweep("holds", 1, _expire_holds),
    Sweep("outbox", 1, _send_letters),
    Sweep("payments", 1, _follow_payments),
    Sweep("feeds", 1, _read_feeds),
    Sweep("reading_holds", 1, _end_reading_holds),
    Sweep("prepared_rooms", 5, _open_unneeded),
    Sweep("reminders", 5, _remind_desk),
    Sweep("silence", 15, _tell_silence),
    Sweep("waiting", 60, _forget_waiting),
    Sweep("counts", 60, _forget_counts),
    Sweep("readings", 60, _forget_readings),
    Sweep("choices", 60, _erase_choices),
)
