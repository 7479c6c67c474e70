"""The house's own bookings: they take nights at once, whoever else wants them, and no import touches them (R32)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from calendars.feed import Verdict
from calendars.room.outcome import Outcome, quarrels
from calendars.room.state import OwnStay, Room


class NotBooked(LookupError):
    """Say that the house has no booking of just these nights."""


def book(room: Room, start: date, end: date, *, now: datetime) -> tuple[Room, Outcome]:
    """Record a direct booking; the same nights twice are one booking. Raises: ValueError for no night."""
    stay = OwnStay(start, end, now)
    if _find(room, start, end) is not None:
        return room, _tell(room, room, now)
    stays = sorted((*room.stays, stay), key=lambda each: (each.start, each.end))
    after = replace(room, stays=tuple(stays))
    return after, replace(_tell(room, after, now), added=((start, end),))


def cancel(room: Room, start: date, end: date, *, now: datetime) -> tuple[Room, Outcome]:
    """Let go of a direct booking; nights that others want too stay closed. Raises: NotBooked."""
    stay = _find(room, start, end)
    if stay is None:
        raise NotBooked(f"the house has no booking from {start} to {end}")
    after = replace(room, stays=tuple(each for each in room.stays if each is not stay))
    return after, replace(_tell(room, after, now), released=((start, end),))


def _find(room: Room, start: date, end: date) -> OwnStay | None:
    return next((stay for stay in room.stays if (stay.start, stay.end) == (start, end)), None)


def _tell(before: Room, after: Room, now: datetime) -> Outcome:
    today = after.today(now)
    return Outcome(
        Verdict.ACCEPT,
        nights=after.nights,
        conflicts=after.conflicts(today=today),
        alerts=quarrels(before, after, today),
    )
