"""Bodies made to keep a server busy: each ends within seconds of the processor and a part of its memory (R25).

Before they were bounded, six of them ran for hours or ate all memory.
"""

import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from calendars.feed import digest
from calendars.feed.lines import MAX_BYTES
from tests.calendars.fuzz import time_limit
from tests.calendars.house import TODAY, read_here

MIB = 1024 * 1024
# R25 allows a body 512 MiB; the interpreter and its libraries come on top.
MOST_MEMORY = 700 * MIB
MOST_SECONDS = 10
ZONE = b"BEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
NUMBERS = b",".join(b"%d" % number for number in range(60))
HOURS = b",".join(b"%d" % number for number in range(24))


def feed(*events: bytes, head: bytes = b"") -> bytes:
    inside = b"".join(b"BEGIN:VEVENT\n" + event + b"\nEND:VEVENT\n" for event in events)
    return b"BEGIN:VCALENDAR\n" + head + inside + b"END:VCALENDAR\n"


def filled(piece: bytes, size: int = MAX_BYTES - 200) -> bytes:
    return piece * (size // len(piece))


def day(number: int) -> bytes:
    return b"%04d%02d%02d" % (1900 + number // 336, 1 + number // 28 % 12, 1 + number % 28)


def one(line: bytes) -> bytes:
    return feed(b"DTSTART:20270105\n" + line)


MANY = range(4_000)
BODIES: dict[str, Callable[[], bytes]] = {
    # One endless line.
    "an endless summary": lambda: one(b"SUMMARY:" + filled(b"b")),
    "an endless UID": lambda: one(b"UID:" + filled(b"b")),
    "endless digits": lambda: feed(b"DTSTART:" + filled(b"9")),
    "endless parameters": lambda: feed(b"DTSTART" + filled(b";a=b") + b":20270105"),
    "endless quotes": lambda: one(b"SUMMARY;X=" + filled(b'"') + b":x"),
    "an endless length": lambda: one(b"DURATION:P" + filled(b"9") + b"D"),
    "an endless rule": lambda: one(b"RRULE:FREQ=WEEKLY;BYDAY=" + filled(b"MO,") + b"TU"),
    "endless added dates": lambda: one(b"RDATE:" + filled(b"20270105,", MIB)),
    "endless exceptions": lambda: one(b"EXDATE:" + filled(b"20270105,", MIB)),
    # Structure.
    "only line ends": lambda: feed(head=filled(b"\n")),
    "only folds": lambda: feed(head=b"X:" + filled(b"\n x") + b"\n"),
    "only beginnings": lambda: feed(head=filled(b"BEGIN:X\n")),
    "only ends": lambda: feed(head=filled(b"END:X\n")),
    "empty components": lambda: feed(head=filled(b"BEGIN:X\nEND:X\n", MIB)),
    "empty zones": lambda: feed(head=filled(b"BEGIN:VTIMEZONE\nEND:VTIMEZONE\n", MIB)),
    "short lines": lambda: one(filled(b"RDATE:1\n", MIB // 2)),
    # Rules.
    "rules without end": lambda: one(
        b"\n".join(b"RRULE:FREQ=DAILY;COUNT=%d" % (count + 1) for count in range(60_000))
    ),
    "every second of each day": lambda: feed(
        *[b"DTSTART:20990105\nRRULE:FREQ=DAILY;BYHOUR=%s;BYMINUTE=%s;BYSECOND=%s" % (HOURS, NUMBERS, NUMBERS)]
        * 300
    ),
    "every second": lambda: feed(*[b"DTSTART:20200101T000000Z\nRRULE:FREQ=SECONDLY"] * 4_000),
    "a day that never comes": lambda: feed(
        *[b"DTSTART:00010101\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"] * 1_000
    ),
    "counting from the year 1": lambda: feed(
        *[b"DTSTART:00010101\nRRULE:FREQ=DAILY;COUNT=999999999"] * 1_000
    ),
    "a very long step": lambda: feed(*[b"DTSTART:00010101\nRRULE:FREQ=HOURLY;INTERVAL=999999999"] * 1_000),
    "seconds that never match": lambda: feed(
        *[b"DTSTART:20200101T000000Z\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"] * 1_000
    ),
    "every weekday there is": lambda: feed(
        *[b"DTSTART:20270105\nRRULE:FREQ=YEARLY;BYDAY=" + NUMBERS[2:].replace(b",", b"MO,")[:400] + b"SU"]
        * 1_000
    ),
    "every position of each day": lambda: feed(
        *[b"DTSTART:20270105\nRRULE:FREQ=DAILY;COUNT=999999;BYSETPOS=" + NUMBERS[2:]] * 1_000
    ),
    "at the end of time": lambda: feed(*[b"DTSTART:99991231\nRRULE:FREQ=YEARLY"] * 1_000),
    # What grows with the square of what is sent, unless one takes care.
    "series that replace each other": lambda: feed(
        *[b"UID:r\nDTSTART:%s\nRRULE:FREQ=DAILY;COUNT=1" % day(number) for number in MANY],
        *[b"UID:r\nDTSTART:20270105\nRECURRENCE-ID:%s" % day(number) for number in MANY],
    ),
    "series moved over and over": lambda: feed(
        b"UID:r\nDTSTART:19000101\nRRULE:FREQ=DAILY",
        *[b"UID:r\nDTSTART:20270105\nRECURRENCE-ID;RANGE=THISANDFUTURE:%s" % day(number) for number in MANY],
    ),
    "zones that nobody knows": lambda: feed(
        *[b"DTSTART;TZID=a/b/c/d/e/z%d:20270105T000000" % number for number in MANY],
        head=filled(b"BEGIN:VTIMEZONE\nTZID:a\nEND:VTIMEZONE\n", MIB),
    ),
    "zones that each follow a rule": lambda: feed(
        *[b"DTSTART;TZID=q%d:20270105T000000" % number for number in MANY],
        head=b"".join(
            b"BEGIN:VTIMEZONE\nTZID:q%d\n%sRRULE:FREQ=DAILY\nEND:STANDARD\nEND:VTIMEZONE\n" % (number, ZONE)
            for number in MANY
        ),
    ),
    "a zone of many changes": lambda: feed(
        b"DTSTART;TZID=q:20270105T000000",
        head=b"BEGIN:VTIMEZONE\nTZID:q\n"
        + filled(ZONE + b"RRULE:FREQ=YEARLY\nEND:STANDARD\n", MIB)
        + b"END:VTIMEZONE\n",
    ),
    "stays for ever": lambda: feed(*[b"DTSTART:20200105\nDTEND:99991231"] * 20_000),
}
THIS = Path(__file__)


@pytest.mark.parametrize("name", BODIES)
def test_is_not_kept_busy_by(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # A tenth of the work that a feed may ask for, to spare the everyday tests the other nine.
    monkeypatch.setattr("calendars.feed.DAYS_OF_WORK", 100_000)
    body = BODIES[name]()[:MAX_BYTES]

    with time_limit(MOST_SECONDS):
        read_here(body)
        digest(body, today=TODAY)


def test_needs_little_memory_for_any_of_them() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.calendars.test_hostile"],
        cwd=THIS.parents[2],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert run.returncode == 0, run.stderr[-2_000:]


def read_all_within_limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    for name in ("only folds", "endless added dates"):
        print(name)
        read_here(BODIES[name]()[:MAX_BYTES])


if __name__ == "__main__":
    read_all_within_limits()
