"""Times that a calendar speaks of: from one date up to another, or every year from one day up to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from pricing.refusal import GridInvalid

LEAP_YEAR = 2028
MonthAndDay = tuple[int, int]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Hold nights from a date up to, not including, another."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise GridInvalid("period_order", "until", f"{self.start} to {self.end} has no night")


@dataclass(frozen=True, slots=True)
class YearlyPeriod:
    """Hold a time of every year from a (month, day) up to another, not included; it may pass the new year.

    29 February stands for 1 March in years that do not have it.
    """

    start: MonthAndDay
    end: MonthAndDay

    def __post_init__(self) -> None:
        for path, (month, day) in (("from", self.start), ("until", self.end)):
            try:
                date(LEAP_YEAR, month, day)
            except ValueError:
                raise GridInvalid("no_such_day", path, f"{month:02}-{day:02}") from None
        if self.start == self.end:
            raise GridInvalid("period_order", "until", "a time of the year ends on another day")

    def parts(self, year: int) -> tuple[tuple[int, int], ...]:
        """Return its parts of one year, half-open and counted as `date.toordinal` does.

        >>> [end - start for start, end in YearlyPeriod((11, 1), (4, 1)).parts(2027)]
        [90, 61]
        """
        start, end = _ordinal(year, self.start), _ordinal(year, self.end)
        if self.start < self.end:
            return ((start, end),)
        return ((_ordinal(year, (1, 1)), end), (start, _ordinal(year, (12, 31)) + 1))


def check_ascending(periods: Sequence[Period], path: str) -> None:
    """Refuse periods that overlap or do not ascend; they may touch. Raises: GridInvalid."""
    for earlier, later in pairwise(periods):
        if later.start < earlier.end:
            raise GridInvalid(
                "range_overlap", path, f"{later.start} is not after {earlier.start} to {earlier.end}"
            )


def _ordinal(year: int, day: MonthAndDay) -> int:
    try:
        return date(year, *day).toordinal()
    except ValueError:
        return date(year, 3, 1).toordinal()
