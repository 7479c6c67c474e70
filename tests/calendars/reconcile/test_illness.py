"""A platform that is ill: so much is missing at once that nothing is believed for a day (R29)."""

from datetime import timedelta

import pytest

from calendars.echoes import Shown
from calendars.feed import Block, Kind, Verdict
from tests.calendars.house import NOW
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


def test_lets_go_of_the_only_stay_when_another_has_come() -> None:
    shelf = Shelf(A)

    missing = shelf.see(accept(D))
    sure = shelf.see(accept(D))

    assert missing.verdict is Verdict.ACCEPT
    assert [item.uid for item in sure.released] == [A.uid]


def test_lets_go_of_the_only_stay_beside_an_echo() -> None:
    shelf = Shelf(A)
    echo = block(40, 45, kind=Kind.BLOCK)
    read = {"shown": [Shown(D.start, D.end, NOW)]}
    echoed = [(D.start, D.end)]

    shelf.see(accept(A, echo), **read)
    missing = shelf.see(accept(echo), **read, echoes_before=echoed)
    sure = shelf.see(accept(echo), **read, echoes_before=echoed)

    assert missing.verdict is Verdict.ACCEPT
    assert [item.uid for item in sure.released] == [A.uid]


def test_holds_the_only_stay_once_more_when_an_empty_platform_recovers() -> None:
    shelf = Shelf(A)

    shelf.see(accept())
    recovering = shelf.see(accept(D))
    sure = shelf.see(accept(D))

    assert [item.missed_count for item in recovering.held] == [1]
    assert [item.uid for item in sure.released] == [A.uid]
