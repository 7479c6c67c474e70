"""Find how many rooms of each type a register needs so that nothing is refused.

The peak is the most bookings that want one night of a type at one time. A house that gives each booking its room at
once, and leaves it there, may need more: free nights can be scattered over rooms. So the assignment of the house is
played through with rooms of whole numbers as bit rows, one more whenever no room is free. An empty room at the end of
the list is what the assignment takes last, so growing while playing gives what so many rooms from the start would.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from app.services.availability.assignment import FAR, Fit
from benchmarks.register import Row
from benchmarks.timeline import Step, Verb

WINDOW = FAR.days
WINDOW_BITS = (1 << WINDOW) - 1


@dataclass(frozen=True, slots=True)
class Size:
    """What a type needs: rooms, beds in each, and the peak that explains the rooms."""

    rooms: int
    peak: int
    sleeps: int


@dataclass
class _Type:
    """The rooms of one type while the register is played: a bit for each night, from the first day on."""

    rooms: list[int] = field(default_factory=list)
    wanted: defaultdict[date, int] = field(default_factory=lambda: defaultdict(int))
    peak: int = 0
    sleeps: int = 0


def size_types(steps: Sequence[Step]) -> dict[str, Size]:
    """Return the size of each type, biggest first."""
    types: defaultdict[str, _Type] = defaultdict(_Type)
    places: dict[int, int] = {}
    first_day = min(step.day for step in steps) if steps else date.min
    for step in steps:
        played = types[step.row.type_code]
        if step.verb is Verb.BOOK:
            places[step.row.number] = _take(played, step.row, first_day)
        elif step.verb in (Verb.CANCEL, Verb.NO_SHOW):
            _let_go(played, step.row, places[step.row.number], first_day)
    sizes = {code: Size(len(played.rooms), played.peak, played.sleeps) for code, played in types.items()}
    return dict(sorted(sizes.items(), key=lambda item: (-item[1].rooms, item[0])))


def _take(played: _Type, row: Row, first_day: date) -> int:
    played.sleeps = max(played.sleeps, row.sleepers.size)
    for night in row.stay.nights:
        played.wanted[night] += 1
        played.peak = max(played.peak, played.wanted[night])
    start, bits = _bits(row, first_day)
    free = [place for place, nights in enumerate(played.rooms) if not nights & bits]
    if not free:
        played.rooms.append(0)
        free = [len(played.rooms) - 1]
    place = min(_fit(played.rooms[place], start, row.stay.length, place) for place in free).place
    played.rooms[place] |= bits
    return place


def _let_go(played: _Type, row: Row, place: int, first_day: date) -> None:
    for night in row.stay.nights:
        played.wanted[night] -= 1
    played.rooms[place] &= ~_bits(row, first_day)[1]


def _bits(row: Row, first_day: date) -> tuple[int, int]:
    """Return the place of the first night, and the nights as bits; a margin keeps the window inside."""
    start = (row.stay.arrival - first_day).days + WINDOW
    return start, ((1 << row.stay.length) - 1) << start


def _fit(nights: int, start: int, length: int, place: int) -> Fit:
    """Return how well a stay sits between the busy nights around it, seen as far as the house looks."""
    busy_before = (nights >> (start - WINDOW)) & WINDOW_BITS
    busy_after = (nights >> (start + length)) & WINDOW_BITS
    before = WINDOW - busy_before.bit_length() if busy_before else WINDOW - 1
    after = (busy_after & -busy_after).bit_length() - 1 if busy_after else WINDOW
    return Fit((before > 0) + (after > 0), before + after, place)
