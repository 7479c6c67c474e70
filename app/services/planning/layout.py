"""Lay bars into the cells of a table with two columns a night, so that a stay begins and ends at noon.

Column 2n is the morning of day n of the window, column 2n + 1 its afternoon: a bar covers the afternoon of the
arrival up to the morning of the departure, and two stays may share a day. Pure: bars in, cells out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.services.planning.reading import Bar
from pricing.stay import Stay


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row: a bar, or nothing. `night` is the free night that a new booking would begin with.

    `begins_before` and `goes_on` tell that the bar crosses the edges of the window.
    """

    span: int
    bar: Bar | None = None
    night: date | None = None
    begins_before: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of cells; a room has one, and another for each bar that finds its place taken."""

    cells: tuple[Cell, ...]


def lay_out(bars: Sequence[Bar], window: Stay) -> tuple[Lane, ...]:
    """Return the rows of one room: who has the nights first, who wants them as well below."""
    lanes: list[list[Bar]] = [[]]
    for bar in sorted(bars, key=lambda bar: (bar.is_missing, bar.nights)):
        free = (lane for lane in lanes if not any(bar.nights.overlaps(other.nights) for other in lane))
        lane = next(free, None)
        if lane is None:
            lane = []
            lanes.append(lane)
        lane.append(bar)
    return tuple(
        Lane(tuple(_cells(sorted(lane, key=lambda bar: bar.nights), window, is_first=place == 0)))
        for place, lane in enumerate(lanes)
    )


def _cells(bars: Sequence[Bar], window: Stay, *, is_first: bool) -> Iterator[Cell]:
    at, end = 0, 2 * window.length
    for bar in bars:
        start = 2 * (bar.nights.arrival - window.arrival).days + 1
        stop = 2 * (bar.nights.departure - window.arrival).days + 1
        yield from _free_cells(at, max(start, 0), window, is_first=is_first)
        at = min(stop, end)
        yield Cell(at - max(start, 0), bar, begins_before=start < 0, goes_on=stop > end)
    yield from _free_cells(at, end, window, is_first=is_first)


def _free_cells(start: int, stop: int, window: Stay, *, is_first: bool) -> Iterator[Cell]:
    """Yield a free night for each afternoon with its next morning, and the half days that are left."""
    at = start
    while at < stop:
        is_night = at % 2 == 1 and at + 1 < stop
        night = window.arrival + timedelta(days=at // 2) if is_night and is_first else None
        span = 2 if is_night else 1
        yield Cell(span, night=night)
        at += span
