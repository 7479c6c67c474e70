"""The account itself: found, added to, reversed line by line; never edited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import func, select

from app.database import session
from app.models import Booking, Folio, FolioLine, LineKind
from pricing.money import Money


class NoFolio(LookupError):
    """The booking has no account yet: it is not confirmed."""


class LineReversed(Exception):
    """The line has been reversed already, or is itself a reversal."""


def find_folio(booking: Booking) -> Folio | None:
    """Return the account of a booking, or None before it is confirmed."""
    return session.scalar(select(Folio).where(Folio.booking_id == booking.id))


def find_or_open(booking: Booking, *, now: datetime) -> Folio:
    """Return the account of a booking, opened empty where there is none: money may move before a stay is sure."""
    return find_folio(booking) or open_empty(booking, now=now)


def open_empty(booking: Booking, *, now: datetime) -> Folio:
    """Open the account of a booking that has none."""
    folio = Folio(
        property_id=booking.property_id, booking_id=booking.id, currency=booking.currency, opened_at=now
    )
    session.add(folio)
    session.flush()
    return folio


def list_lines(booking: Booking) -> Sequence[FolioLine]:
    """Return the lines of a booking in the order in which they were posted."""
    return session.scalars(
        select(FolioLine)
        .join(Folio, Folio.id == FolioLine.folio_id)
        .where(Folio.booking_id == booking.id)
        .order_by(FolioLine.id)
    ).all()


def balance(booking: Booking) -> Money:
    """Return what is still to pay; negative when the house owes the guest."""
    minor = session.scalar(
        select(func.coalesce(func.sum(FolioLine.amount_minor), 0))
        .join(Folio, Folio.id == FolioLine.folio_id)
        .where(Folio.booking_id == booking.id)
    )
    return Money(int(minor or 0), booking.currency)


def has_payments(booking: Booking) -> bool:
    """Tell whether money has been taken and not given back."""
    minor = session.scalar(
        select(func.coalesce(func.sum(FolioLine.amount_minor), 0))
        .join(Folio, Folio.id == FolioLine.folio_id)
        .where(Folio.booking_id == booking.id, FolioLine.kind == LineKind.PAYMENT)
    )
    return int(minor or 0) != 0


def standing_lines(folio: Folio, codes: Sequence[str]) -> Sequence[FolioLine]:
    """Return the lines with these codes that nobody has reversed, in the order in which they were posted.

    Sorted out here, not by the database: an account has few lines, and SQLite, asked for those that reverse nothing,
    looks through the lines of every account.
    """
    lines = session.scalars(
        select(FolioLine).where(FolioLine.folio_id == folio.id).order_by(FolioLine.id)
    ).all()
    reversed_ids = {line.reverses_id for line in lines}
    return [
        line
        for line in lines
        if line.code in codes and line.reverses_id is None and line.id not in reversed_ids
    ]


def reverse_line(line: FolioLine, *, actor: str, now: datetime, note: str = "") -> FolioLine:
    """Add the opposite of a line. Raises: LineReversed."""
    if line.reverses_id is not None or session.scalar(
        select(FolioLine.id).where(FolioLine.reverses_id == line.id)
    ):
        raise LineReversed(line.id)
    opposite = opposite_of(line, actor=actor, now=now, note=note)
    session.add(opposite)
    session.flush()
    return opposite


def post_lines(lines: Iterable[FolioLine]) -> None:
    """Post lines that nobody needs in hand afterwards, in one statement and in this order."""
    session.flush()
    session.bulk_save_objects(lines)


def opposite_of(line: FolioLine, *, actor: str, now: datetime, note: str = "") -> FolioLine:
    """Write the line that takes a standing one back; the caller adds it to the session."""
    return FolioLine(
        property_id=line.property_id,
        folio_id=line.folio_id,
        kind=line.kind,
        code=line.code,
        night=line.night,
        amount_minor=-line.amount_minor,
        posted_at=now,
        actor=actor,
        note=note,
        reverses_id=line.id,
    )


def new_line(
    folio: Folio,
    kind: LineKind,
    code: str,
    amount_minor: int,
    *,
    actor: str,
    now: datetime,
    night: date | None = None,
    note: str = "",
) -> FolioLine:
    """Write a line; the caller adds it to the session."""
    return FolioLine(
        property_id=folio.property_id,
        folio_id=folio.id,
        kind=kind,
        code=code,
        night=night,
        amount_minor=amount_minor,
        posted_at=now,
        actor=actor,
        note=note,
    )
