"""Time the calendar synchronisation: a feed from bytes to committed rows, our own calendar served, a whole house.

    python benchmarks/channels.py [--report]

The answers of the platforms come from memory, so that no network is timed; everything else is the house's own code on
an SQLite file with the house's own settings, every commit on the disk. In turns with it runs a floor: a scan of the
same lines that keeps nothing, the `icalendar` library reading the same bytes, the same text joined from strings.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flask import Flask
from icalendar import Calendar

from app.database import session
from app.models import ClaimKind, Feed
from app.services import channels, inventory
from app.services.channels import Rhythm
from app.web.feeds import feed_address
from benchmarks import listings, report
from benchmarks.databases import open_app, open_database
from benchmarks.timing import milliseconds
from calendars.fetch import Fetched, Validators
from pricing.stay import Stay
from tests.cast import NOW, TODAY

FEW, MANY = 100, 10_000
ROUNDS = 7
HOUSES = (50, 500)
QUARTER = timedelta(minutes=15)
RHYTHM = Rhythm(QUARTER, draw=lambda: 0.5)
MEBI = 1024


@dataclass(frozen=True)
class Timed:
    """What one operation took on the clock, middle of its rounds, what its floor took, and what is wanted."""

    what: str
    seconds: float
    floor: float | None = None
    target: float | None = None

    @property
    def cells(self) -> list[str]:
        """Return the row of the table."""
        floor = "" if self.floor is None else milliseconds(self.floor)
        ratio = "" if self.floor is None else f"{self.seconds / self.floor:.1f} ×"
        wanted = "" if self.target is None else f"≤ {milliseconds(self.target)}"
        met = "" if self.target is None else "met" if self.seconds <= self.target else "MISSED"
        return [self.what, milliseconds(self.seconds), floor, ratio, wanted, met]


@dataclass
class Platform:
    """What the platform answers, and the clock of the readings: each comes a minute after the one before."""

    body: bytes = b""
    has_news: bool = True
    now: datetime = NOW

    def fetch(self, _sealed_url: str, _validators: Validators) -> Fetched:
        """Answer from memory."""
        if not self.has_news:
            return Fetched(304, b"", not_modified=True)
        return Fetched(200, self.body, etag='"same"')

    def import_feed(self, feed_id: int) -> channels.Imported:
        """Let the house read its feed a minute later."""
        self.now += timedelta(minutes=1)
        return channels.import_feed(feed_id=feed_id, fetch=self.fetch, now=self.now, rhythm=RHYTHM)


@contextmanager
def open_house(rooms: int) -> Iterator[tuple[Flask, list[int]]]:
    """Yield the application on a new file, and the feeds of its rooms."""
    with open_database("") as url, open_app(url, feed_reads_per_hour=1_000_000) as app:
        yield app, listings.build(rooms)


def time_imports() -> list[Timed]:
    """Time one feed: new, unchanged, changed a little, and hostile."""
    few, many = listings.calendar(FEW), listings.calendar(MANY)
    with open_house(ROUNDS * 3 + 3) as (_app, feeds):
        platform, fresh = Platform(few), iter(feeds)
        platform.import_feed(next(fresh))  # warm
        first_few = _turns(lambda: platform.import_feed(next(fresh)), partial(_parse, few), ROUNDS)
        platform.body = many
        changed = next(fresh)
        first_many = _turns(lambda: platform.import_feed(next(fresh)), partial(_parse, many), 3)
        platform.import_feed(changed)
        # Drawn before, so that only the house is timed.
        stamped = iter([listings.calendar(MANY, stamp=number + 1) for number in range(ROUNDS)])
        moved = iter([listings.calendar(MANY, moved=MANY // 2 + number) for number in range(ROUNDS)])

        def read_next(bodies: Iterator[bytes]) -> None:
            platform.body = next(bodies)
            platform.import_feed(changed)

        unchanged = _turns(lambda: read_next(stamped), partial(_scan, many), ROUNDS)
        platform.has_news = False
        not_modified = _turns(lambda: platform.import_feed(changed), None, ROUNDS)
        platform.has_news = True
        one_changed = _turns(lambda: read_next(moved), partial(_parse, many), ROUNDS)
        platform.body = listings.overlapping(MANY, 700)
        hostile = _turns(lambda: platform.import_feed(next(fresh)), partial(_parse, platform.body), 1)
    return [
        Timed("100 events, from bytes to committed rows", *first_few, 50e-3),
        Timed("10,000 events, from bytes to committed rows", *first_many, 2.5),
        Timed("10,000 events, unchanged but for DTSTAMP", *unchanged, 60e-3),
        Timed("10,000 events, answered 304", *not_modified),
        Timed("10,000 events, one stay changed", *one_changed),
        Timed("10,000 events crossing each other on 700 nights", *hostile),
    ]


def time_exports() -> list[Timed]:
    """Time our own calendar, asked for like a platform asks: through the whole application."""
    with open_house(2) as (app, feeds):
        usual, full = session.get_one(Feed, feeds[0]), session.get_one(Feed, feeds[1])
        with app.test_request_context(base_url=f"http://{listings.HOST}"):
            paths = [feed_address(feed.public_id, feed.token_version) for feed in (usual, full)]
        for feed, events in ((usual, 60), (full, MANY // listings.NIGHTS)):
            stays = [Stay(TODAY + timedelta(4 * n + 1), TODAY + timedelta(4 * n + 4)) for n in range(events)]
            with inventory.rearranging(
                property_id=feed.property_id, room_ids=[feed.room_id], now=NOW
            ) as changes:
                changes.add(room_id=feed.room_id, kind=ClaimKind.BLOCK, stays=stays)
        session.commit()
        client = app.test_client()

        def get(path: str, headers: dict[str, str] | None = None, status: int = 200) -> str:
            with app.app_context():
                answer = client.get(path, base_url=f"http://{listings.HOST}", headers=headers)
            assert answer.status_code == status, answer.status
            return answer.headers["ETag"]

        tag = get(paths[0])
        cold = _turns(lambda: get(paths[0]), partial(_join, 60), ROUNDS * 3)
        again = _turns(lambda: get(paths[0], {"If-None-Match": tag}, 304), None, ROUNDS * 3)
        whole = _turns(lambda: get(paths[1]), partial(_join, MANY // listings.NIGHTS), ROUNDS)
    return [
        Timed("our calendar of a room, 60 closed ranges", *cold, 50e-3),
        Timed("the same, answered 304", *again, 5e-3),
        Timed("our calendar of a room, 10,000 closed nights", *whole),
    ]


def time_house(rooms: int) -> list[float]:
    """Time three passes over so many feeds of 100 events: all new, nothing new, one stay changed in each."""
    taken = []
    with open_house(rooms) as (_app, _feeds):
        moment = NOW
        for body in (
            listings.calendar(FEW),
            listings.calendar(FEW, stamp=1),
            listings.calendar(FEW, stamp=2, moved=50),
        ):
            platform = Platform(body)
            begun = time.perf_counter()
            swept = channels.import_due(
                fetch=platform.fetch, now_reader=lambda moment=moment: moment, rhythm=RHYTHM
            )
            taken.append(time.perf_counter() - begun)
            assert swept.read == rooms, swept
            moment += QUARTER
    return taken


def peak_memory() -> int:
    """Return the most memory that a process of its own held while it took in 10,000 events, in mebibytes."""
    told = subprocess.run(
        [sys.executable, __file__, "--memory"], check=True, capture_output=True, text=True
    ).stdout
    return int(told.split()[-1])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; return its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--report", action="store_true", help="write the tables to benchmarks/README.md")
    parser.add_argument("--memory", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.memory:
        return _tell_memory()
    memory = peak_memory()  # first: a process begins its record with what its parent held
    timed = [*time_imports(), *time_exports()]
    small, large = (time_house(rooms) for rooms in HOUSES)
    body = _words(timed, memory, small, large)
    print(body)
    if asked.report:
        report.write_section("channels", body)
    return 0


def _words(timed: Sequence[Timed], memory: int, small: Sequence[float], large: Sequence[float]) -> str:
    head = ["operation", "ms", "floor", "ratio", "wanted", ""]
    passes = ("all stays new", "nothing new", "one stay changed in each")
    rows = [
        [what, f"{few:.1f} s", f"{many:.1f} s", f"{many / few / (HOUSES[1] / HOUSES[0]):.2f} ×"]
        for what, few, many in zip(passes, small, large, strict=True)
    ]
    is_met = "met" if max(large) <= QUARTER.total_seconds() else "MISSED"
    return (
        f"`channels.py`, {report.circumstances()}; time on the clock, SQLite with every commit on the disk.\n\n"
        f"{report.table(head, [each.cells for each in timed])}\n\n"
        f"Most memory of a process that takes in 10,000 events: {memory} MiB (wanted ≤ 200, "
        f"{'met' if memory <= 200 else 'MISSED'}).\n\n"
        f"One pass over all feeds of 100 events each, one worker (wanted: 500 feeds within a quarter of an hour, "
        f"{is_met}); the last column is the time for each feed, against the smaller house:\n\n"
        f"{report.table(['pass', *(f'{rooms} feeds' for rooms in HOUSES), 'growth'], rows)}"
    )


def _tell_memory() -> int:
    body = listings.calendar(MANY)
    with open_house(1) as (_app, feeds):
        assert Platform(body).import_feed(feeds[0]).added == MANY
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEBI)
    return 0


def _turns(
    operation: Callable[[], object], floor: Callable[[], object] | None, rounds: int
) -> tuple[float, float | None]:
    """Time an operation and its floor in turns; return the middle of each."""
    taken: list[float] = []
    beneath: list[float] = []
    for _ in range(rounds):
        taken.append(_once(operation))
        if floor is not None:
            beneath.append(_once(floor))
    return median(taken), median(beneath) if beneath else None


def _once(operation: Callable[[], object]) -> float:
    begun = time.perf_counter()
    operation()
    return time.perf_counter() - begun


def _scan(body: bytes) -> int:
    """Walk over the lines and count the events, as the least that anybody can do."""
    return sum(line == b"BEGIN:VEVENT" for line in body.splitlines())


def _parse(body: bytes) -> int:
    """Read the dates of all events with the library that everybody uses, and keep nothing."""
    return len([(event["DTSTART"].dt, event.get("DTEND")) for event in Calendar.from_ical(body).events])


def _join(events: int) -> bytes:
    """Join a calendar of so many closures from strings, without asking any database."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for number in range(events):
        arrival = TODAY + timedelta(4 * number)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number:032x}",
            f"DTSTART;VALUE=DATE:{arrival:%Y%m%d}",
            f"DTEND;VALUE=DATE:{arrival + timedelta(3):%Y%m%d}",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


if __name__ == "__main__":
    raise SystemExit(main())
