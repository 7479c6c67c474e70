"""Which time zone a feed means: a proper name, a Windows name, one that the feed defines itself, or none."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from functools import cache, partial
from operator import lt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from calendars.feed.lines import Component
from calendars.feed.recurrence import Budget, BudgetSpent, strikes
from calendars.feed.rules import read_rule
from calendars.feed.values import FOR_EVER, Unreadable, read_clock, read_offset

_SAFE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*", re.ASCII)
_FIRST_YEAR = 1970
_LONGEST_PATH = 6
# A name that nobody knows is looked for on the disk.
_LOOK_UP_COST = 100


class OwnZone(tzinfo):
    """Follow the changes that a VTIMEZONE of the feed lists: wall clock of the change, offset before and after."""

    def __init__(self, changes: list[tuple[datetime, timedelta, timedelta]]) -> None:
        self._changes = sorted(changes, key=lambda change: change[0])
        self._walls = [change[0] for change in self._changes]

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """Give the distance from UTC that holds at a wall clock."""
        if moment is None:
            return self._changes[-1][2]
        index = bisect_right(self._walls, moment.replace(tzinfo=None))
        return self._changes[index - 1][2] if index else self._changes[0][1]

    def dst(self, moment: datetime | None) -> timedelta:
        """Count every offset as standard: only the sum matters here."""
        del moment
        return timedelta()

    def tzname(self, moment: datetime | None) -> str:
        """Name the zone neutrally."""
        del moment
        return "own"


@dataclass(slots=True)
class Zones:
    """Find the zones of one feed by name, each looked up once."""

    definitions: tuple[Component, ...]
    budget: Budget
    last_day: date
    _found: dict[str, tzinfo | None] = field(default_factory=dict)
    _by_label: dict[str, Component] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for definition in self.definitions:
            label = definition.first(b"TZID")
            if label is not None:
                self._by_label.setdefault(label.text, definition)

    def find(self, name: str) -> tzinfo | None:
        """Find a zone by the name in a TZID parameter; None when nobody knows it."""
        if name not in self._found:
            self._found[name] = self._look_up(name)
        return self._found[name]

    def _look_up(self, name: str) -> tzinfo | None:
        try:
            self.budget.spend(_LOOK_UP_COST)
        except BudgetSpent:
            return None
        # Some calendars prefix a path of their own: /example.org/2026_1/Europe/Paris.
        pieces = name.strip("/").split("/", _LONGEST_PATH)
        names = ["/".join(pieces[beginning:]) for beginning in range(len(pieces))]
        named = next(filter(None, map(_named, names)), None)
        return (
            named
            or self._defined(name)
            or _named(WINDOWS_TO_OLSON.get(name, ""))
            or next(filter(None, (_named(_spelling().get(name.casefold(), "")) for name in names)), None)
        )

    def _defined(self, name: str) -> tzinfo | None:
        definition = self._by_label.get(name)
        if definition is None:
            return None
        try:
            return _own_zone(definition, self.budget, self.last_day)
        except (Unreadable, BudgetSpent):
            return None


@cache
def _spelling() -> dict[str, str]:
    """Give the right spelling of every zone's name by its small letters."""
    return {name.casefold(): name for name in available_timezones()}


def _named(name: str) -> tzinfo | None:
    """Open a zone of the IANA list; the name never becomes any other path."""
    if not _SAFE_NAME.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _own_zone(definition: Component, budget: Budget, last_day: date) -> OwnZone:
    changes = [
        change
        for part in definition.parts
        if part.name in (b"STANDARD", b"DAYLIGHT")
        for change in _changes(part, budget, last_day)
    ]
    if not changes:
        raise Unreadable("a time zone without offsets")
    return OwnZone(changes)


def _changes(part: Component, budget: Budget, last_day: date) -> list[tuple[datetime, timedelta, timedelta]]:
    start = part.first(b"DTSTART")
    before, after = part.first(b"TZOFFSETFROM"), part.first(b"TZOFFSETTO")
    if start is None or before is None or after is None:
        raise Unreadable("a time zone without start or offset")
    begins, _, _ = read_clock(start.text)
    offsets = read_offset(before.text), read_offset(after.text)
    walls = {begins}
    for line in part.every(b"RDATE"):
        walls.update(read_clock(piece)[0] for piece in line.text.split(","))
    for line in part.every(b"RRULE"):
        rule = read_rule(line.text)
        limit = rule.until or FOR_EVER
        limit = limit + offsets[0] if rule.until_is_utc else limit
        found = strikes(
            rule,
            begins,
            since=date(_FIRST_YEAR, 1, 1),
            before=last_day,
            is_over=partial(lt, limit),
            budget=budget,
        )
        walls.update(found)
    return [(wall, *offsets) for wall in walls]
