"""Every night has exactly one season: priority, then the narrower rule, then the order decide; losers are told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.refusal import GridInvalid
from pricing.seasons import (
    Almanac,
    Event,
    NoRateForNight,
    Period,
    SchoolHolidays,
    SeasonCalendar,
    SeasonRule,
    YearlyPeriod,
    because,
)
from pricing.seasons.calendar import MOST_RULES
from pricing.seasons.selectors import (
    AnyOf,
    Dates,
    InSchoolHolidays,
    Not,
    OnEvent,
    PublicHolidays,
    Selector,
    Weekdays,
    Yearly,
)
from tests.pricing.seasons.calendars import (
    ALMANAC,
    FIRST,
    HIGH,
    LAST,
    LOW,
    MILD,
    SEASONS,
    calendars,
    every_night,
    means,
    nights,
    selectors,
)

NIGHT = date(2027, 8, 7)
SUMMER = Yearly(YearlyPeriod((7, 1), (9, 1)))
ALWAYS = Not(Dates(frozenset({date(2000, 1, 1)})))


def rule(code: str, season: str, priority: int, selector: Selector) -> SeasonRule:
    return SeasonRule(code, season, priority, selector, {"fr": f"raison {code}", "en": f"reason {code}"})


def calendar(*rules: SeasonRule, base: str | None = "mild", almanac: Almanac = ALMANAC) -> SeasonCalendar:
    return SeasonCalendar(SEASONS, base, rules, FIRST, LAST, almanac)


def width(rule: SeasonRule) -> int:
    return sum(means(rule.selector, night) for night in every_night())


@given(calendars(), nights)
def test_lets_the_strongest_rule_that_takes_a_night_decide(calendar: SeasonCalendar, night: date) -> None:
    taking = [rule for rule in calendar.rules if means(rule.selector, night)]
    ranked = sorted(
        taking, key=lambda rule: (-rule.priority, width(rule))
    )  # a sort keeps the order of equals

    hit = calendar.hit(night)

    assert [hit.rule, *(loser.rule for loser in hit.losers)] == ([rule.code for rule in ranked] or [None])
    assert hit.code == (ranked[0].season if ranked else "mild")
    assert all(loser.losers == () for loser in hit.losers)


@given(calendars())
def test_has_exactly_one_season_for_every_night(calendar: SeasonCalendar) -> None:
    hits = [calendar.hit(night) for night in every_night()]

    assert sum(calendar.nights_by_season.values()) == len(hits)
    assert {season.code: sum(hit.code == season.code for hit in hits) for season in SEASONS} == (
        calendar.nights_by_season
    )
    for hit in hits:
        season = next(season for season in SEASONS if season.code == hit.code)
        assert (hit.factor, hit.names) == (season.factor, season.names)


@given(selectors, selectors)
def test_changes_nothing_by_a_weaker_rule_where_a_stronger_one_stands(one: Selector, other: Selector) -> None:
    alone = calendar(rule("strong", "high", 2, one))

    joined = calendar(rule("weak", "low", 1, other), rule("strong", "high", 2, one))

    for night in every_night():
        if alone.hit(night).rule:
            assert joined.hit(night).rule == "strong"


def test_lets_priority_decide_whatever_the_width() -> None:
    wide, narrow = rule("wide", "low", 2, ALWAYS), rule("narrow", "high", 1, Dates(frozenset({NIGHT})))

    hit = calendar(narrow, wide).hit(NIGHT)

    assert (hit.rule, hit.code, hit.factor) == ("wide", "low", LOW.factor)
    assert [(loser.rule, loser.code, loser.factor) for loser in hit.losers] == [
        ("narrow", "high", HIGH.factor)
    ]


def test_lets_the_rule_of_fewer_nights_decide_between_equals() -> None:
    summer, weekend = rule("summer", "high", 1, SUMMER), rule("saturday", "low", 1, Weekdays(frozenset({5})))
    feast = rule("feast", "mild", 1, OnEvent("match"))

    for order in ((summer, weekend, feast), (feast, weekend, summer), (weekend, summer, feast)):
        hit = calendar(*order).hit(NIGHT)
        assert [hit.rule, *(loser.rule for loser in hit.losers)] == [
            "feast",
            "summer",
            "saturday",
        ]  # 2, 62, 70


def test_counts_the_nights_of_the_calendar_alone_for_the_width() -> None:
    long_ago = frozenset(date(2010, 1, 1) + timedelta(days) for days in range(900))

    hit = calendar(
        rule("summer", "high", 1, SUMMER), rule("old", "low", 1, Dates(long_ago | {NIGHT}))
    ).hit(NIGHT)  # fmt: skip

    assert hit.rule == "old"


def test_lets_the_first_of_two_rules_of_one_width_decide() -> None:
    one, other = rule("one", "high", 1, SUMMER), rule("other", "low", 1, AnyOf((SUMMER,)))

    assert calendar(one, other).hit(NIGHT).rule == "one"
    assert calendar(other, one).hit(NIGHT).rule == "other"


def test_says_what_was_beaten_by_a_rule_of_another_season() -> None:
    rules = (
        rule("feast", "low", 3, OnEvent("match")),
        rule("school", "high", 2, InSchoolHolidays(("B",))),
        rule("summer", "high", 2, SUMMER),
        rule("weekend", "low", 1, Weekdays(frozenset({5}))),
        rule("always", "mild", 1, ALWAYS),
    )
    feast, summer = calendar(*rules).hit(NIGHT), calendar(*rules).hit(NIGHT + timedelta(1))

    assert feast.reason("en") == "reason feast, rather than reason summer or reason school or reason always"
    assert feast.reason("fr") == "raison feast, plutôt que raison summer ou raison school ou raison always"
    assert summer.reason("en") == "reason summer, rather than reason always"


def test_needs_no_base_where_rules_take_every_night() -> None:
    winter = YearlyPeriod((11, 1), (4, 1))
    whole = calendar(
        rule("winter", "low", 1, Yearly(winter)), rule("rest", "mild", 1, Not(Yearly(winter))), base=None
    )

    assert whole.nights_by_season == {"low": 132 + 31 + 29 + 20 + 61, "mild": 214, "high": 0}
    assert whole.usual_season == LOW
    assert calendar().usual_season == MILD


def test_refuses_nights_without_a_season_and_says_which() -> None:
    holes = AnyOf(
        (
            Dates(frozenset({FIRST, date(2027, 2, 28), date(2027, 3, 1)})),
            Yearly(YearlyPeriod((3, 1), (3, 5))),
        )
    )

    with pytest.raises(GridInvalid) as refusal:
        calendar(rule("most", "low", 1, Not(holes)), base=None)

    assert (refusal.value.code, refusal.value.path) == ("nights_without_season", "calendar.rules")
    assert "2026-11-20 to 2026-11-20, 2027-02-28 to 2027-03-04, 2028-03-01 to 2028-03-04" in str(
        refusal.value
    )


def test_shortens_a_long_list_of_nights_without_a_season() -> None:
    with pytest.raises(GridInvalid, match="2026-11-20 to 2026-11-20, .* and 62 times more") as refusal:
        calendar(rule("most", "low", 1, Not(Weekdays(frozenset({4})))), base=None)

    assert str(refusal.value).count(" to ") == 8


@pytest.mark.parametrize(
    "night", [FIRST - timedelta(1), LAST + timedelta(1), date(1, 1, 1), date(9999, 12, 31)]
)
def test_invents_nothing_outside_the_calendar(night: date) -> None:
    with pytest.raises(NoRateForNight) as refusal:
        calendar().hit(night)

    assert (refusal.value.night, refusal.value.first_night, refusal.value.horizon) == (night, FIRST, LAST)


@given(st.dates(date(2026, 9, 1), FIRST), st.dates(LAST, date(2028, 8, 31)))
def test_prices_its_first_night_and_its_horizon(first: date, last: date) -> None:
    longer = SeasonCalendar(SEASONS, "mild", (), first, last, ALMANAC)

    assert longer.hit(first).code == longer.hit(last).code == "mild"
    assert longer.nights_by_season["mild"] == (last - first).days + 1


ANY = rule("any", "low", 1, ALWAYS)


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        ({"base": "monsoon"}, "unknown_season", "calendar.base"),
        ({"rules": (ANY, rule("b", "monsoon", 1, ALWAYS))}, "unknown_season", "calendar.rules[2].season"),
        ({"rules": (ANY, ANY)}, "rule_twice", "calendar.rules"),
        ({"seasons": (LOW, MILD, replace(HIGH, code="low"))}, "season_twice", "seasons"),
        ({"horizon": FIRST - timedelta(1)}, "horizon", "calendar.horizon"),
        ({"horizon": date(2040, 1, 1)}, "horizon", "calendar.horizon"),
        ({"horizon": date(2028, 9, 1)}, "school_holidays_unknown", "calendar.horizon"),
        ({"first_night": date(2026, 8, 31)}, "school_holidays_unknown", "calendar.horizon"),
        ({"rules": (ANY, rule("b", "low", 1, Not(OnEvent("strike"))))}, "unknown_event",
         "calendar.rules[2].nights.event"),
        ({"rules": (rule("b", "low", 1, InSchoolHolidays(("A", "Z"))),)}, "unknown_zone",
         "calendar.rules[1].nights.school_holidays"),
        ({"rules": (rule("b", "low", 1, InSchoolHolidays(("A",))),), "almanac": Almanac()}, "unknown_zone",
         "calendar.rules[1].nights.school_holidays"),
        ({"rules": tuple(rule(str(n), "low", 1, PublicHolidays()) for n in range(MOST_RULES + 1))}, "too_many_rules",
         "calendar.rules"),
    ],
)  # fmt: skip
def test_refuses_a_calendar_that_cannot_be_and_says_where(
    change: dict[str, object], code: str, path: str
) -> None:
    parts = {"seasons": SEASONS, "base": "mild", "rules": (), "first_night": FIRST, "horizon": LAST}

    with pytest.raises(GridInvalid) as refusal:
        SeasonCalendar(**{**parts, "almanac": ALMANAC, **change})  # type: ignore[arg-type]

    assert (refusal.value.code, refusal.value.path) == (code, path)


def test_takes_as_many_rules_as_it_says() -> None:
    rules = [rule(str(number), "low", 1, ALWAYS) for number in range(MOST_RULES)]

    assert len(calendar(*rules).hit(NIGHT).losers) == MOST_RULES - 1


def test_takes_school_holidays_up_to_both_ends_of_what_is_known() -> None:
    known = SchoolHolidays(FIRST, LAST + timedelta(1), "", {"B": (Period(FIRST, LAST + timedelta(1)),)})
    school = rule("school", "high", 1, InSchoolHolidays(("B",)))

    always = calendar(school, almanac=Almanac(school_holidays=known))

    assert always.nights_by_season["high"] == len(every_night())


def test_names_the_events_of_a_night() -> None:
    assert [event.names["en"] for event in ALMANAC.events_on(NIGHT)] == ["the match"]
    assert ALMANAC.events_on(NIGHT + timedelta(1)) == ()


def test_refuses_two_events_of_one_code() -> None:
    match = Event("match", {}, frozenset({NIGHT}))

    with pytest.raises(GridInvalid) as refusal:
        Almanac(events=(match, match))

    assert (refusal.value.code, refusal.value.path) == ("event_twice", "calendar.events")


def test_says_each_reason_of_a_season_once_and_then_what_was_beaten() -> None:
    rules = (
        rule("school", "high", 2, InSchoolHolidays(("B",))),
        rule("saturday", "high", 2, Weekdays(frozenset({5}))),
        rule("always", "low", 1, ALWAYS),
    )
    hits = [calendar(*rules).hit(date(2027, 3, day)) for day in (5, 6, 7, 13)]

    assert because(hits, "en") == "reason school, reason saturday, rather than reason always"
    assert because([calendar().hit(NIGHT)], "en") == ""
