"""Every night up to the horizon is in exactly one season, for a reason that can be told; beyond it there is none."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from pricing.grid import example_house
from pricing.refusal import GridInvalid
from pricing.season_rules import Period, Season, SeasonRule, YearlyPeriod
from pricing.seasons import NoRateForNight, SeasonCalendar

CALENDAR = example_house().calendar
HIGH, LOW = Season("high", Fraction("1.2"), {"fr": "haute", "en": "high"}), Season("low", Fraction(1, 2), {})


@pytest.mark.parametrize(
    ("night", "season", "reason"),
    [
        (date(2026, 9, 1), "neutral", None),
        (date(2026, 10, 16), "neutral", None),
        (date(2026, 10, 17), "high", "school holidays of zone B"),
        (date(2026, 11, 1), "high", "school holidays of zone B"),  # the pupils are back on the 2nd
        (date(2026, 11, 2), "low", "November to March"),
        (date(2026, 11, 10), "high", "eve of a public holiday"),
        (date(2026, 11, 11), "low", "November to March"),
        (date(2026, 12, 3), "low", "November to March"),
        (date(2026, 12, 4), "sainte_barbe", "the miners' feast"),
        (date(2026, 12, 5), "low", "November to March"),
        (date(2027, 3, 28), "high", "eve of a public holiday"),  # Easter Sunday
        (date(2027, 3, 31), "low", "November to March"),
        (date(2027, 4, 1), "neutral", None),
        (date(2027, 4, 30), "high", "school holidays of zone B"),
        (date(2027, 5, 5), "high", "eve of a public holiday"),  # of Ascension
        (date(2027, 5, 9), "neutral", None),
        (date(2027, 5, 16), "high", "eve of a public holiday"),  # of Whit Monday
        (date(2027, 6, 30), "neutral", None),
        (date(2027, 7, 1), "high", "July and August"),
        (date(2027, 7, 3), "high", "school holidays of zone B"),
        (date(2027, 8, 31), "high", "school holidays of zone B"),
        (date(2027, 9, 1), "neutral", None),
        (date(2028, 2, 29), "low", "November to March"),
        (date(2028, 8, 31), "high", "school holidays of zone B"),
    ],
)
def test_puts_a_night_in_its_season_and_says_why(night: date, season: str, reason: str | None) -> None:
    hit = CALENDAR.hit(night)

    assert (hit.code, hit.reasons.get("en")) == (season, reason)
    assert hit.factor == Fraction(
        {"low": "0.85", "neutral": "1", "high": "1.2", "sainte_barbe": "0.85"}[season]
    )


def test_has_exactly_one_season_for_every_night_up_to_the_horizon() -> None:
    days = (CALENDAR.horizon - CALENDAR.first_night).days + 1
    seasons = [CALENDAR.hit(CALENDAR.first_night + timedelta(day)).code for day in range(days)]

    assert set(seasons) == {"low", "neutral", "high", "sainte_barbe"}
    assert seasons.count("sainte_barbe") == 2


@pytest.mark.parametrize("night", [date(2026, 8, 31), date(2028, 9, 1), date(1, 1, 1), date(9999, 12, 31)])
def test_invents_nothing_beyond_the_horizon(night: date) -> None:
    with pytest.raises(NoRateForNight) as refusal:
        CALENDAR.hit(night)

    assert (refusal.value.night, refusal.value.horizon) == (night, date(2028, 8, 31))


def test_does_not_take_a_moment_for_a_night() -> None:
    with pytest.raises(NoRateForNight):
        CALENDAR.hit(datetime(2027, 7, 1, tzinfo=UTC))


def easter(year: int) -> date:
    """Compute Easter Sunday by the anonymous Gregorian algorithm."""
    century, of_century = divmod(year, 100)
    epact = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    shift = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def public_holidays(year: int) -> set[date]:
    fixed = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
    movable = {easter(year) + timedelta(days) for days in (1, 39, 50)}
    return {date(year, month, day) for month, day in fixed} | movable


def test_lists_all_french_public_holidays_of_its_time() -> None:
    computed = set().union(*(public_holidays(year) for year in (2026, 2027, 2028)))

    assert CALENDAR.public_holidays == {
        day for day in computed if CALENDAR.first_night <= day <= CALENDAR.horizon
    }


def test_lets_the_first_rule_that_takes_a_night_decide() -> None:
    night = date(2027, 1, 2)
    named = SeasonRule("high", {"en": "named"}, dates=frozenset({night}))
    winter = SeasonRule("low", {"en": "winter"}, yearly=(YearlyPeriod((11, 1), (4, 1)),))

    def first_of(*rules: SeasonRule) -> str:
        calendar = SeasonCalendar((HIGH, LOW), "low", rules, frozenset(), night, night)
        return calendar.hit(night).reasons["en"]

    assert first_of(named, winter) == "named"
    assert first_of(winter, named) == "winter"


def test_lets_a_time_of_the_year_pass_the_new_year() -> None:
    winter = YearlyPeriod((11, 1), (4, 1))

    held = [winter.holds(date(2027, *day)) for day in ((10, 31), (11, 1), (12, 31), (1, 1), (3, 31), (4, 1))]

    assert held == [False, True, True, True, True, False]


def test_lets_two_ranges_of_a_rule_touch() -> None:
    days = [date(2027, 1, day) for day in (1, 3, 5)]

    rule = SeasonRule("high", {}, ranges=(Period(days[0], days[1]), Period(days[1], days[2])))

    assert [rule.takes(date(2027, 1, day), frozenset()) for day in (1, 2, 3, 4, 5)] == [True] * 4 + [False]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: Period(date(2027, 1, 2), date(2027, 1, 2)), "period_order"),
        (lambda: YearlyPeriod((2, 30), (3, 1)), "no_such_day"),
        (lambda: YearlyPeriod((3, 1), (3, 1)), "period_order"),
        (lambda: SeasonRule("high", {}), "rule_empty"),
        (lambda: Season("free", Fraction(0), {}), "factor_not_positive"),
    ],
)
def test_refuses_a_rule_that_cannot_be(make: object, code: str) -> None:
    with pytest.raises(GridInvalid) as refusal:
        make()  # type: ignore[operator]

    assert refusal.value.code == code
