"""What a reading adds and moves at once, and how a stay is known again under another UID (R26–R28, R30)."""

from datetime import datetime

import pytest

from calendars.feed import Block, Kind
from calendars.reconcile import KnownBlock, ReleasePolicy
from tests.calendars.house import NOW, TODAY
from tests.calendars.reconcile.shelf import (
    A,
    B,
    D,
    Shelf,
    accept,
    block,
    day,
    is_quiet,
)


def test_adds_what_is_new_at_once() -> None:
    changes = Shelf(A).see(accept(A, B))

    assert changes.added == (B,)
    assert (changes.moved, changes.released, changes.held) == ((), (), ())


def test_writes_nothing_when_nothing_changed() -> None:
    assert is_quiet(Shelf(A, B).see(accept(B, A)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (block(10, 13, "one"), block(10, 13, "another")),
        (block(10, 13, "one"), block(10, 13, "")),
        # Under way: the platform moves the arrival to today, under a new UID.
        (block(-2, 3, "one"), block(0, 3, "another")),
        (block(-2, 3, "one"), block(-1, 3, "one")),
    ],
)
def test_is_not_moved_by_a_new_uid(before: Block, after: Block) -> None:
    assert is_quiet(Shelf(before, D).see(accept(after, D)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (block(10, 13, "one"), block(10, 15, "one")),
        (block(10, 13, "one"), block(10, 15, "another")),
        (block(10, 13, "one"), block(50, 52, "one")),
        (block(10, 13, "one", Kind.UNKNOWN), block(10, 13, "one", Kind.RESERVATION)),
        (block(-2, 5, "one"), block(-2, -1, "one")),
        (block(0, 200, "far", Kind.BLOCK), block(1, 201, "further", Kind.BLOCK)),
    ],
)
def test_moves_a_stay_whose_dates_changed(before: Block, after: Block) -> None:
    shelf = Shelf(before, D)

    changes = shelf.see(accept(after, D))

    assert [(item.known.id, item.block) for item in changes.moved] == [(0, after)]
    assert (changes.added, changes.released, changes.held) == ((), (), ())
    assert is_quiet(shelf.see(accept(after, D)))


def test_trusts_no_uid_that_a_series_shares() -> None:
    shelf = Shelf(block(10, 12, "series"), block(17, 19, "series"), D)

    changes = shelf.see(accept(block(24, 26, "series"), block(31, 33, "series"), D))

    assert not changes.moved
    assert len(changes.added) == 2


def test_keeps_two_stays_of_one_uid_apart() -> None:
    twice = (block(10, 12, "same"), block(17, 19, "same"))

    assert is_quiet(Shelf(*twice).see(accept(*twice)))


def test_leaves_what_is_past_in_peace() -> None:
    shelf = Shelf(block(-9, -4), block(-3, 0), D)

    changes = shelf.see(accept(D, block(-20, -15)))

    assert is_quiet(changes)
    assert len(shelf.known) == 3


def test_rolls_closures_on_without_piling_them_up() -> None:
    shelf = Shelf(block(1, 2, "n0", Kind.BLOCK), block(300, 900, "w0", Kind.BLOCK))

    for turn in range(1, 20):
        shelf.see(
            accept(
                block(1, 2 + turn % 2, f"n{turn}", Kind.BLOCK), block(300 + turn, 900, f"w{turn}", Kind.BLOCK)
            )
        )

    assert len(shelf.known) == 2


def test_refuses_knowledge_that_makes_no_sense() -> None:
    with pytest.raises(ValueError, match="no night"):
        KnownBlock(1, "x", TODAY, TODAY)
    with pytest.raises(TypeError):
        KnownBlock(1, "x", TODAY, datetime(2027, 1, 1, tzinfo=NOW.tzinfo))
    with pytest.raises(ValueError, match="belong together"):
        KnownBlock(1, "x", TODAY, day(1), missed_count=1)
    with pytest.raises(ValueError, match="confirmation"):
        ReleasePolicy(misses=9)
