"""Prove from the database that the replay agrees with a plain count of the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import text

from app.database import db
from app.models import BookingStatus
from benchmarks.register import Ending, Row

COUNT_BY_STATUS = "SELECT count(*) FROM booking WHERE status = :status"

NIGHTS_AND_REVENUE = """
SELECT count(*), coalesce(sum(booked_night.chosen_minor), 0)
FROM booked_night
JOIN booked_room ON booked_room.id = booked_night.booked_room_id
JOIN booking ON booking.id = booked_room.booking_id
WHERE booking.status = :status
"""

OWNED_NIGHTS = """
SELECT count(*)
FROM room_night
JOIN booked_room ON booked_room.claim_id = room_night.claim_id AND booked_room.room_id = room_night.room_id
JOIN booking ON booking.id = booked_room.booking_id
WHERE booking.status = :status AND room_night.night >= booked_room.arrival
  AND room_night.night < booked_room.departure
"""

# Not asked of the key that makes it impossible, but of the bookings: who slept where.
NIGHTS_WITH_TWO_OWNERS = """
SELECT count(*) FROM (
  SELECT booked_room.room_id, booked_night.night
  FROM booked_night
  JOIN booked_room ON booked_room.id = booked_night.booked_room_id
  JOIN booking ON booking.id = booked_room.booking_id
  WHERE booking.status IN ('confirmed', 'in_house', 'checked_out')
  GROUP BY booked_room.room_id, booked_night.night
  HAVING count(*) > 1
) AS sold_twice
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing counted twice: in the file, and in the database."""

    what: str
    in_file: str
    in_database: str

    @property
    def agrees(self) -> bool:
        """Tell whether both say the same."""
        return self.in_file == self.in_database


def prove(rows: Iterable[Row]) -> list[Line]:
    """Count the file and the database, each by itself."""
    rows = list(rows)
    stayed = [row for row in rows if row.ending is Ending.STAYED]
    nights = sum(row.stay.length for row in stayed)
    revenue_minor = sum(row.nightly_price.minor * row.stay.length for row in stayed)
    done = {"status": BookingStatus.CHECKED_OUT.value}
    sold_nights, sold_minor = _row(NIGHTS_AND_REVENUE, **done)
    return [
        Line("room nights with two owners", "0", _number(_row(NIGHTS_WITH_TWO_OWNERS)[0])),
        Line("bookings", _number(len(rows)), _number(_row("SELECT count(*) FROM booking")[0])),
        _ended("stays", rows, Ending.STAYED, BookingStatus.CHECKED_OUT),
        _ended("cancellations", rows, Ending.CANCELLED, BookingStatus.CANCELLED),
        _ended("no-shows", rows, Ending.NO_SHOW, BookingStatus.NO_SHOW),
        Line("room nights stayed", _number(nights), _number(sold_nights)),
        Line("room nights owned by those stays", _number(nights), _number(_row(OWNED_NIGHTS, **done)[0])),
        Line(
            "room nights owned in all", _number(nights), _number(_row("SELECT count(*) FROM room_night")[0])
        ),
        Line("average daily rate", _rate(revenue_minor, nights), _rate(int(sold_minor), sold_nights)),
    ]


def _ended(what: str, rows: list[Row], ending: Ending, status: BookingStatus) -> Line:
    in_file = sum(row.ending is ending for row in rows)
    return Line(what, _number(in_file), _number(_row(COUNT_BY_STATUS, status=status.value)[0]))


def _row(statement: str, **values: str) -> tuple[int, ...]:
    with db.engine.connect() as connection:
        return tuple(connection.execute(text(statement), values).one())


def _number(count: int) -> str:
    return f"{count:,}"


def _rate(revenue_minor: int, nights: int) -> str:
    """Return an average exactly, as cents over nights, and as one reads it."""
    if nights == 0:
        return "none"
    euros = Fraction(revenue_minor, nights * 100)
    return f"{revenue_minor:,} cents / {nights:,} nights = {float(euros):.4f} €"
