"""RRULE, as text: what a repetition rule may say, and a refusal of all that is not surely understood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from calendars.feed.values import Unreadable, read_clock

# Every day of a year may be listed; nothing longer is meant well.
LONGEST_RULE = 2_000

_WEEKDAYS = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
_NTH_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
BY_THE_CLOCK = {"HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}
_FREQUENCIES = frozenset(("YEARLY", "MONTHLY", "WEEKLY", "DAILY", *BY_THE_CLOCK))
_RANGES = {
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYSETPOS": (-366, 366),
    "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59),
    "BYSECOND": (0, 60),
}
_KNOWN = frozenset(("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", *_RANGES))


@dataclass(frozen=True, slots=True)
class Rule:
    """Hold a rule. `until` is a wall clock in UTC when `until_is_utc`, a day when `until_is_date`."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    until_is_date: bool = False
    until_is_utc: bool = False
    week_start: int = 0
    weekdays: frozenset[tuple[int, int]] = frozenset()
    months: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    year_days: frozenset[int] = frozenset()
    weeks: frozenset[int] = frozenset()
    positions: frozenset[int] = frozenset()
    hours: frozenset[int] = frozenset()
    minutes: frozenset[int] = frozenset()
    seconds: frozenset[int] = frozenset()

    @property
    def names_hours(self) -> bool:
        """Say whether the rule sets hours of the day itself."""
        return bool(self.hours or self.minutes or self.seconds)


def read_rule(text: str) -> Rule:
    """Read the value of an RRULE line.

    Raises: Unreadable for an unknown word, a number out of range, or a combination that is not followed here
    (rules by the clock that also pick hours or positions; positions among several hours of a day).
    """
    parts = _parts(text)
    frequency = parts.get("FREQ", "")
    if frequency not in _FREQUENCIES:
        raise Unreadable("unknown frequency")
    until, until_is_date, until_is_utc = (
        read_clock(parts["UNTIL"]) if "UNTIL" in parts else (None, False, False)
    )
    rule = Rule(
        frequency=frequency,
        interval=_positive(parts.get("INTERVAL", "1")),
        count=_positive(parts["COUNT"]) if "COUNT" in parts else None,
        until=until,
        until_is_date=until_is_date,
        until_is_utc=until_is_utc,
        week_start=_weekday(parts.get("WKST", "MO")),
        weekdays=_nth_days(parts["BYDAY"]) if "BYDAY" in parts else frozenset(),
        months=_numbers(parts, "BYMONTH"),
        month_days=_numbers(parts, "BYMONTHDAY"),
        year_days=_numbers(parts, "BYYEARDAY"),
        weeks=_numbers(parts, "BYWEEKNO"),
        positions=_numbers(parts, "BYSETPOS"),
        hours=_numbers(parts, "BYHOUR"),
        minutes=_numbers(parts, "BYMINUTE"),
        seconds=_numbers(parts, "BYSECOND"),
    )
    _refuse_what_is_not_followed(rule)
    return rule


def _parts(text: str) -> dict[str, str]:
    if len(text) > LONGEST_RULE:
        raise Unreadable("an endless rule")
    parts: dict[str, str] = {}
    for piece in text.upper().replace(" ", "").split(";"):
        if not piece:
            continue
        name, equals, value = piece.partition("=")
        if not equals or name in parts or (name not in _KNOWN and not name.startswith("X-")):
            raise Unreadable("unknown part of a rule")
        parts[name] = value
    return parts


def _refuse_what_is_not_followed(rule: Rule) -> None:
    by_the_clock = rule.frequency in BY_THE_CLOCK
    if by_the_clock and (rule.names_hours or rule.positions or rule.weeks or rule.year_days):
        raise Unreadable("a rule by the clock with further conditions")
    if rule.positions and rule.names_hours:
        raise Unreadable("positions among hours")
    if rule.weeks and (rule.frequency != "YEARLY" or rule.week_start != 0):
        raise Unreadable("week numbers outside a yearly rule")
    if any(nth for nth, _ in rule.weekdays) and rule.frequency not in ("YEARLY", "MONTHLY"):
        raise Unreadable("an ordinal weekday without month or year")


def _positive(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or int(text) == 0:
        raise Unreadable("not a positive number")
    return int(text)


def _weekday(text: str) -> int:
    if text not in _WEEKDAYS:
        raise Unreadable("not a weekday")
    return _WEEKDAYS[text]


def _nth_days(text: str) -> frozenset[tuple[int, int]]:
    days = set()
    for piece in text.split(","):
        match = _NTH_DAY.fullmatch(piece)
        if match is None or (match.group(1) is not None and not 1 <= abs(int(match.group(1))) <= 53):
            raise Unreadable("not a weekday")
        days.add((int(match.group(1) or 0), _WEEKDAYS[match.group(2)]))
    return frozenset(days)


def _numbers(parts: dict[str, str], name: str) -> frozenset[int]:
    if name not in parts:
        return frozenset()
    low, high = _RANGES[name]
    numbers = set()
    for piece in parts[name].split(","):
        if not re.fullmatch(r"[+-]?\d{1,3}", piece, re.ASCII) or not low <= int(piece) <= high:
            raise Unreadable(f"{name} out of range")
        numbers.add(int(piece))
    if low < 0 and 0 in numbers:
        raise Unreadable(f"{name} of zero")
    return frozenset(numbers)
