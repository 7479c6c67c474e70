"""Selectors take the nights that they mean: half-open, across the new year, in leap years, joined to any depth."""

from datetime import date
from fractions import Fraction
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.refusal import GridInvalid
from pricing.seasons import Event, Period, SchoolHolidays, Season, SeasonRule, YearlyPeriod
from pricing.seasons.nights import Nights
from pricing.seasons.selectors import (
    AllOf,
    AnyOf,
    Dates,
    InSchoolHolidays,
    Not,
    OnEvent,
    PublicHolidays,
    Ranges,
    Selector,
    Weekdays,
    Yearly,
)
from tests.pricing.seasons.calendars import (
    ALMANAC,
    FIRST,
    LAST,
    days_around,
    every_night,
    means,
    selectors,
    yearly_periods,
)

NIGHTS = Nights(FIRST, LAST, ALMANAC)


def taken(selector: Selector, nights: Nights = NIGHTS) -> list[date]:
    return list(nights.dates(selector.take(nights)))


def year(first: int, last: int | None = None) -> Nights:
    return Nights(date(first, 1, 1), date(last or first, 12, 31), ALMANAC)


@given(selectors)
def test_takes_the_nights_that_a_selector_means(selector: Selector) -> None:
    assert taken(selector) == [night for night in every_night() if means(selector, night)]


@given(yearly_periods)
def test_takes_a_time_that_passes_the_new_year_as_all_but_the_rest(period: YearlyPeriod) -> None:
    rest = Yearly(YearlyPeriod(period.end, period.start))

    assert taken(Yearly(period)) == taken(Not(rest))
    assert taken(AnyOf((Yearly(period), rest))) == every_night()
    assert taken(AllOf((Yearly(period), rest))) == []


@given(st.lists(selectors, min_size=1, max_size=3).map(tuple))
def test_takes_not_any_as_all_not(parts: tuple[Selector, ...]) -> None:
    assert taken(Not(AnyOf(parts))) == taken(AllOf(tuple(map(Not, parts))))
    assert taken(Not(AllOf(parts))) == taken(AnyOf(tuple(map(Not, parts))))


@given(selectors, st.integers(1, 60))
def test_takes_a_selector_however_deep_it_lies(selector: Selector, pairs: int) -> None:
    wrapped: Selector = reduce(lambda part, _: Not(AnyOf((Not(part),))), range(pairs), selector)

    assert taken(wrapped) == taken(selector)


@given(days_around, days_around)
def test_takes_a_range_without_its_end(one: date, other: date) -> None:
    start, end = sorted((one, other))
    if start == end:
        return

    nights = taken(Ranges((Period(start, end),)))

    assert (start in nights) == (FIRST <= start <= LAST)
    assert end not in nights
    assert len(nights) == max(0, (min(end, LAST).toordinal() - max(start, FIRST).toordinal()) + (end > LAST))


@pytest.mark.parametrize(
    ("selector", "nights"),
    [
        (Dates(frozenset({date(2027, 5, 1)})), [date(2027, 5, 1)]),
        (PublicHolidays(), [date(2027, 1, 1), date(2027, 5, 1)]),
        (PublicHolidays(are_eves=True), [date(2027, 4, 30)]),
        (OnEvent("match"), [date(2027, 2, 27), date(2027, 8, 7)]),
        (Yearly(YearlyPeriod((12, 4), (12, 5))), [date(2027, 12, 4)]),
        (AllOf((Weekdays(frozenset({4})), Yearly(YearlyPeriod((5, 1), (5, 9))))), [date(2027, 5, 7)]),
        (AllOf((OnEvent("match"), Not(InSchoolHolidays(("A",))))), []),
        (AllOf((OnEvent("match"), InSchoolHolidays(("B", "C"), in_all=True))), []),
    ],
)  # fmt: skip
def test_takes_these_nights_of_2027(selector: Selector, nights: list[date]) -> None:
    assert taken(selector, year(2027)) == nights


