"""Read a hotel's register of bookings: one row a booking, columns as in "Hotel booking demand datasets" (2019).

A row that cannot be a stay is counted under its reason and skipped; nothing is guessed.
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import islice
from pathlib import Path

from app.services.parties import Sleepers
from pricing.money import Money
from pricing.stay import Stay

MOST_NIGHTS = 70
DEAREST = Decimal(100_000)  # euros a night; a number beyond it is a slip of the pen, and no column holds it
LONGEST_CODE = 40
MOST_OF_ANYTHING = 10_000
BABY_AGE, CHILD_AGE = 1, 8  # the file counts them without their ages
COLUMNS = (
    "arrival_date_year", "arrival_date_month", "arrival_date_day_of_month",
    "stays_in_weekend_nights", "stays_in_week_nights", "lead_time", "adults", "children", "babies",
    "reserved_room_type", "adr", "reservation_status", "reservation_status_date",
)  # fmt: skip
GZIP_MARK = b"\x1f\x8b"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Ending(StrEnum):
    """How a booking ended, in the words of the file."""

    STAYED = "Check-Out"
    CANCELLED = "Canceled"
    NO_SHOW = "No-Show"


class NotARegister(ValueError):
    """The file has not the columns of a register; the sentence says which are missing."""


class RowSkipped(ValueError):
    """A row that is no stay; its text is the reason under which it is counted."""


@dataclass(frozen=True, slots=True)
class Row:
    """One booking of the register. `ended_on` is the day of the cancellation, for cancelled ones."""

    number: int
    type_code: str
    stay: Stay
    booked_on: date
    sleepers: Sleepers
    nightly_price: Money
    ending: Ending
    ended_on: date


@dataclass(frozen=True, slots=True)
class Register:
    """The rows that are stays, and how many were skipped for which reason."""

    rows: tuple[Row, ...]
    skipped: Mapping[str, int]


def read_register(path: Path, limit: int | None = None) -> Register:
    """Read a register, plain or gzipped; of its first `limit` rows when one is given.

    Raises: NotARegister, OSError.
    """
    with path.open("rb") as file:
        is_packed = file.read(2) == GZIP_MARK
    opened = gzip.open if is_packed else open
    try:
        with opened(path, "rt", encoding="utf-8-sig", errors="replace", newline="") as text:
            reader = csv.DictReader(text)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise NotARegister(f"{path.name} has no column {', '.join(missing)}.")
            return _read(islice(reader, limit))
    except (csv.Error, EOFError) as problem:
        raise NotARegister(f"{path.name} cannot be read to its end: {problem}.") from problem


def _read(lines: Iterable[Mapping[str, str]]) -> Register:
    rows: list[Row] = []
    skipped: Counter[str] = Counter()
    for number, fields in enumerate(lines, start=1):
        try:
            rows.append(_row(number, fields))
        except RowSkipped as reason:
            skipped[str(reason)] += 1
        except (KeyError, TypeError, ValueError, ArithmeticError):
            skipped["a field cannot be read"] += 1
    return Register(tuple(rows), skipped)


def _row(number: int, fields: Mapping[str, str]) -> Row:
    arrival = date(
        int(fields["arrival_date_year"]),
        MONTHS.index(fields["arrival_date_month"]) + 1,
        int(fields["arrival_date_day_of_month"]),
    )
    nights = _count(fields["stays_in_weekend_nights"]) + _count(fields["stays_in_week_nights"])
    adults = _count(fields["adults"])
    rate = Decimal(fields["adr"])
    if nights == 0:
        raise RowSkipped("no night")
    if nights > MOST_NIGHTS:
        raise RowSkipped(f"more than {MOST_NIGHTS} nights")
    if adults == 0:
        raise RowSkipped("no adult")
    if rate < 0:
        raise RowSkipped("a negative rate")
    if rate > DEAREST:
        raise RowSkipped("a rate that no room has")
    booked_on = arrival - timedelta(days=_count(fields["lead_time"]))
    small = (BABY_AGE,) * _count(fields["babies"]) + (CHILD_AGE,) * _count(fields["children"])
    return Row(
        number=number,
        type_code=_code(fields["reserved_room_type"]),
        stay=Stay(arrival, arrival + timedelta(days=nights)),
        booked_on=booked_on,
        sleepers=Sleepers(adults, small),
        nightly_price=Money.nearest(Fraction(rate)),  # a rate finer than a cent is a mean, not a price
        ending=Ending(fields["reservation_status"]),
        ended_on=max(booked_on, date.fromisoformat(fields["reservation_status_date"])),
    )


def _code(text: str) -> str:
    code = text.strip()
    if not code.isprintable() or not 0 < len(code) <= LONGEST_CODE:
        raise ValueError(text)
    return code


def _count(text: str) -> int:
    """Read a whole number, also where a spreadsheet has made it "2.0"."""
    number = Decimal(text)
    if not 0 <= number <= MOST_OF_ANYTHING or number != int(number):
        raise ValueError(text)
    return int(number)
