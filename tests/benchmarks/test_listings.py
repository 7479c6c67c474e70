"""The calendars that the measurements read are what they say: so many stays, one moved, or all across each other."""

from __future__ import annotations

from datetime import time, timedelta
from itertools import pairwise

from benchmarks import listings
from calendars.feed import Block, digest, read
from tests.cast import NOW, TODAY


def blocks(body: bytes) -> set[Block]:
    """Return what a calendar takes."""
    reading = read(
        body,
        timezone="Europe/Paris",
        check_in=time(15),
        check_out=time(11),
        now=NOW,
        horizon=TODAY + listings.YEARS_SOLD,
    )
    return set(reading.blocks)


def test_draws_ten_thousand_stays_within_what_the_house_sells() -> None:
    drawn = sorted(blocks(listings.calendar(10_000)))

    assert len(drawn) == 10_000
    assert all(one.end < other.start for one, other in pairwise(drawn))


def test_changes_one_stay_only_and_nothing_by_a_stamp() -> None:
    usual, stamped, moved = (
        listings.calendar(20),
        listings.calendar(20, stamp=7),
        listings.calendar(20, moved=5),
    )

    assert digest(usual, today=TODAY) == digest(stamped, today=TODAY) != digest(moved, today=TODAY)
    assert len(blocks(usual) - blocks(moved)) == 1


def test_crosses_stays_on_few_nights() -> None:
    drawn = blocks(listings.overlapping(500, 70))

    assert len(drawn) > 400
    assert max(one.end for one in drawn) <= TODAY + timedelta(days=2 * 70 + 1)
