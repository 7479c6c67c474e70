"""What holds for any two readings: no night is lost on first sight, and the end is what the feed says."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from calendars.feed import Block, Kind, Verdict
from tests.calendars.house import TODAY
from tests.calendars.reconcile.shelf import (
    Shelf,
    accept,
    block,
    partial,
)

some_blocks = st.lists(
    st.builds(
        lambda start, length, uid, kind: block(start, start + length, uid, kind),
        st.integers(-6, 30),
        st.integers(1, 6),
        st.sampled_from(("a", "b", "c", "")),
        st.sampled_from(Kind),
    ),
    max_size=8,
    unique=True,
).map(tuple)


@given(some_blocks, some_blocks, st.sampled_from((accept, partial)))
def test_never_frees_a_night_on_first_sight_of_an_absence(
    before: tuple[Block, ...], after: tuple[Block, ...], kind_of_reading: type
) -> None:
    shelf = Shelf(*before)
    nights = shelf.nights

    changes = shelf.see(kind_of_reading(*after))

    assert not changes.released
    if changes.verdict is not Verdict.ACCEPT:
        assert shelf.nights >= nights
    coming = {
        date.fromordinal(night)
        for item in after
        for night in range(max(item.start, TODAY).toordinal(), item.end.toordinal())
    }
    assert shelf.nights >= coming
    assert len(shelf.known) == len({item.id for item in shelf.known})


@given(some_blocks, some_blocks, st.sampled_from((accept, partial)))
def test_says_nothing_new_the_second_time(
    before: tuple[Block, ...], after: tuple[Block, ...], kind_of_reading: type
) -> None:
    shelf = Shelf(*before)

    first = shelf.see(kind_of_reading(*after), later=timedelta())
    nights = shelf.nights
    again = shelf.see(kind_of_reading(*after), later=timedelta())

    assert shelf.nights == nights
    assert not again.added
    assert not again.released
    assert not again.moved or first.verdict is not Verdict.ACCEPT


@given(some_blocks, some_blocks)
def test_ends_with_the_nights_of_the_feed_once_it_is_sure(
    before: tuple[Block, ...], after: tuple[Block, ...]
) -> None:
    shelf = Shelf(*before)

    for _ in range(8):
        shelf.see(accept(*after), later=timedelta(minutes=31), is_confirmed=True)

    coming = {night for night in shelf.nights if night >= TODAY}
    wanted = {
        date.fromordinal(night)
        for item in after
        for night in range(item.start.toordinal(), item.end.toordinal())
        if date.fromordinal(night) >= TODAY
    }
    assert coming == wanted


@given(some_blocks, some_blocks)
def test_lets_only_closures_and_stays_of_one_uid_shrink_at_once(
    before: tuple[Block, ...], after: tuple[Block, ...]
) -> None:
    changes = Shelf(*before).see(accept(*after))

    for moved in changes.moved:
        known, block_now = moved.known, moved.block
        is_kept = block_now.start <= max(known.start, TODAY) and known.end <= block_now.end
        are_closures = known.kind is block_now.kind is Kind.BLOCK
        assert is_kept or are_closures or (known.uid and known.uid == block_now.uid)
