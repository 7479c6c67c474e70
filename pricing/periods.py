"""Periods: the months, quarters and years over which sums are told, and how they lie in one another."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from pricing.refusal import Refusal


class PeriodInvalid(Refusal):
    """Say that there is no such month, quarter or year."""


class Span(StrEnum):
    """Name how long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        """Count the months of the span."""
        return {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}[self]


@dataclass(frozen=True, slots=True)
class Period:
    """Hold one month, quarter or year: of two of them one lies within the other, or they share no day.

    `number` counts from 1 within the year.

    >>> Period.quarter(2027, 2).start, Period.quarter(2027, 2).end
    (datetime.date(2027, 4, 1), datetime.date(2027, 7, 1))
    >>> str(Period.month(2027, 7)), str(Period.quarter(2027, 2)), str(Period.of_year(2027))
    ('2027-07', '2027-Q2', '2027')

    Raises: PeriodInvalid.
    """

    span: Span
    year: int
    number: int = 1

    def __post_init__(self) -> None:
        if type(self.span) is not Span or type(self.year) is not int or type(self.number) is not int:
            raise PeriodInvalid(f"{self.span!r} {self.year!r} {self.number!r} is no period")
        if not 1 <= self.year <= 9998 or not 1 <= self.number <= 12 // self.span.months:
            raise PeriodInvalid(f"there is no {self.span} {self.number} in the year {self.year}")

    @classmethod
    def month(cls, year: int, number: int) -> Self:
        """Return a month."""
        return cls(Span.MONTH, year, number)

    @classmethod
    def quarter(cls, year: int, number: int) -> Self:
        """Return a quarter."""
        return cls(Span.QUARTER, year, number)

    @classmethod
    def of_year(cls, year: int) -> Self:
        """Return a year."""
        return cls(Span.YEAR, year)

    @property
    def months(self) -> range:
        """List the numbers of its months, within its year."""
        first = (self.number - 1) * self.span.months + 1
        return range(first, first + self.span.months)

    @property
    def start(self) -> date:
        """Return its first day."""
        return date(self.year, self.months.start, 1)

    @property
    def end(self) -> date:
        """Return the day after its last."""
        after = self.months.stop
        return date(self.year + 1, 1, 1) if after > 12 else date(self.year, after, 1)

    def contains(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return self.start <= day < self.end

    def __str__(self) -> str:
        return {
            Span.MONTH: f"{self.year:04}-{self.number:02}",
            Span.QUARTER: f"{self.year:04}-Q{self.number}",
            Span.YEAR: f"{self.year:04}",
        }[self.span]


def periods_of(year: int) -> tuple[Period, ...]:
    """List the periods of a year, the longest first, then as they follow one another."""
    return tuple(
        Period(span, year, number + 1)
        for span in (Span.YEAR, Span.QUARTER, Span.MONTH)
        for number in range(12 // span.months)
    )
