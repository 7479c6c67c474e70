"""When a stay that is missing is released: only when it is sure that it is gone (R29)."""

from datetime import timedelta

from calendars.feed import Reading, Verdict
from calendars.reconcile import reconcile
from tests.calendars.house import NOW
from tests.calendars.reconcile.shelf import (
    A,
    B,
    C,
    Shelf,
    accept,
    block,
    day,
    is_quiet,
    is_quiet_but_for_held,
    partial,
)


def test_releases_one_stay_after_two_misses_half_an_hour_apart() -> None:
    shelf = Shelf(A, B, C)

    first = shelf.see(accept(A, B))
    too_soon = shelf.see(accept(A, B), later=timedelta(minutes=29))
    sure = shelf.see(accept(A, B), later=timedelta(minutes=1))

    assert [item.missed_count for item in first.held] == [1]
    assert [item.missed_count for item in too_soon.held] == [2]
    assert [item.uid for item in sure.released] == [C.uid]


def test_forgets_a_miss_when_the_stay_is_back() -> None:
    shelf = Shelf(A, B, C)

    shelf.see(accept(A, B))
    shelf.see(accept(A, B, C))
    changes = shelf.see(accept(A, B))

    assert [item.missed_count for item in changes.held] == [1]


def test_counts_no_miss_of_an_incomplete_feed() -> None:
    shelf = Shelf(A, B, C)

    for _ in range(5):
        changes = shelf.see(partial(A, B))

    assert not changes.released
    assert [item.missed_count for item in changes.held] == [0]


def test_lets_an_incomplete_feed_only_add_nights() -> None:
    shelf = Shelf(A, B, C)
    before = shelf.nights

    shelf.see(partial(block(11, 14, A.uid), block(20, 21, B.uid), block(60, 61, C.uid)))

    assert shelf.nights == before | {day(13), day(60)}
    assert is_quiet_but_for_held(
        shelf.see(partial(block(11, 14, A.uid), block(20, 21, B.uid), block(60, 61, C.uid)))
    )


def test_changes_nothing_by_a_refused_feed() -> None:
    changes = reconcile(Shelf(A, B).known, Reading(Verdict.REJECT, "a web page", code="web_page"), now=NOW)

    assert changes.verdict is Verdict.REJECT
    assert is_quiet(changes)


def test_lets_no_person_free_nights_by_an_incomplete_feed() -> None:
    assert not Shelf(A, B, C).see(partial(), is_confirmed=True).released
