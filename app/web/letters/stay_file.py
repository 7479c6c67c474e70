"""The stay as a file for the guest's calendar: from check-in to check-out, without a price or a word of theirs."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.models import Booking, Property
from calendars.invitation import Method, invitation


def stay_file(house: Property, booking: Booking, *, stamp: datetime, method: Method = "PUBLISH") -> bytes:
    """Write the .ics of a stay: one UID for ever, a later one with a higher SEQUENCE, which replaces it (R56)."""
    zone = ZoneInfo(house.timezone)
    return invitation(
        uid=f"{booking.reference.lower()}@{house.email.rpartition('@')[2]}",
        sequence=(stamp - booking.created_at) // timedelta(seconds=1),
        summary=house.name,
        location=", ".join(list_address_lines(house)),
        description="",
        check_in=datetime.combine(booking.arrival, house.check_in_from, zone),
        check_out=datetime.combine(booking.departure, house.check_out_until, zone),
        organizer_email=house.email,
        stamp=stamp,
        method=method,
        timezone=house.timezone,
    )


def list_address_lines(house: Property) -> list[str]:
    """Return the postal address of a house line by line, without blank ones."""
    return [line.strip() for line in house.address.splitlines() if line.strip()]
