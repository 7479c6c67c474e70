"""The public holidays of France, computed: for whoever drafts a version, which then carries the dates themselves."""

from datetime import date, timedelta

EVERY_YEAR = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
AFTER_EASTER_DAYS = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday
GOOD_FRIDAY_DAYS, SAINT_STEPHEN = -2, (12, 26)
SUNDAY = 6


def easter_sunday(year: int) -> date:
    """Return the Sunday after the full moon of spring, as the Gregorian calendar reckons both.

    >>> easter_sunday(2027), easter_sunday(2038)
    (datetime.date(2027, 3, 28), datetime.date(2038, 4, 25))
    """
    full_moon = _spring_full_moon(year)
    return full_moon + timedelta((SUNDAY - full_moon.weekday() - 1) % 7 + 1)


def public_holidays(first: date, last: date, *, in_alsace_moselle: bool = False) -> frozenset[date]:
    """Return the public holidays of mainland France between two days, both included.

    In Alsace and Moselle there are two more: Good Friday and 26 December (a local law, kept since 1919).
    To price eves, ask for one day beyond the horizon.
    """
    years = range(first.year, last.year + 1)
    return frozenset(day for year in years for day in _of(year, in_alsace_moselle) if first <= day <= last)


def _of(year: int, in_alsace_moselle: bool) -> set[date]:
    local = (GOOD_FRIDAY_DAYS,) if in_alsace_moselle else ()
    fixed = (*EVERY_YEAR, SAINT_STEPHEN) if in_alsace_moselle else EVERY_YEAR
    easter = easter_sunday(year)
    return {date(year, *day) for day in fixed} | {
        easter + timedelta(days) for days in (*AFTER_EASTER_DAYS, *local)
    }


def _spring_full_moon(year: int) -> date:
    """Return the reckoned full moon on or after 21 March.

    Full moons come back on the same days every 19 years, 11 days earlier from one year to the next. Two
    corrections a century: the leap days that were left out, and a day in 312.5 years by which the moon gains.
    """
    of_nineteen, century = year % 19, year // 100
    left_out = century - century // 4
    gained = (8 * century + 13) // 25
    days_after = (19 * of_nineteen + left_out - gained + 15) % 30  # after 21 March
    if days_after == 29 or (days_after == 28 and of_nineteen > 10):
        days_after -= (
            1  # a reckoned moon of April is never later than the 18th, and not there twice in 19 years
        )
    return date(year, 3, 21) + timedelta(days_after)
