"""Reception's door: the day, the planning, bookings and what is done with them, rooms that are closed, channels."""

from app.web.desk import (
    answering,
    blocks,
    bookings,
    channels,
    conflicts,
    contact,
    dates,
    letters,
    moving,
    new_booking,
    payments,
    planning,
    prices,
    rooms,
    stays,
    today,
    words,
)
from app.web.desk.door import desk

__all__ = [
    "answering",
    "blocks",
    "bookings",
    "channels",
    "conflicts",
    "contact",
    "dates",
    "desk",
    "letters",
    "moving",
    "new_booking",
    "payments",
    "planning",
    "prices",
    "rooms",
    "stays",
    "today",
    "words",
]
