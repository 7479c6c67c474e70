"""From a start and an end to nights: the rules of the house for dates, hours, and everything between them.

First night: the local date of the start. A date as end is exclusive. An hour as end is a departure, its date
exclusive, when it comes before the check-in hour; later it means that this night is occupied too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from calendars.feed.values import Moment

ONE_DAY = timedelta(days=1)


class EndsBeforeItBegins(ValueError):
    """Say that an event's end lies before its start."""


@dataclass(frozen=True, slots=True)
class HouseHours:
    """Hold where the house is in time: zone, check-in and check-out hour; whether this feed's end dates are nights."""

    zone: tzinfo
    check_in: time
    check_out: time
    is_end_inclusive: bool = False

    def is_departure(self, clock: time) -> bool:
        """Say whether somebody whose stay ends at this hour leaves on that day."""
        return clock < self.check_in or clock <= self.check_out


@dataclass(frozen=True, slots=True)
class Span:
    """Hold one event's stretch on the wall clock of the house; plain dates stand at midnight."""

    start: datetime
    end: datetime
    end_is_date: bool

    def moved_to(self, start: datetime) -> Span:
        """Give the same stretch, begun at another time."""
        return Span(start, start + (self.end - self.start), self.end_is_date)

    def nights(self, hours: HouseHours) -> tuple[date, date]:
        """Give the first night and the day after the last one; at least the night of the start.

        >>> from zoneinfo import ZoneInfo
        >>> paris = HouseHours(ZoneInfo("Europe/Paris"), time(15), time(11))
        >>> late = Span(datetime(2027, 9, 10), datetime(2027, 9, 12, 23, 59), end_is_date=False)
        >>> late.nights(paris)[1].isoformat()
        '2027-09-13'
        """
        first = self.start.date()
        departs = self.end_is_date or hours.is_departure(self.end.time())
        after = self.end.date() if departs else self.end.date() + ONE_DAY
        return first, max(after, first + ONE_DAY)


def span_of(
    start: Moment, end: Moment | None, length: timedelta | None, hours: HouseHours
) -> tuple[Span, str | None]:
    """Make an event's stretch, and the code of what is worth a remark about it.

    Raises: EndsBeforeItBegins, Unreadable.
    """
    begins = start.at_the_house(hours.zone)
    if end is not None:
        return _span_with_end(start, begins, end, hours)
    if length is not None:
        return _span_with_length(start, begins, length)
    if start.is_date:
        return Span(begins, begins + ONE_DAY, end_is_date=True), None
    return Span(begins, begins, end_is_date=False), "no_end"


def _span_with_end(
    start: Moment, begins: datetime, end: Moment, hours: HouseHours
) -> tuple[Span, str | None]:
    ends = end.at_the_house(hours.zone)
    is_before = ends.date() < begins.date() if start.is_date or end.is_date else ends < begins
    if is_before:
        raise EndsBeforeItBegins
    is_empty = ends == begins or (end.is_date and ends.date() == begins.date())
    if end.is_date and hours.is_end_inclusive:
        return Span(begins, ends + ONE_DAY, end_is_date=True), None
    return Span(begins, ends, end.is_date), "zero_length" if is_empty else None


def _span_with_length(start: Moment, begins: datetime, length: timedelta) -> tuple[Span, str | None]:
    if length < timedelta():
        raise EndsBeforeItBegins
    # Days of a duration are days of the calendar, also over a change of clocks: added on the wall clock.
    ends = begins + length
    is_whole_days = start.is_date and length.seconds == 0
    return Span(begins, ends, end_is_date=is_whole_days), None if length else "zero_length"
