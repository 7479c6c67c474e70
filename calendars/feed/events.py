"""One VEVENT, understood: which nights it takes, how it repeats, what it replaces, and what was unreadable in it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from calendars.feed.kinds import Kind, kind_of
from calendars.feed.lines import Component, Property
from calendars.feed.nights import EndsBeforeItBegins, HouseHours, Span, span_of
from calendars.feed.rules import Rule, read_rule
from calendars.feed.values import Moment, Unreadable, read_clock, read_duration
from calendars.feed.zones import Zones

LONGEST_UID = 255
MOST_RULES = 20
_CANCELLED = frozenset(("CANCELLED", "CANCELED"))
_FREE = frozenset(("TRANSPARENT",))


@dataclass(frozen=True, slots=True)
class Remark:
    """Hold something to tell the host about one event; a fault makes the whole feed partial."""

    code: str
    event: int
    is_fault: bool


class EventUnreadable(ValueError):
    """Say that an event blocks nothing because its dates cannot be told; `code` is one of calendars.words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Event:
    """Hold one readable event. Moments of a series keep their own zone; `span` is on the clock of the house."""

    number: int
    uid: str
    kind: Kind
    sequence: int
    is_cancelled: bool
    is_transparent: bool
    start: Moment
    span: Span
    rules: tuple[Rule, ...] = ()
    extra: tuple[Moment, ...] = ()
    periods: tuple[Span, ...] = ()
    excepted: tuple[Moment, ...] = ()
    replaces: Moment | None = None
    replaces_what_follows: bool = False


