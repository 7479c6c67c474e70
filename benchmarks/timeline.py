"""Put the bookings of a register in the order in which things happened in the hotel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum

from benchmarks.register import Ending, Row

ONE_DAY = timedelta(days=1)


class Verb(Enum):
    """What happened, with the hour of the day: rooms are left before they are given again."""

    CHECK_OUT = 10
    NO_SHOW = 11
    BOOK = 12
    CANCEL = 14
    CHECK_IN = 16


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to one booking on one day."""

    day: date
    verb: Verb
    row: Row

    @property
    def at(self) -> datetime:
        """Return the moment of the step."""
        return datetime(self.day.year, self.day.month, self.day.day, self.verb.value, tzinfo=UTC)


def put_in_order(rows: Iterable[Row]) -> list[Step]:
    """Return every step of every booking; things of one day in the order of their hours, then of the register."""
    steps = [step for row in rows for step in _steps_of(row)]
    return sorted(steps, key=lambda step: (step.day, step.verb.value, step.row.number))


def _steps_of(row: Row) -> Iterator[Step]:
    yield Step(row.booked_on, Verb.BOOK, row)
    match row.ending:
        case Ending.CANCELLED:
            yield Step(row.ended_on, Verb.CANCEL, row)
        case Ending.NO_SHOW:  # known for sure when the night is over
            yield Step(row.stay.arrival + ONE_DAY, Verb.NO_SHOW, row)
        case Ending.STAYED:
            yield Step(row.stay.arrival, Verb.CHECK_IN, row)
            yield Step(row.stay.departure, Verb.CHECK_OUT, row)
