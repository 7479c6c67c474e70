"""Months, quarters and years: each within the other, or apart."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from pricing.periods import Period, PeriodInvalid, Span, periods_of


def test_lays_periods_in_one_another_or_apart() -> None:
    every = [*periods_of(2027), *periods_of(2028)]

    for one in every:
        for other in every:
            shared = max(one.start, other.start) < min(one.end, other.end)
            nested = other.start <= one.start <= one.end <= other.end or (
                one.start <= other.start <= other.end <= one.end
            )
            assert nested or not shared


@pytest.mark.parametrize("span", Span)
def test_leaves_no_day_between_two_periods(span: Span) -> None:
    periods = [one for year in (2027, 2028) for one in periods_of(year) if one.span == span]

    assert all(earlier.end == later.start for earlier, later in pairwise(periods))
    assert (periods[0].start, periods[-1].end) == (date(2027, 1, 1), date(2029, 1, 1))


def test_takes_in_its_first_day_and_not_the_day_after_its_last() -> None:
    leap = Period.month(2028, 2)

    assert leap.contains(date(2028, 2, 29))
    assert leap.contains(leap.start)
    assert not leap.contains(leap.end)
    assert not leap.contains(leap.start - timedelta(1))


def test_refuses_a_period_that_is_none() -> None:
    for span, year, number in (
        (Span.MONTH, 2027, 0), (Span.MONTH, 2027, 13), (Span.QUARTER, 2027, 5), (Span.YEAR, 2027, 2),
        (Span.YEAR, 0, 1), (Span.YEAR, 9999, 1), ("month", 2027, 1), (Span.MONTH, "2027", 1), (Span.MONTH, 2027, True),
    ):  # fmt: skip
        with pytest.raises(PeriodInvalid):
            Period(span, year, number)  # type: ignore[arg-type]
