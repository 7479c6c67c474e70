"""A platform that is ill: so much is missing at once that nothing is believed for a day (R29)."""

from datetime import timedelta

import pytest

from calendars.feed import Block, Verdict
from tests.calendars.reconcile.shelf import (
    A,
    B,
    C,
    D,
    Shelf,
    accept,
    block,
    day,
)


def test_suspects_a_calendar_that_is_suddenly_empty() -> None:
    shelf = Shelf(A)

    changes = shelf.see(accept())

    assert changes.verdict is Verdict.SUSPICIOUS
    assert shelf.nights == {day(10), day(11), day(12)}
    assert "suddenly empty" in changes.alerts[0].words()


def test_believes_a_new_listing_to_be_empty() -> None:
    assert Shelf().see(accept()).verdict is Verdict.ACCEPT
    assert Shelf(block(-5, -1)).see(accept()).verdict is Verdict.ACCEPT


@pytest.mark.parametrize(
    ("left", "verdict"),
    [
        ((A, B, C, D), Verdict.ACCEPT),
        ((A, B, C), Verdict.ACCEPT),
        ((A, B), Verdict.ACCEPT),
        ((A,), Verdict.SUSPICIOUS),
        ((block(90, 91),), Verdict.SUSPICIOUS),
        ((), Verdict.SUSPICIOUS),
    ],
)
def test_suspects_a_feed_that_lost_more_than_half(left: tuple[Block, ...], verdict: Verdict) -> None:
    changes = Shelf(A, B, C, D).see(accept(*left))

    assert changes.verdict is verdict
    assert not changes.released


def test_still_takes_new_nights_from_a_suspicious_feed() -> None:
    changes = Shelf(A, B, C, D).see(accept(block(90, 91)))

    assert changes.added == (block(90, 91),)


def test_suspects_another_room_s_calendar_for_longer_than_one_look() -> None:
    shelf = Shelf(A, B, C, D)
    elsewhere = tuple(block(start, start + 2, f"other-{start}") for start in range(50, 90, 5))

    for _ in range(4):
        changes = shelf.see(accept(*elsewhere))

    assert changes.verdict is Verdict.SUSPICIOUS
    assert not changes.released


def test_believes_a_mass_disappearance_after_a_day() -> None:
    shelf = Shelf(A, B, C)

    verdicts = [shelf.see(accept(), later=timedelta(hours=5)).verdict for _ in range(5)]
    released = shelf.see(accept(), later=timedelta(hours=5)).released

    assert set(verdicts) == {Verdict.SUSPICIOUS}
    assert len(released) == 3
    assert not shelf.nights


def test_believes_a_person_at_once() -> None:
    shelf = Shelf(A, B, C)

    changes = shelf.see(accept(), is_confirmed=True)

    assert changes.verdict is Verdict.ACCEPT
    assert len(changes.released) == 3


def test_holds_no_miss_of_an_ill_platform_against_one_stay() -> None:
    shelf = Shelf(A, B, C)

    shelf.see(accept())
    recovering = shelf.see(accept(A, B))
    sure = shelf.see(accept(A, B))

    assert [item.missed_count for item in recovering.held] == [1]
    assert [item.uid for item in sure.released] == [C.uid]
