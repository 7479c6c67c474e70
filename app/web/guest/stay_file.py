"""The stay as a file for the guest's calendar: from check-in to check-out, without a price or a word of theirs."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.models import Booking, Property
from calendars.invitation import invitation


def stay_file(house: Property, booking: Booking, *, stamp: datetime) -> bytes:
    """Write the .ics of a stay; it replaces the one that came with an earlier letter (R56)."""
    zone = ZoneInfo(house.timezone)
    return invitation(
        uid=f"{booking.reference.lower()}@{house.email.rpartition('@')[2]}",
        sequence=(stamp - booking.created_at) // timedelta(seconds=1),
        summary=house.name,
        location=", ".join(line.strip() for line in house.address.splitlines() if line.strip()),
        description="",
        check_in=datetime.combine(booking.arrival, house.check_in_from, zone),
        check_out=datetime.combine(booking.departure, house.check_out_until, zone),
        organizer_email=house.email,
        stamp=stamp,
        timezone=house.timezone,
    )
