"""Who gets a night that several claims want: whoever wanted it first. Pure: only dates and numbers go in and out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heappop, heappush

from pricing.stay import Stay

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanting:
    """A live claim as the lock sees it: its id, which is its age, and the nights [arrival, departure) it wants."""

    id: int
    arrival: date
    departure: date


def list_nights(stays: Iterable[Stay]) -> list[date]:
    """Return the nights of any of these stays, ascending, each once; work grows with stays and nights, not both.

    >>> from datetime import date
    >>> week = Stay(date(2027, 1, 5), date(2027, 1, 12))
    >>> len(list_nights([week, week.shifted(1), week.shifted(20)]))
    15
    """
    nights: list[date] = []
    for stay in sorted(stays, key=lambda stay: stay.arrival):
        first = stay.arrival if not nights else max(stay.arrival, nights[-1] + ONE_DAY)
        if first < stay.departure:
            nights += Stay(first, stay.departure).nights
    return nights


def give_to_oldest(claims: Iterable[Wanting], nights: Sequence[date]) -> dict[date, int]:
    """Give each of these nights, ascending, to the oldest claim that wants it; nights that nobody wants are left out.

    Walks claims and nights in the order of dates once, so that ten thousand stays on the same nights cost no more
    than ten thousand apart.

    >>> from datetime import date
    >>> first, second = date(2027, 1, 5), date(2027, 1, 6)
    >>> claims = [Wanting(2, first, date(2027, 1, 7)), Wanting(1, second, date(2027, 1, 7))]
    >>> list(give_to_oldest(claims, [first, second]).values())
    [2, 1]
    """
    coming = sorted(claims, key=lambda claim: claim.arrival, reverse=True)
    waiting: list[tuple[int, date]] = []
    given: dict[date, int] = {}
    for night in nights:
        while coming and coming[-1].arrival <= night:
            claim = coming.pop()
            heappush(waiting, (claim.id, claim.departure))
        while waiting and waiting[0][1] <= night:
            heappop(waiting)
        if waiting:
            given[night] = waiting[0][0]
    return given


@dataclass(frozen=True, slots=True)
class Run:
    """Nights in a row, [start, end), of one owner; None where nobody has them."""

    start: date
    end: date
    owner: int | None


def runs_of(owners: dict[date, int], *, first: date, end: date) -> Sequence[Run]:
    """Join the nights from `first` up to, not including, `end` into runs of one owner, ascending and without gaps."""
    runs: list[Run] = []
    start, owner = first, owners.get(first)
    for ordinal in range(first.toordinal() + 1, end.toordinal()):
        night = date.fromordinal(ordinal)
        if owners.get(night) != owner:
            runs.append(Run(start, night, owner))
            start, owner = night, owners.get(night)
    runs.append(Run(start, end, owner))
    return runs
