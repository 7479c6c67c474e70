"""Whoever drafts a grid finds the holidays in it; the example house carries the same dates."""

from datetime import date, timedelta

import pytest

from app.services.school_holidays import SchoolHolidaysUnknown, draft_almanac, find_school_holidays
from pricing.grid import example_house
from pricing.seasons import Period

FIRST = date(2026, 9, 1)
KNOWN = find_school_holidays(FIRST)


def period(*days: int) -> Period:
    return Period(date(*days[:3]), date(*days[3:]))


@pytest.mark.parametrize(
    ("zone", "winter", "spring"),
    [
        ("A", period(2027, 2, 13, 2027, 3, 1), period(2027, 4, 10, 2027, 4, 26)),
        ("B", period(2027, 2, 20, 2027, 3, 8), period(2027, 4, 17, 2027, 5, 3)),
        ("C", period(2027, 2, 6, 2027, 2, 22), period(2027, 4, 3, 2027, 4, 19)),
    ],
)
def test_knows_the_holidays_of_each_zone(zone: str, winter: Period, spring: Period) -> None:
    assert KNOWN.zones[zone][:6] == (
        period(2026, 10, 17, 2026, 11, 2),
        period(2026, 12, 19, 2027, 1, 4),
        winter,
        spring,
        period(2027, 5, 6, 2027, 5, 9),
        period(2027, 7, 3, 2027, 9, 1),
    )


def test_knows_them_up_to_a_day_and_says_from_where() -> None:
    assert (KNOWN.known_from, KNOWN.known_until) == (FIRST, date(2028, 9, 1))
    assert KNOWN.source.startswith("vacances-scolaires-france ")


def test_begins_in_the_middle_of_holidays() -> None:
    assert find_school_holidays(date(2027, 8, 15)).zones["B"][0] == period(2027, 8, 15, 2027, 9, 1)


@pytest.mark.parametrize("first_night", [date(1989, 12, 31), date(2028, 9, 1), date(2030, 1, 1)])
def test_says_when_the_holidays_are_not_known(first_night: date) -> None:
    with pytest.raises(SchoolHolidaysUnknown):
        find_school_holidays(first_night)


@pytest.mark.parametrize(("in_alsace_moselle", "count"), [(False, 22), (True, 26)])
def test_drafts_public_holidays_up_to_the_eve_of_the_last_night(in_alsace_moselle: bool, count: int) -> None:
    almanac = draft_almanac(date(2026, 9, 1), in_alsace_moselle=in_alsace_moselle)

    assert min(almanac.public_holidays) == date(2026, 11, 1)
    assert max(almanac.public_holidays) == date(2028, 8, 15)
    assert len(almanac.public_holidays) == count
    assert almanac.school_holidays == KNOWN


def test_gives_the_example_house_the_dates_that_a_draft_would_have() -> None:
    calendar, drafted = example_house().calendar, draft_almanac(FIRST)

    held = calendar.almanac.school_holidays

    assert held is not None
    assert held.zones["B"] == KNOWN.zones["B"]
    assert (held.known_from, held.known_until, held.source) == (FIRST, KNOWN.known_until, KNOWN.source)
    assert calendar.horizon == KNOWN.known_until - timedelta(1)
    assert calendar.almanac.public_holidays == drafted.public_holidays
