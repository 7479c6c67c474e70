"""The public holidays of France are computed for every year, those of Alsace and Moselle when asked for."""

from datetime import date

import pytest

from pricing.seasons.public_holidays import easter_sunday, public_holidays

MOVABLE = {  # Easter Monday, Ascension, Whit Monday
    2024: ((4, 1), (5, 9), (5, 20)),
    2025: ((4, 21), (5, 29), (6, 9)),
    2026: ((4, 6), (5, 14), (5, 25)),
    2027: ((3, 29), (5, 6), (5, 17)),
    2028: ((4, 17), (5, 25), (6, 5)),
    2029: ((4, 2), (5, 10), (5, 21)),
    2030: ((4, 22), (5, 30), (6, 10)),
    2031: ((4, 14), (5, 22), (6, 2)),
    2032: ((3, 29), (5, 6), (5, 17)),
    2033: ((4, 18), (5, 26), (6, 6)),
    2034: ((4, 10), (5, 18), (5, 29)),
    2035: ((3, 26), (5, 3), (5, 14)),
}
FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))


def of(year: int, *, in_alsace_moselle: bool = False) -> frozenset[date]:
    return public_holidays(date(year, 1, 1), date(year, 12, 31), in_alsace_moselle=in_alsace_moselle)


@pytest.mark.parametrize("year", MOVABLE)
def test_knows_the_public_holidays_of_a_year(year: int) -> None:
    assert of(year) == {date(year, *day) for day in (*FIXED, *MOVABLE[year])}


@pytest.mark.parametrize(("year", "good_friday"), [(2024, (3, 29)), (2027, (3, 26)), (2028, (4, 14))])
def test_adds_two_days_in_alsace_and_moselle(year: int, good_friday: tuple[int, int]) -> None:
    assert of(year, in_alsace_moselle=True) - of(year) == {date(year, *good_friday), date(year, 12, 26)}


def test_holds_to_the_days_that_were_asked_for() -> None:
    assert public_holidays(date(2027, 12, 25), date(2028, 1, 1)) == {date(2027, 12, 25), date(2028, 1, 1)}
    assert public_holidays(date(2027, 12, 26), date(2027, 12, 31)) == frozenset()


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (1818, 3, 22),  # the earliest there is
        (1943, 4, 25),  # the latest there is
        (1954, 4, 18),  # the full moon moved from the 18th to the 17th of April
        (1981, 4, 19),  # and from the 19th to the 18th
        (2000, 4, 23),
        (2076, 4, 19),
        (2285, 3, 22),
    ],
)
def test_finds_easter_where_it_is_hard(year: int, month: int, day: int) -> None:
    assert easter_sunday(year) == date(year, month, day)


def test_agrees_with_another_way_to_find_easter() -> None:
    for year in range(1583, 4100):
        assert easter_sunday(year) == by_the_anonymous_algorithm(year), year


def by_the_anonymous_algorithm(year: int) -> date:
    century, of_century = divmod(year, 100)
    epact = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    shift = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
