"""Half-open ranges of nights, as sets: what two have in common, what one has beyond the other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from calendars.export import Range, merge


def common(some: Iterable[Range], others: Iterable[Range]) -> tuple[Range, ...]:
    """Return the nights that are in both, merged and in order.

    >>> [(start.day, end.day) for start, end in common(
    ...     [(date(2027, 1, 3), date(2027, 1, 9))], [(date(2027, 1, 1), date(2027, 1, 5))]
    ... )]
    [(3, 5)]
    """
    left, right = merge(some), merge(others)
    found: list[Range] = []
    here = there = 0
    while here < len(left) and there < len(right):
        start, end = max(left[here][0], right[there][0]), min(left[here][1], right[there][1])
        if start < end:
            found.append((start, end))
        if left[here][1] <= right[there][1]:
            here += 1
        else:
            there += 1
    return tuple(found)


def without(some: Iterable[Range], others: Iterable[Range]) -> tuple[Range, ...]:
    """Return the nights of the first that the second has not, merged and in order.

    >>> [(start.day, end.day) for start, end in without(
    ...     [(date(2027, 1, 3), date(2027, 1, 9))], [(date(2027, 1, 5), date(2027, 1, 6))]
    ... )]
    [(3, 5), (6, 9)]
    """
    found: list[Range] = []
    taken = merge(others)
    place = 0
    for start, end in merge(some):
        while place < len(taken) and taken[place][1] <= start:
            place += 1
        at, free_from = place, start
        while at < len(taken) and taken[at][0] < end:
            if free_from < taken[at][0]:
                found.append((free_from, taken[at][0]))
            free_from = max(free_from, taken[at][1])
            at += 1
        if free_from < end:
            found.append((free_from, end))
    return tuple(found)


def coming(ranges: Iterable[Range], today: date) -> tuple[Range, ...]:
    """Return the nights from today on, merged and in order."""
    return merge((max(start, today), end) for start, end in ranges if end > today)
