"""A season rule: the nights it takes (dates, ranges, a time of every year, eves), and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from pricing.refusal import GridInvalid

LEAP_YEAR = 2028
ONE_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Season:
    """Hold a season: its code, its factor (1 changes nothing), its names by language.

    Raises: GridInvalid when the factor is not positive.
    """

    code: str
    factor: Fraction
    names: Mapping[str, str]

    def __post_init__(self) -> None:
        if self.factor <= 0:
            raise GridInvalid("factor_not_positive", f"seasons.{self.code}", f"the factor is {self.factor}")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Hold nights from a date up to, not including, another."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise GridInvalid("period_order", "ranges", f"{self.start} to {self.end} has no night")

    def holds(self, night: date) -> bool:
        """Tell whether the night is inside."""
        return self.start <= night < self.end


@dataclass(frozen=True, slots=True)
class YearlyPeriod:
    """Hold a time of every year from a (month, day) up to another, not included; it may pass the new year."""

    start: tuple[int, int]
    end: tuple[int, int]

    def __post_init__(self) -> None:
        for month, day in (self.start, self.end):
            try:
                date(LEAP_YEAR, month, day)
            except ValueError:
                raise GridInvalid("no_such_day", "yearly", f"{month:02}-{day:02}") from None
        if self.start == self.end:
            raise GridInvalid("period_order", "yearly", "a time of the year ends on another day")

    def holds(self, night: date) -> bool:
        """Tell whether the night is inside, whatever its year."""
        day = (night.month, night.day)
        if self.start < self.end:
            return self.start <= day < self.end
        return day >= self.start or day < self.end


@dataclass(frozen=True, slots=True)
class SeasonRule:
    """Give a season to the nights that any of its selectors takes.

    Raises: GridInvalid when it takes no night, or writes a night twice in its ranges.
    """

    season: str
    reasons: Mapping[str, str]
    dates: frozenset[date] = frozenset()
    ranges: tuple[Period, ...] = ()
    yearly: tuple[YearlyPeriod, ...] = ()
    is_eve_of_public_holiday: bool = False

    def __post_init__(self) -> None:
        if not (self.dates or self.ranges or self.yearly or self.is_eve_of_public_holiday):
            raise GridInvalid("rule_empty", "rules", f"a rule of {self.season} takes no night")
        for earlier, later in pairwise(self.ranges):
            if later.start < earlier.end:
                raise GridInvalid("range_overlap", "ranges", f"{later.start} is not after {earlier}")

    def takes(self, night: date, public_holidays: frozenset[date]) -> bool:
        """Tell whether this rule applies to the night."""
        if night in self.dates or any(period.holds(night) for period in self.ranges):
            return True
        if any(period.holds(night) for period in self.yearly):
            return True
        return self.is_eve_of_public_holiday and night + ONE_DAY in public_holidays
