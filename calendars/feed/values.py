"""Dates, moments and durations as feeds write them, read without any guess about time zones.

A DATE stays a date: it never passes through a time zone, so the server's own zone changes no night.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

# Wall clocks have no zone: what they mean depends on where they hang.
FOR_EVER = datetime(2200, 1, 1)  # noqa: DTZ001

_MOMENT = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[Tt ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d{1,9})?)?([Zz]|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_DURATION = re.compile(
    r"([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?",
    re.ASCII | re.IGNORECASE,
)


class Unreadable(ValueError):
    """Say that a value is not what its name promises."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Hold a wall-clock reading as written: a plain date (`is_date`), or an hour in a zone.

    `zone` is None where the feed names none ("floating") or an unknown one: the zone of the house then holds.
    """

    wall: datetime
    is_date: bool
    zone: tzinfo | None = None

    def at_the_house(self, house_zone: tzinfo) -> datetime:
        """Give the wall clock of the house, without zone, at this moment.

        Raises: Unreadable at the ends of the calendar, where conversion overflows.
        """
        return wall_at_the_house(self.wall, None if self.is_date else self.zone, house_zone)


def wall_at_the_house(wall: datetime, zone: tzinfo | None, house_zone: tzinfo) -> datetime:
    """Convert a wall clock of one zone into that of the house; without a zone it is the house's already.

    Raises: Unreadable.
    """
    if zone is None or zone is house_zone:
        return wall
    try:
        return wall.replace(tzinfo=zone).astimezone(house_zone).replace(tzinfo=None)
    except (OverflowError, ValueError) as error:
        raise Unreadable("beyond the calendar") from error


def read_clock(text: str) -> tuple[datetime, bool, bool]:
    """Read `20270105`, `20270105T160000` or the latter with Z as (wall clock, is a date, is UTC).

    The form decides, not the declared VALUE: feeds get that parameter wrong. ISO 8601 as JSON writes it is read too,
    with dashes, colons, hour 24 and an offset, which makes a moment in UTC. Years after 2200 mean "for ever".

    Raises: Unreadable.
    """
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise Unreadable("not a date")
    year, month, day, hour, minute, second, offset = match.groups()
    # A 60th second is legal in RFC 5545 and unknown to Python; so is hour 24 in ISO 8601.
    seconds = 59 if second == "60" else int(second or 0)
    is_midnight_after = hour == "24" and minute == "00" and seconds == 0
    hours = 0 if is_midnight_after else int(hour or 0)
    try:
        wall = datetime(int(year), int(month), int(day), hours, int(minute or 0), seconds)  # noqa: DTZ001
        if is_midnight_after:
            wall += timedelta(days=1)
        if offset is not None and offset not in "Zz":
            wall -= read_offset(offset.replace(":", ""))
    except (OverflowError, ValueError) as error:
        raise Unreadable("not a date") from error
    return min(wall, FOR_EVER), hour is None, offset is not None


def read_duration(text: str) -> timedelta:
    """Read `P4D`, `P1W`, `PT20H`, `P2DT20H`.

    Raises: Unreadable.
    """
    match = _DURATION.fullmatch(text.strip())
    if match is None or not any(match.groups()[1:]):
        raise Unreadable("not a duration")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if match.group(1) == "-" else length


def read_offset(text: str) -> timedelta:
    """Read `+0100` or `-033000`, the distance of a zone from UTC.

    Raises: Unreadable.
    """
    match = re.fullmatch(r"([+-])(\d\d)(\d\d)(\d\d)?", text.strip(), re.ASCII)
    if match is None or int(match.group(2)) > 23 or int(match.group(3)) > 59:
        raise Unreadable("not an offset")
    sign, hours, minutes, seconds = match.groups()
    length = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0))
    return -length if sign == "-" else length