@pytest.mark.parametrize(
    ("zones", "in_all", "first", "last"),
    [
        (("B",), False, date(2027, 2, 20), date(2027, 3, 7)),
        (("A", "B", "C"), False, date(2027, 2, 6), date(2027, 3, 7)),
        (("A", "B"), True, date(2027, 2, 20), date(2027, 2, 28)),
        (("A", "B", "C"), True, date(2027, 2, 20), date(2027, 2, 21)),
    ],
)
def test_takes_school_holidays_of_any_zone_or_of_all(
    zones: tuple[str, ...], in_all: bool, first: date, last: date
) -> None:
    february = Nights(date(2027, 2, 1), date(2027, 4, 1), ALMANAC)

    nights = taken(InSchoolHolidays(zones, in_all), february)

    assert (nights[0], nights[-1]) == (first, last)
    assert len(nights) == (last - first).days + 1


@pytest.mark.parametrize(
    ("start", "end", "first_year", "count"),
    [
        ((2, 29), (3, 1), 2027, 0),  # a year without that day
        ((2, 29), (3, 1), 2028, 1),
        ((2, 28), (3, 1), 2027, 1),
        ((2, 28), (3, 1), 2028, 2),
        ((2, 29), (3, 2), 2027, 1),
        ((3, 1), (2, 29), 2027, 365),
        ((3, 1), (2, 29), 2028, 365),
        ((1, 1), (12, 31), 2028, 365),
        ((12, 31), (1, 1), 2028, 1),
        ((3, 27), (3, 29), 2027, 2),  # an hour is missing in the second night
        ((10, 30), (11, 1), 2027, 2),  # an hour comes twice
    ],
)
def test_counts_the_nights_of_leap_years_and_changes_of_clocks(
    start: tuple[int, int], end: tuple[int, int], first_year: int, count: int
) -> None:
    assert len(taken(Yearly(YearlyPeriod(start, end)), year(first_year))) == count


@pytest.mark.parametrize("end_of_time", [1, 9999])
def test_takes_nights_at_both_ends_of_time(end_of_time: int) -> None:
    winter = Yearly(YearlyPeriod((11, 1), (4, 1)))

    assert len(taken(winter, year(end_of_time))) == 31 + 28 + 31 + 30 + 31


def test_tells_a_set_of_nights_as_runs() -> None:
    nights = Dates(frozenset({date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 4)})).take(NIGHTS)

    assert NIGHTS.runs(nights) == [
        (date(2027, 1, 1), date(2027, 1, 2)),
        (date(2027, 1, 4), date(2027, 1, 4)),
    ]


@pytest.mark.parametrize(
    ("make", "code", "path"),
    [
        (lambda: Period(date(2027, 1, 2), date(2027, 1, 2)), "period_order", "until"),
        (lambda: YearlyPeriod((2, 30), (3, 1)), "no_such_day", "from"),
        (lambda: YearlyPeriod((3, 1), (13, 1)), "no_such_day", "until"),
        (lambda: YearlyPeriod((3, 1), (3, 1)), "period_order", "until"),
        (lambda: Dates(frozenset()), "selector_empty", "dates"),
        (lambda: Ranges(()), "selector_empty", "ranges"),
        (lambda: Weekdays(frozenset()), "selector_empty", "weekdays"),
        (lambda: Weekdays(frozenset({7})), "no_such_day", "weekdays"),
        (lambda: InSchoolHolidays(()), "selector_empty", "school_holidays"),
        (lambda: AnyOf(()), "selector_empty", "any"),
        (lambda: AllOf(()), "selector_empty", "all"),
        (lambda: Ranges((Period(date(2027, 1, 2), date(2027, 1, 5)), Period(date(2027, 1, 4), date(2027, 1, 6)))),
         "range_overlap", "ranges"),
        (lambda: SeasonRule("a", "high", 0, PublicHolidays(), {}), "not_positive", "priority"),
        (lambda: Season("free", Fraction(0), {}), "factor_not_positive", "seasons.free"),
        (lambda: Event("ghost", {}, frozenset()), "event_empty", "calendar.events.ghost"),
        (lambda: SchoolHolidays(LAST, LAST, "", {}), "period_order", "calendar.school_holidays.known_until"),
        (lambda: SchoolHolidays(FIRST, LAST, "", {"A": (Period(LAST, date(2029, 1, 1)),)}), "holiday_outside",
         "calendar.school_holidays.zones.A"),
    ],
)  # fmt: skip
def test_refuses_what_cannot_be_and_says_where(make: object, code: str, path: str) -> None:
    with pytest.raises(GridInvalid) as refusal:
        make()  # type: ignore[operator]

    assert (refusal.value.code, refusal.value.path) == (code, path)
