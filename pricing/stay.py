"""Stay: arrival up to, not including, departure; plain dates of the hotel, at least one night."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from pricing.refusal import Refusal


class StayTooShort(Refusal):
    """Say that a stay ends before its first night is over."""


@dataclass(frozen=True, slots=True, order=True)
class Stay:
    """Hold the two dates of a stay.

    >>> [night.day for night in Stay(date(2027, 7, 2), date(2027, 7, 5)).nights]
    [2, 3, 4]

    Raises: TypeError for a moment in the place of a day (to Python a datetime is a date), StayTooShort.
    """

    arrival: date
    departure: date

    def __post_init__(self) -> None:
        for day in (self.arrival, self.departure):
            if type(day) is not date:
                raise TypeError(f"a stay is made of plain dates, not {day!r}")
        if self.departure <= self.arrival:
            raise StayTooShort(f"a stay from {self.arrival} to {self.departure} has no night")

    @property
    def nights(self) -> tuple[date, ...]:
        """List the nights in order; a night bears the date on which one goes to bed."""
        days = range(self.arrival.toordinal(), self.departure.toordinal())
        return tuple(date.fromordinal(day) for day in days)

    @property
    def length(self) -> int:
        """Count the nights."""
        return (self.departure - self.arrival).days

    def __len__(self) -> int:
        return self.length

    def overlaps(self, other: "Stay") -> bool:
        """Tell whether the two stays have a night in common; touching ends have none."""
        return self.arrival < other.departure and other.arrival < self.departure

    def shifted(self, days: int) -> Self:
        """Return the same stay, that many days later (earlier when negative)."""
        return type(self)(self.arrival + timedelta(days), self.departure + timedelta(days))
