"""The nights of a calendar as bits: a set of them is one whole number, so that and, or, not take one step each.

The lowest bit is the first night. A night that the calendar does not have falls away by itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from pricing.seasons.almanac import Almanac


@dataclass(frozen=True, slots=True)
class Nights:
    """Hold the first and the last night of a calendar, both included, and the dates that its rules may name."""

    first: date
    last: date
    almanac: Almanac = field(default_factory=Almanac)

    @property
    def count(self) -> int:
        """Return how many nights there are."""
        return (self.last - self.first).days + 1

    @property
    def every(self) -> int:
        """Return the set of all nights."""
        return (1 << self.count) - 1

    def between(self, start: int, end: int) -> int:
        """Return the nights from a day up to, not including, another; both counted as `date.toordinal` does."""
        origin = self.first.toordinal()
        low, high = max(start - origin, 0), min(end - origin, self.count)
        return ((1 << (high - low)) - 1) << low if low < high else 0

    def among(self, days: Iterable[date], *, days_before: int = 0) -> int:
        """Return those of the given days, or of as many days before each, that are nights here."""
        found = 0
        for day in days:
            ordinal = day.toordinal() - days_before
            found |= self.between(ordinal, ordinal + 1)
        return found

    def dates(self, chosen: int) -> Iterator[date]:
        """List the nights of a set, ascending."""
        origin = self.first.toordinal()
        bits = f"{chosen:b}"[::-1]
        return (date.fromordinal(origin + place) for place, bit in enumerate(bits) if bit == "1")

    def runs(self, chosen: int) -> list[tuple[date, date]]:
        """List the nights of a set as unbroken runs: first and last night of each."""
        runs = []
        for _, nights in groupby(enumerate(self.dates(chosen)), lambda pair: pair[1].toordinal() - pair[0]):
            together = [night for _, night in nights]
            runs.append((together[0], together[-1]))
        return runs
