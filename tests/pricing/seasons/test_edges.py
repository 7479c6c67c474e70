"""The first and the last night of everything that a calendar speaks of."""

from datetime import date, timedelta

import pytest

from pricing.refusal import GridInvalid
from pricing.seasons import NoRateForNight, Period, SeasonCalendar, SeasonRule, YearlyPeriod
from pricing.seasons.calendar import LONGEST_CALENDAR_DAYS, MOST_RULES
from pricing.seasons.nights import Nights
from pricing.seasons.selectors import Dates, Ranges, Selector, Weekdays
from tests.pricing.seasons.calendars import HIGH, MILD, SEASONS

MONDAY = date(2027, 1, 4)


def rule(number: int, selector: Selector, season: str = "high") -> SeasonRule:
    return SeasonRule(f"rule_{number}", season, 1, selector, {"fr": "", "en": ""})


def calendar(days: int, *rules: SeasonRule, base: str | None = "mild") -> SeasonCalendar:
    return SeasonCalendar(SEASONS, base, rules, MONDAY, MONDAY + timedelta(days - 1))


def test_prices_one_night_or_ten_years_and_no_night_beside() -> None:
    assert LONGEST_CALENDAR_DAYS == 3660
    for days in (1, LONGEST_CALENDAR_DAYS):
        made = calendar(days)
        assert made.hit(made.first_night).code == made.hit(made.horizon).code == MILD.code
        for beside in (made.first_night - timedelta(1), made.horizon + timedelta(1)):
            with pytest.raises(NoRateForNight):
                made.hit(beside)
    for days in (0, -1, LONGEST_CALENDAR_DAYS + 1):
        with pytest.raises(GridInvalid, match="0 to 10 years"):
            calendar(days)


def test_knows_as_many_rules_as_it_says() -> None:
    rules = [rule(number, Weekdays(frozenset({0}))) for number in range(MOST_RULES + 1)]

    assert MOST_RULES == 200
    assert calendar(7, *rules[:-1]).hit(MONDAY).code == HIGH.code
    with pytest.raises(GridInvalid, match="at most 200 rules"):
        calendar(7, *rules)


@pytest.mark.parametrize(
    ("weeks", "ending"), [(8, "2027-02-22 to 2027-02-22"), (9, "2027-02-22 and 1 times more")]
)
def test_tells_eight_times_without_a_season_and_counts_the_rest(weeks: int, ending: str) -> None:
    but_mondays = rule(1, Weekdays(frozenset(range(1, 7))))

    with pytest.raises(GridInvalid) as refusal:
        calendar(7 * weeks, but_mondays, base=None)

    assert str(refusal.value).partition(" [")[0].endswith(ending)


def test_lets_ranges_touch_but_not_overlap() -> None:
    first = Period(MONDAY, MONDAY + timedelta(2))

    Ranges((first, Period(first.end, first.end + timedelta(1))))
    with pytest.raises(GridInvalid):
        Ranges((first, Period(first.end - timedelta(1), first.end)))
    with pytest.raises(GridInvalid):
        Period(MONDAY, MONDAY)


def test_ends_a_time_of_the_year_with_the_year() -> None:
    until_new_year = YearlyPeriod((11, 1), (1, 1)).parts(2027)
    taken = {date.fromordinal(day) for start, end in until_new_year for day in range(start, end)}

    assert (min(taken), max(taken), len(taken)) == (date(2027, 11, 1), date(2027, 12, 31), 61)


@pytest.mark.parametrize(
    ("start", "end", "taken"),
    [(0, 7, 7), (-1, 1, 1), (6, 8, 1), (7, 9, 0), (-2, 0, 0), (3, 3, 0), (3, 4, 1), (4, 3, 0)],
)
def test_takes_the_nights_between_two_days_that_the_calendar_has(start: int, end: int, taken: int) -> None:
    week = Nights(MONDAY, MONDAY + timedelta(6))
    origin = MONDAY.toordinal()

    assert week.between(origin + start, origin + end).bit_count() == taken


@pytest.mark.parametrize(("offset", "is_taken"), [(-1, False), (0, True), (6, True), (7, False)])
def test_takes_a_date_on_the_edge_of_the_calendar(offset: int, is_taken: bool) -> None:
    week = Nights(MONDAY, MONDAY + timedelta(6))

    assert bool(Dates(frozenset({MONDAY + timedelta(offset)})).take(week)) is is_taken


@pytest.mark.parametrize(
    ("selectors", "winner"),
    [
        ((frozenset({0}), frozenset({0, 1})), "rule_0"),
        ((frozenset({0, 1}), frozenset({0})), "rule_1"),
        ((frozenset({0, 1}), frozenset({0, 2})), "rule_0"),
    ],
)
def test_lets_the_narrower_rule_win_and_then_the_first(
    selectors: tuple[frozenset[int], ...], winner: str
) -> None:
    rules = [rule(place, Weekdays(days)) for place, days in enumerate(selectors)]

    assert calendar(28, *rules).hit(MONDAY).rule == winner
