"""Platforms over many days: what rolls, what moves up, what is listed thrice; nothing piles up and nobody is told."""

from datetime import timedelta

import pytest

from calendars.feed import Block, Kind, Verdict
from tests.calendars.reconcile.shelf import D, Shelf, accept, block, day, is_quiet

HALF_A_DAY = timedelta(hours=12)
STAYS = (block(20, 25), block(40, 45), block(70, 75))


def airbnb(offset: int) -> tuple[Block, ...]:
    """List what Airbnb lists on a day: stays, two days of notice, and all beyond half a year, under new UIDs."""
    sold = {night for stay in STAYS for night in range(stay.start.toordinal(), stay.end.toordinal())}
    notice = [
        block(night, night + 1, f"notice {offset} {night}", Kind.BLOCK)
        for night in (offset, offset + 1)
        if day(night).toordinal() not in sold
    ]
    if len(notice) == 2:
        notice = [block(offset, offset + 2, f"notice {offset}", Kind.BLOCK)]
    beyond = block(offset + 180, 1000, f"window {offset}", Kind.BLOCK)
    return (*(stay for stay in STAYS if stay.end > day(offset - 1)), *notice, beyond)


def test_follows_airbnb_for_sixty_days_without_a_word() -> None:
    shelf = Shelf(*airbnb(0))
    for offset in range(1, 61):
        for _ in range(2):
            changes = shelf.see(accept(*airbnb(offset)), later=HALF_A_DAY)

            assert changes.verdict is Verdict.ACCEPT
            assert not changes.alerts
            assert not changes.held
        coming = [item for item in shelf.known if item.end > shelf.now.date()]
        assert len(coming) == len({item for item in airbnb(offset) if item.end > shelf.now.date()})
    assert len(shelf.known) <= 8


def booking(start: int, end: int, uid: str) -> Block:
    return block(start, end, uid, Kind.UNKNOWN)


def test_keeps_the_arrival_of_a_stay_that_booking_com_moves_up_every_day() -> None:
    shelf = Shelf(booking(-1, 6, "u"), booking(20, 22, "other"))
    for offset in range(1, 6):
        end = 6 if offset < 3 else 8  # one day the guest stays longer, under yet another UID
        changes = shelf.see(
            accept(booking(offset, end, f"u{offset}"), booking(20, 22, "other")), later=2 * HALF_A_DAY
        )

        assert is_quiet(changes) == (offset != 3)
        assert (changes.added, changes.held, changes.released) == ((), (), ())
    (stay,) = (item for item in shelf.known if item.id == 0)
    assert (stay.start, stay.end) == (day(-1), day(8))


def test_holds_a_stay_under_way_that_another_uid_makes_shorter() -> None:
    shelf = Shelf(booking(-1, 6, "u"), booking(20, 22, "other"))

    changes = shelf.see(accept(booking(0, 3, "v"), booking(20, 22, "other")))

    assert [item.known.id for item in changes.held] == [0]


def test_moves_an_extension_under_a_new_uid() -> None:
    changes = Shelf(block(10, 13, "one"), D).see(accept(block(10, 15, "another"), D))

    assert [item.block for item in changes.moved] == [block(10, 15, "another")]


def test_holds_a_stay_that_another_uid_makes_shorter() -> None:
    shelf = Shelf(block(10, 15, "one"), D)

    first = shelf.see(accept(block(10, 13, "another"), D))
    sure = shelf.see(accept(block(10, 13, "another"), D))

    assert [item.known.id for item in first.held] == [0]
    assert first.added == (block(10, 13, "another"),)
    assert [item.id for item in sure.released] == [0]


def test_moves_a_stay_by_one_day_under_its_uid() -> None:
    shelf = Shelf(block(10, 13, "one"), D)

    (moved,) = shelf.see(accept(block(11, 14, "one"), D)).moved

    assert (moved.known.id, moved.block) == (0, block(11, 14, "one"))


def test_is_not_moved_by_two_stays_that_swap_their_dates() -> None:
    shelf = Shelf(block(10, 13, "one"), block(20, 23, "two"))

    assert is_quiet(shelf.see(accept(block(10, 13, "two"), block(20, 23, "one"))))


def test_moves_two_stays_of_other_lengths_that_swap_their_dates() -> None:
    shelf = Shelf(block(10, 13, "one"), block(20, 25, "two"))
    after = (block(10, 15, "two"), block(20, 23, "one"))

    changes = shelf.see(accept(*after))
    shelf.see(accept(*after))
    shelf.see(accept(*after))

    assert not changes.released
    assert {(item.start, item.end) for item in shelf.known} == {(item.start, item.end) for item in after}


def test_keeps_doubled_events_apart_until_the_last_is_gone() -> None:
    shelf = Shelf(block(10, 13, "one"), block(10, 13, "two"), D)

    shelf.see(accept(block(10, 13, "two"), D))
    changes = shelf.see(accept(block(10, 13, "two"), D))

    assert len(changes.released) == 1
    assert day(10) in shelf.nights


def smoobu(offset: int) -> tuple[Block, ...]:
    whole = (block(1, 2, "arrival"), block(5, 6, "departure"), block(1, 5, "stay"))
    return tuple(item for item in whole if item.end > day(offset))


def test_follows_one_stay_that_is_listed_three_times() -> None:
    shelf = Shelf(*smoobu(0), D)

    for offset in range(1, 9):
        assert is_quiet(shelf.see(accept(*smoobu(offset), D), later=2 * HALF_A_DAY))


def test_holds_the_whole_stay_though_its_arrival_is_still_listed() -> None:
    shelf = Shelf(*smoobu(0), D)

    changes = shelf.see(accept(block(1, 2, "arrival"), block(5, 6, "departure"), D))

    assert [item.known.uid for item in changes.held] == ["stay"]
    assert day(3) in shelf.nights


@pytest.mark.parametrize("offset", [0, 1, 2])
def test_releases_a_stay_that_has_begun_like_any_other(offset: int) -> None:
    shelf = Shelf(block(-offset, 3, "here"), block(20, 22), D)

    first = shelf.see(accept(block(20, 22), D))
    sure = shelf.see(accept(block(20, 22), D))

    assert [item.known.uid for item in first.held] == ["here"]
    assert [item.uid for item in sure.released] == ["here"]


def test_writes_nothing_for_a_platform_that_makes_new_uids_every_time() -> None:
    listed = [(start, start + 3) for start in range(5, 200, 4)]
    shelf = Shelf(*(block(*nights, f"first {nights}") for nights in listed))

    for turn in range(5):
        assert is_quiet(shelf.see(accept(*(block(*nights, f"{turn} {nights}") for nights in listed))))
