"""Intervals: the rows of a scale under one of three conventions; each begins where the previous one ends."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import TypeVar

from pricing.scale.amount import shortest
from pricing.scale.faults import Broken, Fault, FileCode
from pricing.scale.place import Place, Reader, Record, each, plain_decimal, text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Name the limits of a row, and say which of them belong to it."""

    low: str
    high: str
    takes_low: bool
    takes_high: bool

    @property
    def is_whole(self) -> bool:
        """Tell whether rows list whole numbers, so that a quantity is cut down to one."""
        return self.takes_low and self.takes_high


BOUNDS: Mapping[str, Bounds] = MappingProxyType(
    {
        "from_below": Bounds("from", "below", takes_low=True, takes_high=False),
        "above_up_to": Bounds("above", "up_to", takes_low=False, takes_high=True),
        "whole": Bounds("from", "up_to", takes_low=True, takes_high=True),
    }
)
LIMITS = ("from", "above", "below", "up_to")


@dataclass(frozen=True, slots=True)
class Interval:
    """Hold the limits of one row; None is no limit."""

    low: Fraction | None
    high: Fraction | None


@dataclass(frozen=True, slots=True)
class Intervals:
    """Hold the intervals of all rows, in order."""

    bounds: Bounds
    rows: tuple[Interval, ...]

    def find(self, quantity: Fraction) -> int | None:
        """Return the place of the row that contains a quantity, None if no row does."""
        if self.bounds.is_whole:
            quantity = Fraction(quantity // 1)
        return next((place for place, row in enumerate(self.rows) if self._contains(row, quantity)), None)

    def faults(self) -> Iterator[tuple[int, FileCode, str]]:
        """List the rows that are empty, or do not begin where the previous one ends."""
        for place, row in enumerate(self.rows):
            if self._is_empty(row):
                yield place, "bad_order", "nothing is within these limits"
            if place:
                yield from self._joint(place, self.rows[place - 1].high, row.low)

    def _contains(self, row: Interval, quantity: Fraction) -> bool:
        begins = row.low is None or quantity > row.low or (quantity == row.low and self.bounds.takes_low)
        ends = row.high is None or quantity < row.high or (quantity == row.high and self.bounds.takes_high)
        return begins and ends

    def _is_empty(self, row: Interval) -> bool:
        if row.low is None or row.high is None:
            return False
        return row.low > row.high or (row.low == row.high and not self.bounds.is_whole)

    def _joint(
        self, place: int, end: Fraction | None, begin: Fraction | None
    ) -> Iterator[tuple[int, FileCode, str]]:
        if end is None or begin is None:
            yield place, "overlap", "only the first row begins without limit, only the last one ends without"
            return
        next_begin = end + 1 if self.bounds.is_whole else end
        if begin != next_begin:
            code: FileCode = "gap" if begin > next_begin else "overlap"
            yield place, code, f"this row begins at {shortest(begin)}, not at {shortest(next_begin)}"


def rows(record: Record, key: str, reader: Reader[T]) -> tuple[Intervals, tuple[T, ...]]:
    """Read the `rows` of a line: their intervals, and what each holds under a key."""
    found = record.maybe("rows", _rows(key, reader)) or ()
    bounds = BOUNDS.get(str(record.place.context.bounds), BOUNDS["whole"])  # any, where the file states none
    return Intervals(bounds, tuple(row[0] for row in found)), tuple(row[1] for row in found)


def check_rows(intervals: Intervals, places: Sequence[Place]) -> None:
    """Note gaps, overlaps and empty rows."""
    for row, code, message in intervals.faults():
        places[row].note(code, message)


def _rows(key: str, reader: Reader[T]) -> Reader[tuple[tuple[Interval, T], ...]]:
    def read(place: Place) -> tuple[tuple[Interval, T], ...]:
        bounds = place.context.bounds
        if isinstance(bounds, Fault):
            raise Broken(bounds)
        return each(_row(BOUNDS[bounds], key, reader))(place)

    return read


def _row(bounds: Bounds, key: str, reader: Reader[T]) -> Reader[tuple[Interval, T]]:
    limit = _whole_limit if bounds.is_whole else _limit

    def read(place: Place) -> tuple[Interval, T]:
        if set(place.entries()) & set(LIMITS) - {bounds.low, bounds.high}:
            place.refuse("mixed_bounds", f"every row here is limited by `{bounds.low}` and `{bounds.high}`")
        record = Record(place, required=(bounds.low, bounds.high, key), optional=("note",))
        record.maybe("note", text)
        return Interval(record.read(bounds.low, limit), record.read(bounds.high, limit)), record.read(
            key, reader
        )

    return read


def _limit(place: Place) -> Fraction | None:
    return None if place.value is None else plain_decimal(place).exact


def _whole_limit(place: Place) -> Fraction | None:
    limit = _limit(place)
    if limit is not None and limit.denominator != 1:
        place.refuse("bad_value", f"the limits of `whole` rows are whole numbers, not {place.value}")
    return limit
