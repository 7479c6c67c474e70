"""A stay is at least one night of plain dates, end not included."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.stay import Stay, StayTooShort

ARRIVALS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
LENGTHS = st.integers(1, 90)


def stay(arrival: date, length: int) -> Stay:
    return Stay(arrival, arrival + timedelta(length))


def test_counts_the_nights_and_leaves_out_the_day_of_departure() -> None:
    july = Stay(date(2027, 7, 2), date(2027, 7, 5))

    assert july.nights == (date(2027, 7, 2), date(2027, 7, 3), date(2027, 7, 4))
    assert july.length == len(july) == 3


@pytest.mark.parametrize("days", [0, -1, -400])
def test_refuses_a_stay_without_a_night(days: int) -> None:
    arrival = date(2027, 7, 2)

    with pytest.raises(StayTooShort):
        Stay(arrival, arrival + timedelta(days))


@pytest.mark.parametrize("moment", [datetime(2027, 7, 5, tzinfo=UTC), "2027-07-05", None])
def test_refuses_a_moment_in_the_place_of_a_day(moment: object) -> None:
    with pytest.raises(TypeError):
        Stay(date(2027, 7, 2), moment)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Stay(moment, date(2027, 7, 9))  # type: ignore[arg-type]


@given(ARRIVALS, LENGTHS, ARRIVALS, LENGTHS)
def test_overlaps_exactly_when_a_night_is_shared(
    one: date, length: int, other: date, other_length: int
) -> None:
    first, second = stay(one, length), stay(other, other_length)

    assert first.overlaps(second) == second.overlaps(first) == bool(set(first.nights) & set(second.nights))


def test_lets_one_guest_leave_on_the_day_another_arrives() -> None:
    leaving, arriving = Stay(date(2027, 7, 2), date(2027, 7, 5)), Stay(date(2027, 7, 5), date(2027, 7, 6))

    assert not leaving.overlaps(arriving)
    assert not arriving.overlaps(leaving)


@given(ARRIVALS, LENGTHS, st.integers(-400, 400))
def test_shifts_without_changing_the_length(arrival: date, length: int, days: int) -> None:
    shifted = stay(arrival, length).shifted(days)

    assert shifted.arrival == arrival + timedelta(days)
    assert shifted.length == length
