"""Look up public and school holidays for whoever drafts a grid; the version then carries these dates itself.

A newer package changes the next draft, never a version that is in force. What it knows bounds the horizon.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from importlib.metadata import version
from itertools import groupby
from types import MappingProxyType

from vacances_scolaires_france import SchoolHolidayDates

from pricing.seasons import Almanac, Period, SchoolHolidays
from pricing.seasons.public_holidays import public_holidays

PACKAGE = "vacances-scolaires-france"
ZONES = ("A", "B", "C")
ONE_DAY = timedelta(1)


class SchoolHolidaysUnknown(LookupError):
    """Nobody has published the school holidays of these years yet, or they are too long ago."""


def draft_almanac(first_night: date, *, in_alsace_moselle: bool = False) -> Almanac:
    """Return all holidays from a night up to the last that is known, the eve of `known_until`.

    Raises: SchoolHolidaysUnknown.
    """
    school = find_school_holidays(first_night)
    days = public_holidays(first_night, school.known_until, in_alsace_moselle=in_alsace_moselle)
    return Almanac(public_holidays=days, school_holidays=school)


def find_school_holidays(first_night: date) -> SchoolHolidays:
    """Return the school holidays of all zones from a night on, as far as every zone is known.

    After the last holidays of the list nothing is known, although the package would say "no holiday".

    Raises: SchoolHolidaysUnknown.
    """
    source = SchoolHolidayDates()
    if first_night.year < source.min_year:
        raise SchoolHolidaysUnknown(f"school holidays are known from {source.min_year} on")
    days = {zone: _days(source, zone, first_night) for zone in ZONES}
    if not all(days.values()):
        raise SchoolHolidaysUnknown(
            f"no school holidays are known from {first_night} on; install a newer {PACKAGE}"
        )
    known_until = min(max(of_zone) for of_zone in days.values()) + ONE_DAY
    return SchoolHolidays(
        known_from=first_night,
        known_until=known_until,
        source=f"{PACKAGE} {version(PACKAGE)}",
        zones=MappingProxyType(
            {zone: _periods(day for day in of_zone if day < known_until) for zone, of_zone in days.items()}
        ),
    )


def _days(source: SchoolHolidayDates, zone: str, first_night: date) -> list[date]:
    years = range(first_night.year, source.max_year + 1)
    known = (day for year in years for day in source.holidays_for_year_and_zone(year, zone))
    return sorted(day for day in known if day >= first_night)


def _periods(days: Iterable[date]) -> tuple[Period, ...]:
    runs = groupby(enumerate(days), lambda pair: pair[1].toordinal() - pair[0])
    together = ([day for _, day in run] for _, run in runs)
    return tuple(Period(run[0], run[-1] + ONE_DAY) for run in together)
