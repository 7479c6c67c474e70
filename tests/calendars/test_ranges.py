"""Ranges of nights as sets: what two share and what one has beyond the other, told night by night."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from calendars.export import Range
from calendars.ranges import coming, common, without
from tests.calendars.house import TODAY

some_ranges = st.lists(
    st.builds(
        lambda start, length: (TODAY + timedelta(days=start), TODAY + timedelta(days=start + length)),
        st.integers(-9, 30),
        st.integers(1, 9),
    ),
    max_size=9,
)


def nights(ranges: list[Range] | tuple[Range, ...]) -> set[date]:
    return {
        date.fromordinal(night)
        for start, end in ranges
        for night in range(start.toordinal(), end.toordinal())
    }


@given(some_ranges, some_ranges)
def test_shares_and_subtracts_nights(some: list[Range], others: list[Range]) -> None:
    shared, rest = common(some, others), without(some, others)

    assert nights(shared) == nights(some) & nights(others)
    assert nights(rest) == nights(some) - nights(others)
    for result in (shared, rest):
        assert all(before[1] <= after[0] for before, after in pairwise(result))


@given(some_ranges)
def test_knows_what_is_to_come(some: list[Range]) -> None:
    assert nights(coming(some, TODAY)) == {night for night in nights(some) if night >= TODAY}
