"""Read a feed: bytes in; a verdict, the blocked nights and what could not be read out.

Tolerant of all that costs no night, strict about all that could free one. Bounded in work for any bytes; reads no
file, no clock and no network.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from operator import attrgetter
from zoneinfo import ZoneInfo

from calendars.feed.events import Event, EventReader, Remark
from calendars.feed.kinds import Kind
from calendars.feed.lines import OPENING, Document, NotACalendar, scan
from calendars.feed.nights import HouseHours
from calendars.feed.recurrence import Budget
from calendars.feed.series import NOTHING_REPLACED, Replaced, Series, Window, settle
from calendars.feed.zones import Zones
from calendars.words import say

__all__ = ["Block", "Kind", "Reading", "Verdict", "digest", "read"]

DAYS_OF_WORK = 1_000_000
# What began long ago began then: nobody counts back from the first day of the calendar.
OLDEST = date(1970, 1, 1)
MOST_WARNINGS = 50
_DEFAULT_YEARS = 3
_MEANINGLESS = re.compile(
    # A blank before BEGIN or END hides an event: that matters, wherever it stands.
    rb"\n(?:DTSTAMP|CREATED|LAST-MODIFIED|DESCRIPTION)[;:][^\n]*+(?:\n[ \t]++(?!BEGIN:|END:)[^\n]*+)*+",
    re.IGNORECASE,
)


class Verdict(StrEnum):
    """Say what may be done with a feed; SUSPICIOUS is only known by comparing (calendars.reconcile)."""

    ACCEPT = "accept"
    PARTIAL = "partial"
    REJECT = "reject"
    SUSPICIOUS = "suspicious"


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """Hold nights that a feed takes: from `start` up to, not including, `end`. No guest data."""

    start: date
    end: date
    uid: str
    kind: Kind = Kind.UNKNOWN

    def __post_init__(self) -> None:
        if type(self.start) is not date or type(self.end) is not date:
            raise TypeError("a block is made of plain dates")
        if self.end <= self.start:
            raise ValueError(f"a block from {self.start} to {self.end} has no night")


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold what one body says. `why` is empty when accepted; `code` is its short name, for storing."""

    verdict: Verdict
    why: str
    blocks: tuple[Block, ...] = ()
    warnings: tuple[str, ...] = ()
    code: str = ""


def read(
    body: bytes,
    *,
    timezone: str,
    check_in: time,
    check_out: time,
    now: datetime,
    is_end_inclusive: bool = False,
    horizon: date | None = None,
    stays_only: bool = False,
    is_transparent_free: bool = False,
    language: str = "en",
) -> Reading:
    """Read one body into blocks, in the order of their nights.

    Blocks end at `horizon` at the latest, the first day that is not sold (default: the first of January in three
    years). Series are followed from yesterday on. `stays_only` leaves out what the platform calls a closure.
    `language` ("en", "fr") is that of `why` and `warnings`.

    Raises: TypeError for text in the place of bytes (a short text would be a file name to some parsers),
    ValueError for a `now` without zone, ZoneInfoNotFoundError for a house in an unknown zone. Never for a body.
    """
    if not isinstance(body, bytes):
        raise TypeError("a body is bytes")
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    hours = HouseHours(ZoneInfo(timezone), check_in, check_out, is_end_inclusive)
    today = now.astimezone(hours.zone).date()
    window = Window(today - timedelta(days=1), horizon or date(today.year + _DEFAULT_YEARS, 1, 1))
    try:
        document = scan(body)
    except NotACalendar as refusal:
        return Reading(Verdict.REJECT, say(refusal.code, language, **refusal.facts), code=refusal.code)
    reader = _Reader(document, hours, window)
    blocks = reader.blocks(stays_only=stays_only, is_transparent_free=is_transparent_free)
    warnings = _warnings(reader.remarks, language)
    if any(remark.is_fault for remark in reader.remarks):
        return Reading(Verdict.PARTIAL, say("partial", language), blocks, warnings, "partial")
    return Reading(Verdict.ACCEPT, "", blocks, warnings)


def digest(body: bytes, *, today: date) -> str:
    """Condense the lines of a body that matter for nights, and the day: equal digests need no second reading.

    Stamps that change at every fetch, and descriptions, are left out.
    """
    # The first line always matters: it tells whether there is a calendar at all.
    plain = OPENING.sub(b"", body.replace(b"\r\n", b"\n").replace(b"\r", b"\n"), count=1)
    return hashlib.sha256(today.isoformat().encode() + _MEANINGLESS.sub(b"", plain)).hexdigest()


class _Reader:
    """Carry one document through its steps: events, the versions that hold, stretches, nights."""

    def __init__(self, document: Document, hours: HouseHours, window: Window) -> None:
        self._document = document
        self._hours = hours
        self._window = window
        self._budget = Budget(DAYS_OF_WORK)
        zones = Zones(document.zones, self._budget, window.before + timedelta(days=2))
        self._events = EventReader(zones, hours, document.maker)
        self.remarks: list[Remark] = self._events.remarks
        self._series = Series(window, hours, self._budget, self.remarks)
        if document.has_hidden_event:
            self.remarks.append(Remark("hidden_event", 0, is_fault=True))

    def blocks(self, *, stays_only: bool, is_transparent_free: bool) -> tuple[Block, ...]:
        """List the blocks, each once, in order."""
        readable = [
            event
            for number, component in enumerate(self._document.events, start=1)
            if (event := self._events.read(component, number)) is not None
        ]
        events, replaced = settle(readable, self._hours)
        found: set[Block] = set()
        for event in events:
            is_left_out = (
                event.is_cancelled
                or (is_transparent_free and event.is_transparent)
                or (stays_only and event.kind is Kind.BLOCK)
            )
            if not is_left_out:
                found.update(self._blocks_of(event, replaced.get(event.uid, NOTHING_REPLACED)))
        return tuple(sorted(found, key=attrgetter("start", "end", "uid", "kind")))

    def _blocks_of(self, event: Event, replaced: Replaced) -> list[Block]:
        blocks = []
        for span in self._series.spans(event, replaced):
            first, after = span.nights(self._hours)
            first, after = max(first, OLDEST), min(after, self._window.before)
            if first < after:
                blocks.append(Block(first, after, event.uid, event.kind))
        return blocks


def _warnings(remarks: list[Remark], language: str) -> tuple[str, ...]:
    """Word the remarks, faults first, as many as a person reads."""
    ordered = sorted(dict.fromkeys(remarks), key=lambda remark: (not remark.is_fault, remark.event))
    sentences = [say(remark.code, language, event=remark.event) for remark in ordered[:MOST_WARNINGS]]
    if len(ordered) > MOST_WARNINGS:
        sentences.append(say("more", language, count=len(ordered) - MOST_WARNINGS))
    return tuple(sentences)
