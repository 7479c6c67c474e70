"""Selectors: each says which nights it takes; any, all and not join them to any depth."""

from collections.abc import Iterable, Sized
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Protocol

from pricing.refusal import GridInvalid
from pricing.seasons.nights import Nights
from pricing.seasons.periods import Period, YearlyPeriod, check_ascending

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Selector(Protocol):
    """Know which nights of a calendar are meant."""

    def take(self, nights: Nights) -> int:
        """Return the nights meant, as bits. Raises: GridInvalid for an event or zone that is not there."""


@dataclass(frozen=True, slots=True)
class Dates:
    """Take single nights."""

    dates: frozenset[date]

    def __post_init__(self) -> None:
        _check_not_empty(self.dates, "dates")

    def take(self, nights: Nights) -> int:
        """Return the nights meant."""
        return nights.among(self.dates)


@dataclass(frozen=True, slots=True)
class Ranges:
    """Take nights from a date up to another; ranges ascend and do not overlap."""

    ranges: tuple[Period, ...]

    def __post_init__(self) -> None:
        _check_not_empty(self.ranges, "ranges")
        check_ascending(self.ranges, "ranges")

    def take(self, nights: Nights) -> int:
        """Return the nights meant."""
        return _inside(self.ranges, nights)


@dataclass(frozen=True, slots=True)
class Yearly:
    """Take a time of every year."""

    period: YearlyPeriod

    def take(self, nights: Nights) -> int:
        """Return the nights meant."""
        years = range(nights.first.year, nights.last.year + 1)
        return _union(nights.between(*part) for year in years for part in self.period.parts(year))


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Take days of the week; Monday is 0, as `date.weekday` counts."""

    weekdays: frozenset[int]

    def __post_init__(self) -> None:
        _check_not_empty(self.weekdays, "weekdays")
        if not self.weekdays <= set(range(len(WEEKDAYS))):
            raise GridInvalid("no_such_day", "weekdays", "a week has days 0 to 6")

    def take(self, nights: Nights) -> int:
        """Return the nights meant."""
        first = nights.first.weekday()
        places = (range((day - first) % len(WEEKDAYS), nights.count, len(WEEKDAYS)) for day in self.weekdays)
        return sum(1 << place for week in places for place in week)


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """Take the nights of public holidays or, when `are_eves`, the nights before them."""

    are_eves: bool = False

    def take(self, nights: Nights) -> int:
        """Return the nights meant."""
        return nights.among(nights.almanac.public_holidays, days_before=int(self.are_eves))


@dataclass(frozen=True, slots=True)
class InSchoolHolidays:
    """Take the nights on which any of the zones, or when `in_all` every one of them, has holidays."""

    zones: tuple[str, ...]
    in_all: bool = False

    def __post_init__(self) -> None:
        _check_not_empty(self.zones, "school_holidays")

    def take(self, nights: Nights) -> int:
        """Return the nights meant."""
        join = and_ if self.in_all else or_
        return reduce(join, [_inside(nights.almanac.zone(zone), nights) for zone in self.zones])


@dataclass(frozen=True, slots=True)
class OnEvent:
    """Take the nights of a named event."""

    code: str

    def take(self, nights: Nights) -> int:
        """Return the nights meant."""
        return nights.among(nights.almanac.event(self.code).dates)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Take the nights that at least one part takes."""

    parts: tuple[Selector, ...]

    def __post_init__(self) -> None:
        _check_not_empty(self.parts, "any")

    def take(self, nights: Nights) -> int:
        """Return the nights meant."""
        return reduce(or_, [part.take(nights) for part in self.parts])


@dataclass(frozen=True, slots=True)
class AllOf:
    """Take the nights that every part takes."""

    parts: tuple[Selector, ...]

    def __post_init__(self) -> None:
        _check_not_empty(self.parts, "all")

    def take(self, nights: Nights) -> int:
        """Return the nights meant."""
        return reduce(and_, [part.take(nights) for part in self.parts])


@dataclass(frozen=True, slots=True)
class Not:
    """Take the nights that a part does not take."""

    part: Selector

    def take(self, nights: Nights) -> int:
        """Return the nights meant."""
        return nights.every & ~self.part.take(nights)


def _union(found: Iterable[int]) -> int:
    return reduce(or_, found, 0)


def _inside(periods: Iterable[Period], nights: Nights) -> int:
    return _union(nights.between(period.start.toordinal(), period.end.toordinal()) for period in periods)


def _check_not_empty(values: Sized, path: str) -> None:
    if not values:
        raise GridInvalid("selector_empty", path, "this takes no night")