class EventReader:
    """Read the events of one feed, collecting remarks on the way."""

    def __init__(self, zones: Zones, hours: HouseHours, maker: str) -> None:
        self.remarks: list[Remark] = []
        self._zones = zones
        self._hours = hours
        self._maker = maker
        self._number = 0

    def read(self, component: Component, number: int) -> Event | None:
        """Read one event; None, with a remark, when its nights cannot be told."""
        self._number = number
        try:
            return self._event(component)
        except EventUnreadable as refusal:
            # What is cancelled blocks nothing, whenever it would have been.
            if not _says_only(component, b"STATUS", _CANCELLED):
                self._remark(refusal.code, is_fault=True)
            return None

    def _event(self, component: Component) -> Event:
        is_cancelled = _says_only(component, b"STATUS", _CANCELLED)
        start = self._start(component, is_cancelled=is_cancelled)
        sequence = _text(component.first(b"SEQUENCE"))
        replaces, replaces_what_follows = self._replaces(component)
        extra, periods = self._extra(component)
        return Event(
            number=self._number,
            uid=_bounded_uid(_text(component.first(b"UID"))),
            kind=kind_of(_text(component.first(b"SUMMARY")), self._maker),
            sequence=int(sequence) if re.fullmatch(r"\d{1,9}", sequence, re.ASCII) else 0,
            is_cancelled=is_cancelled,
            is_transparent=_says_only(component, b"TRANSP", _FREE),
            start=start,
            span=self._span(component, start),
            rules=self._rules(component),
            extra=extra,
            periods=periods,
            excepted=self._dates(component.every(b"EXDATE")),
            replaces=replaces,
            replaces_what_follows=replaces_what_follows,
        )

    def _start(self, component: Component, *, is_cancelled: bool) -> Moment:
        line = component.first(b"DTSTART") or (component.first(b"RECURRENCE-ID") if is_cancelled else None)
        if line is None:
            raise EventUnreadable("no_start")
        if any(len(set(component.every(name))) > 1 for name in (b"DTSTART", b"DTEND")):
            self._remark("doubled", is_fault=True)
        try:
            start = self._moment(line, line.text)
            start.at_the_house(self._hours.zone)
        except Unreadable:
            raise EventUnreadable("bad_start") from None
        return start

    def _span(self, component: Component, start: Moment) -> Span:
        end_line, length_line = component.first(b"DTEND"), component.first(b"DURATION")
        end: Moment | None = None
        length: timedelta | None = None
        try:
            if end_line is not None:
                end = self._moment(end_line, end_line.text)
            elif length_line is not None:
                length = read_duration(length_line.text)
            span, code = span_of(start, end, length, self._hours)
        except EndsBeforeItBegins:
            raise EventUnreadable("reversed") from None
        except Unreadable:
            self._remark("bad_end", is_fault=True)
            span, code = span_of(start, None, None, self._hours)
            code = None
        if code:
            self._remark(code)
        return span

    def _rules(self, component: Component) -> tuple[Rule, ...]:
        lines = component.every(b"RRULE")
        try:
            if len(lines) > MOST_RULES:
                raise Unreadable("more rules than anybody means")
            return tuple(map(read_rule, dict.fromkeys(line.text for line in lines)))
        except Unreadable:
            self._remark("bad_rule", is_fault=True)
            return ()

    def _dates(self, lines: list[Property]) -> tuple[Moment, ...]:
        moments = []
        for line in lines:
            for piece in filter(None, line.text.split(",")):
                try:
                    moments.append(self._moment(line, piece))
                except Unreadable:
                    self._remark("bad_extra_date", is_fault=True)
        return tuple(moments)

    def _extra(self, component: Component) -> tuple[tuple[Moment, ...], tuple[Span, ...]]:
        """Read RDATE: moments at which the event happens again, and periods, which bring their own length."""
        moments: list[Moment] = []
        periods: list[Span] = []
        for line in component.every(b"RDATE"):
            for piece in filter(None, line.text.split(",")):
                start, slash, end = piece.partition("/")
                try:
                    moment = self._moment(line, start)
                    if slash:
                        periods.append(self._period(line, moment, end))
                    else:
                        moments.append(moment)
                except (Unreadable, EndsBeforeItBegins):
                    self._remark("bad_extra_date", is_fault=True)
        return tuple(moments), tuple(periods)

    def _period(self, line: Property, start: Moment, end: str) -> Span:
        if end.strip()[:1].upper() in ("P", "+", "-"):
            return span_of(start, None, read_duration(end), self._hours)[0]
        return span_of(start, self._moment(line, end), None, self._hours)[0]

    def _replaces(self, component: Component) -> tuple[Moment | None, bool]:
        """Read RECURRENCE-ID: the instance that is replaced, and whether all that follow it are."""
        line = component.first(b"RECURRENCE-ID")
        if line is None:
            return None, False
        reach = line.parameter(b"RANGE").upper()
        if reach not in ("", "THISANDFUTURE"):
            self._remark("bad_instance", is_fault=True)
        try:
            return self._moment(line, line.text), reach == "THISANDFUTURE"
        except Unreadable:
            self._remark("bad_instance", is_fault=True)
            return None, False

    def _moment(self, line: Property, text: str) -> Moment:
        wall, is_date, is_utc = read_clock(text)
        if is_date:
            return Moment(wall, is_date=True)
        name = "UTC" if is_utc else line.parameter(b"TZID")
        zone = self._zones.find(name) if name else None
        if zone is None:
            self._remark("unknown_zone" if name else "floating")
        return Moment(wall, is_date=False, zone=zone)

    def _remark(self, code: str, *, is_fault: bool = False) -> None:
        remark = Remark(code, self._number, is_fault)
        if remark not in self.remarks[-4:]:
            self.remarks.append(remark)


def exact_or_day(moment: Moment, hours: HouseHours) -> datetime | date:
    """Give what an instance is told by: its day when only a day is named, else its wall clock at the house.

    Raises: Unreadable.
    """
    return moment.wall.date() if moment.is_date else moment.at_the_house(hours.zone)


def _says_only(component: Component, name: bytes, words: frozenset[str]) -> bool:
    """Say whether every line of that name says this: an event that also says the contrary is not let go."""
    lines = component.every(name)
    return bool(lines) and all(line.text.upper() in words for line in lines)


def _text(line: Property | None) -> str:
    return line.text if line is not None else ""


def _bounded_uid(uid: str) -> str:
    """Shorten an endless UID to a digest; an ordinary one stays as it is."""
    return (
        uid if len(uid) <= LONGEST_UID else hashlib.sha256(uid.encode("utf-8", "surrogatepass")).hexdigest()
    )
