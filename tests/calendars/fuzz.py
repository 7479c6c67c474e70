"""Tamper with feeds, byte by byte and line by line, and look for one that breaks a promise of the reader.

For an evening: `python -m tests.calendars.fuzz --seconds 3600`. What it finds is written to tests/calendars/corpus/,
where the everyday tests read it for ever after; they also run a few thousand changes with a fixed seed.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from types import FrameType

from calendars.feed import Block, Reading, Verdict, digest
from calendars.feed.events import LONGEST_UID
from tests.calendars.house import FEEDS, TODAY, read_here

CORPUS = Path(__file__).with_name("corpus")
# Seconds of the processor, not of the wall: a busy machine is no fault of the reader.
MOST_SECONDS = 10
LARGEST = 200_000

PIECES = [
    b"BEGIN:VEVENT\r\n",
    b"END:VEVENT\r\n",
    b"BEGIN:VEVENT\r\nDTSTART:20270105\r\nEND:VEVENT\r\n",
    b" BEGIN:VEVENT\r\n",
    b"BEGIN:VTIMEZONE\r\nTZID:x\r\n",
    b"BEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:-2359\r\nTZOFFSETTO:+2359\r\nEND:STANDARD\r\n",
    b"END:VTIMEZONE\r\n",
    b"END:VCALENDAR\r\n",
    b"END:VCALENDAR\r\nBEGIN:VCALENDAR\r\n",
    b"RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\r\n",
    b"RRULE:FREQ=DAILY;COUNT=999999999;BYSETPOS=-1\r\n",
    b"RRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO,-53SU\r\n",
    b"RRULE:FREQ=HOURLY;INTERVAL=999999999\r\n",
    b"RDATE;VALUE=PERIOD:00010101T000000Z/P99999W,20270105T000000/20260105T000000\r\n",
    b"EXDATE:20270105,,99991231T235959Z\r\n",
    b"RECURRENCE-ID;RANGE=THISANDFUTURE:20270105\r\n",
    b"RECURRENCE-ID;RANGE=THISANDFUTURE:00010101T000000Z\r\n",
    b"STATUS:CANCELLED\r\n",
    b"DESCRIPTION:a\r\n b\r\n",
    b'DESCRIPTION;ALTREP="a:\r\n',
    b"DTSTAMP:20261122T\r\n",
    b"CREATED\r\n ",
    b"DTSTART;TZID=Asia/Tokyo:00010101T000000\r\n",
    b"DTSTART;TZID=x:20270328T023000\r\n",
    b"DTEND:99991231T235959Z\r\n",
    b"DURATION:-P99999W\r\n",
    b"DURATION:P99999WT9999999M\r\n",
    b"SEQUENCE:999999999999\r\n",
    b'DTSTART;TZID="x:20270105\r\n',
    b"UID:" + b"u" * 300 + b"\r\n",
    b"\xff\xfe\x00\x00",
    b"\xef\xbb\xbf",
    b"\r\n ",
    b"\n\t",
    b";:=,",
    b"/",
    b"+2400",
    b"Z",
]
NUMBER = re.compile(rb"\d+")


class PromiseBroken(AssertionError):
    """Say which promise of the reader a body breaks."""


def seeds() -> list[bytes]:
    """List the feeds that are tampered with, and all that was ever found."""
    files = [*sorted(FEEDS.glob("*.*cs")), *sorted(CORPUS.glob("*.ics"))]
    return [body for path in files if len(body := path.read_bytes()) <= LARGEST]


def changed(body: bytes, feeds: list[bytes], chance: random.Random) -> bytes:
    """Change a body in one to six places."""
    for _ in range(chance.randint(1, 6)):
        body = chance.choice(CHANGES)(body, feeds, chance)
    return body[:LARGEST]


def _cut(body: bytes, _: list[bytes], chance: random.Random) -> bytes:
    place = chance.randint(0, len(body))
    return body[:place] + body[place + chance.randint(0, 60) :]


def _end_early(body: bytes, _: list[bytes], chance: random.Random) -> bytes:
    return body[: chance.randint(0, len(body))]


def _overwrite(body: bytes, _: list[bytes], chance: random.Random) -> bytes:
    place, noise = chance.randint(0, len(body)), chance.randbytes(chance.randint(1, 8))
    return body[:place] + noise + body[place + len(noise) :]


def _insert(body: bytes, _: list[bytes], chance: random.Random) -> bytes:
    place = chance.randint(0, len(body))
    return body[:place] + chance.choice(PIECES) + body[place:]


def _insert_line(body: bytes, _: list[bytes], chance: random.Random) -> bytes:
    lines = body.splitlines(keepends=True)
    lines.insert(chance.randint(0, len(lines)), chance.choice(PIECES))
    return b"".join(lines)


def _move_lines(body: bytes, _: list[bytes], chance: random.Random) -> bytes:
    lines = body.splitlines(keepends=True)
    place, count = chance.randint(0, len(lines)), chance.randint(1, 8)
    moved = lines[place : place + count]
    if chance.random() < 0.5:
        del lines[place : place + count]
    there = chance.randint(0, len(lines))
    return b"".join([*lines[:there], *moved, *lines[there:]])


def _splice(body: bytes, feeds: list[bytes], chance: random.Random) -> bytes:
    ours, theirs = body.splitlines(keepends=True), chance.choice(feeds).splitlines(keepends=True)
    return b"".join(ours[: chance.randint(0, len(ours))] + theirs[chance.randint(0, len(theirs)) :])


def _other_number(body: bytes, _: list[bytes], chance: random.Random) -> bytes:
    found = list(NUMBER.finditer(body))
    if not found:
        return body
    number = chance.choice(found)
    other = chance.choice((b"0", b"1", b"99", b"24", b"00010101", b"99991231", b"2", b"20270105", b"60"))
    return body[: number.start()] + other + body[number.end() :]


def _other_line_ends(body: bytes, _: list[bytes], chance: random.Random) -> bytes:
    return chance.choice((b"\n", b"\r", b"\r\n\r\n", b" \r\n", b"\n ")).join(body.splitlines())


CHANGES: list[Callable[[bytes, list[bytes], random.Random], bytes]] = [
    _cut,
    _end_early,
    _overwrite,
    _insert,
    _insert_line,
    _insert_line,
    _move_lines,
    _splice,
    _other_number,
    _other_line_ends,
]


def check(body: bytes, original: bytes = b"") -> Reading:
    """Read a body and hold every promise against what comes out.

    Raises: PromiseBroken; and whatever the reader should not have raised.
    """
    with time_limit():
        reading = read_here(body)
        stays = read_here(body, stays_only=True, is_transparent_free=True)
        far_away = read_here(body, timezone="Pacific/Kiritimati", is_end_inclusive=True, language="fr")
        by_line_feeds = read_here(body.replace(b"\r\n", b"\n"))
        is_same = digest(body, today=TODAY) == digest(original, today=TODAY)
    _promise(
        reading.verdict in (Verdict.ACCEPT, Verdict.PARTIAL, Verdict.REJECT),
        "one of the verdicts of a reader",
    )
    _promise(bool(reading.why) == bool(reading.code) == (reading.verdict is not Verdict.ACCEPT), "a reason")
    _promise(not (reading.blocks and reading.verdict is Verdict.REJECT), "no block from what is refused")
    _promise(list(reading.blocks) == sorted(set(reading.blocks)), "blocks in order, each once")
    _promise(all(_is_sane(block) for block in reading.blocks), "blocks between the past and the end of sales")
    _promise(set(stays.blocks) <= set(reading.blocks), "fewer blocks when some are left out")
    _promise(
        (far_away.verdict is Verdict.REJECT) == (reading.verdict is Verdict.REJECT),
        "a refusal for what was sent, not for where the house stands",
    )
    _promise(by_line_feeds == reading, "the same whatever ends the lines")
    _promise(not is_same or _told(reading) == _told(read_here(original)), "equal digests, equal blocks")
    return reading


def check_beginning(body: bytes, length: int) -> None:
    """Hold that the beginning of a good feed is refused: a night that a cut takes away is never freed.

    Raises: PromiseBroken.
    """
    end = body.upper().rindex(b"VCALENDAR") + len(b"VCALENDAR")
    reading = read_here(body[: length % end])
    _promise(reading.verdict is Verdict.REJECT, "a cut feed is refused")


def _told(reading: Reading) -> tuple[Verdict, tuple[Block, ...]]:
    return reading.verdict, reading.blocks


def _is_sane(block: Block) -> bool:
    return (
        block.start.year >= 1970
        and block.start < block.end
        and (block.end.year, block.end.month, block.end.day) <= (TODAY.year + 3, 1, 1)
        and len(block.uid) <= LONGEST_UID
    )


def _promise(is_kept: bool, promise: str) -> None:
    if not is_kept:
        raise PromiseBroken(promise)


@contextmanager
def time_limit(seconds: float = MOST_SECONDS) -> Iterator[None]:
    """Break off what keeps the processor busy for longer."""

    def give_up(_: int, frame: FrameType | None) -> None:
        raise PromiseBroken(f"an end within {seconds:g} seconds")

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def main() -> int:
    """Tamper for some time; 1 when something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.calendars.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().getrandbits(32))
    options = parser.parse_args()
    chance, feeds = random.Random(options.seed), seeds()
    found: dict[str, Path] = {}
    count, ends = 0, monotonic() + options.seconds
    while monotonic() < ends:
        original = chance.choice(feeds)
        body = changed(original, feeds, chance)
        count += 1
        try:
            check(body, original)
        except Exception as error:
            where = f"{type(error).__name__}: {error} {traceback.extract_tb(error.__traceback__)[-1].line}"
            if where not in found:
                found[where] = CORPUS / f"{hashlib.sha256(body).hexdigest()[:12]}.ics"
                found[where].write_bytes(body)
                print(f"{found[where].name}: {where}")
    print(f"Seed {options.seed}: {count} feeds, {len(found)} broke a promise.")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
