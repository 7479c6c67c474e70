"""The guest's own .ics: one event from check-in to check-out, which later versions replace and a cancellation removes.

The guest has nothing to accept, so the method is PUBLISH; mail parts must carry the same method in their content type.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress

from calendars.export import PRODID
from calendars.vtimezone import vtimezone

Method = Literal["PUBLISH", "CANCEL"]
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_UNSAFE = re.compile(r"[\s\x00-\x1f\x7f]")


def invitation(
    *,
    uid: str,
    sequence: int,
    summary: str,
    location: str,
    description: str,
    check_in: datetime,
    check_out: datetime,
    organizer_email: str | None,
    stamp: datetime,
    method: Method = "PUBLISH",
    timezone: str = "Europe/Paris",
) -> bytes:
    """Write the calendar entry of one stay.

    `uid` stays the same for the life of the stay and `sequence` rises with every version, the cancellation included
    (R56). The three moments carry a zone; check-in and check-out are shown in `timezone`. `stamp` is when this version
    was made.

    Raises: ValueError for moments without zone or in the wrong order, a negative sequence, or a blank or line break
    in `uid` or `organizer_email`.
    """
    _refuse_nonsense(uid, sequence, check_in, check_out, organizer_email, stamp)
    zone = ZoneInfo(timezone)
    arrival, departure = check_in.astimezone(zone), check_out.astimezone(zone)
    calendar = Calendar()
    calendar.add("PRODID", PRODID)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method)
    # The year before: an arrival in January falls after the last change of that year.
    calendar.add_component(vtimezone(zone, arrival.year - 1, departure.year))
    event = Event()
    event.add("UID", uid)
    event.add("SEQUENCE", sequence)
    event.add("DTSTAMP", stamp.astimezone(UTC))
    event.add("DTSTART", arrival)
    event.add("DTEND", departure)
    event.add("SUMMARY", _plain(summary))
    for name, text in (("LOCATION", location), ("DESCRIPTION", description)):
        if text:
            event.add(name, _plain(text))
    if organizer_email:
        event.add("ORGANIZER", vCalAddress(f"mailto:{organizer_email}"))
    event.add("STATUS", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT" if method == "CANCEL" else "OPAQUE")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _plain(text: str) -> str:
    """Leave line breaks and turn other control characters into blanks: a strict reader refuses the entry for one."""
    return _CONTROL.sub(" ", "\n".join(text.splitlines()))


def _refuse_nonsense(
    uid: str,
    sequence: int,
    check_in: datetime,
    check_out: datetime,
    organizer_email: str | None,
    stamp: datetime,
) -> None:
    if any(moment.tzinfo is None for moment in (check_in, check_out, stamp)):
        raise ValueError("check-in, check-out and stamp need a time zone")
    if check_out <= check_in:
        raise ValueError("check-out comes before check-in")
    if sequence < 0:
        raise ValueError("the sequence of an entry begins at 0 and rises")
    if not uid or _UNSAFE.search(uid) or _UNSAFE.search(organizer_email or ""):
        raise ValueError("a UID and an e-mail address hold neither blanks nor line breaks")
