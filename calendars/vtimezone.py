"""A compact VTIMEZONE: the two yearly changes of a zone, found from its clock, instead of sixty years of dates."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vRecur

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAYS_IN_WEEK = 7


def vtimezone(zone: ZoneInfo, first_year: int, last_year: int) -> Timezone:
    """Describe a zone: from `first_year` on by yearly rules, where those hold up to `last_year`, else change by change.

    A change in the last seven days of its month is read as "the last Sunday", any other as "the second Sunday" and
    the like: so are the laws of Europe and North America. Where the clocks follow the moon (Morocco), or a law begins
    or ends between the two years, each change stands with its date.
    """
    component = Timezone()
    component.add("TZID", zone.key)
    by_year = [_changes(zone, year) for year in range(first_year, last_year + 1)]
    is_yearly = all(_rules(zone, changes) == _rules(zone, by_year[0]) for changes in by_year)
    if not (is_yearly and by_year[0]):
        component.add_component(_observance(zone, _new_year(first_year), is_change=False, is_yearly=False))
    for change in by_year[0] if is_yearly else chain.from_iterable(by_year):
        component.add_component(_observance(zone, change, is_change=True, is_yearly=is_yearly))
    return component


def _rules(zone: ZoneInfo, changes: list[datetime]) -> list[tuple[int, str, time, timedelta]]:
    return [(wall.month, _nth_weekday(wall), wall.time(), _after(zone, wall)) for wall in changes]


def _changes(zone: ZoneInfo, year: int) -> list[datetime]:
    """Find the wall clocks, before the change, at which the zone's offset changes in a year."""
    changes = []
    moment = _new_year(year)
    while moment.year == year:
        after = moment + timedelta(days=1)
        if _offset(zone, moment) != _offset(zone, after):
            changes.append(_first_changed(zone, moment, after))
        moment = after
    return changes


def _new_year(year: int) -> datetime:
    # A wall clock: the zone is what is being described.
    return datetime(year, 1, 1)  # noqa: DTZ001


def _first_changed(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """Close in on the first wall clock, read with the old offset, that has the new one; to the minute."""
    before = _offset(zone, low)
    # Walls between are read as elapsed time since `low`, which no change of clocks can repeat or skip.
    start = low - before
    first, last = 0, int((high - low) / timedelta(minutes=1)) + 24 * 60
    while first < last:
        middle = (first + last) // 2
        if _offset_at_utc(zone, start + timedelta(minutes=middle)) == before:
            first = middle + 1
        else:
            last = middle
    return low + timedelta(minutes=first)


def _observance(
    zone: ZoneInfo, wall: datetime, *, is_change: bool, is_yearly: bool
) -> TimezoneStandard | TimezoneDaylight:
    before = _offset(zone, wall - timedelta(hours=12))
    settled = (wall + timedelta(hours=12)).replace(tzinfo=zone)
    after = _after(zone, wall)
    component = TimezoneDaylight() if settled.dst() else TimezoneStandard()
    component.add("TZOFFSETFROM", before if is_change else after)
    component.add("TZOFFSETTO", after)
    component.add("TZNAME", settled.tzname() or zone.key)
    component.add("DTSTART", wall)
    if is_yearly:
        component.add("RRULE", vRecur({"FREQ": "YEARLY", "BYMONTH": wall.month, "BYDAY": _nth_weekday(wall)}))
    return component


def _nth_weekday(wall: datetime) -> str:
    is_last = (wall + timedelta(days=_DAYS_IN_WEEK)).month != wall.month
    nth = -1 if is_last else (wall.day - 1) // _DAYS_IN_WEEK + 1
    return f"{nth}{_WEEKDAYS[wall.weekday()]}"


def _after(zone: ZoneInfo, wall: datetime) -> timedelta:
    return _offset(zone, wall + timedelta(hours=12))


def _offset(zone: ZoneInfo, wall: datetime) -> timedelta:
    return wall.replace(tzinfo=zone).utcoffset() or timedelta()


def _offset_at_utc(zone: ZoneInfo, utc: datetime) -> timedelta:
    return utc.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone).utcoffset() or timedelta()
