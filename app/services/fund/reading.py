"""The fund as its ledger: sums for those who keep the books, sums that give no stay away for everybody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import func, select

from app.database import session
from app.models import FundEntry, Property
from app.services.fund.settling import COLUMNS
from pricing.fund import (
    Entry,
    FundAlert,
    Kind,
    Ledger,
    Posting,
    Publication,
    Statement,
    publications,
    statement,
)
from pricing.money import Money
from pricing.periods import Period


def ledger_of(house: Property) -> Ledger:
    """Return every entry of a house's fund, in the order of its days."""
    rows = session.scalars(
        select(FundEntry).filter_by(property_id=house.id).order_by(FundEntry.day, FundEntry.id)
    ).all()
    return Ledger(tuple(_entries(rows, house.currency)), house.currency)


def balance(house: Property) -> Money:
    """Return what the fund holds; negative when it gave more than it had."""
    minor = session.scalar(
        select(func.coalesce(func.sum(FundEntry.fund_minor), 0)).filter_by(property_id=house.id)
    )
    return Money(int(minor or 0), house.currency)


def alert(house: Property) -> FundAlert | None:
    """Return an alert when the fund has run dry: a word for the manager alone."""
    held = balance(house)
    nothing = Money.zero(house.currency)
    return FundAlert(held, nothing) if held < nothing else None


def years(ledger: Ledger) -> tuple[int, ...]:
    """Return the years in which something was entered, the latest first."""
    return tuple(sorted({entry.day.year for entry in ledger.entries}, reverse=True))


def months(ledger: Ledger, year: int, *, today: date) -> tuple[Statement, ...]:
    """Return the exact sums of each month of a year that has begun, from the one in which the fund began."""
    begun, periods = _first_day(ledger, today), (Period.month(year, number) for number in range(1, 13))
    return tuple(
        statement(ledger, period) for period in periods if period.start <= today and period.end > begun
    )


def twelve_months(ledger: Ledger, last: Statement) -> tuple[Statement, ...]:
    """Return the exact sums of the twelve months that end with the month of a statement."""
    count = last.period.year * 12 + last.period.number - 1
    numbers = (divmod(number, 12) for number in range(count - 11, count + 1))
    return tuple(statement(ledger, Period.month(year, month + 1)) for year, month in numbers)


def published(house: Property, today: date) -> tuple[Publication, ...]:
    """Return what the public may see: the years, quarters and months that are over, the latest year first.

    Sums under five stays, and those from which one could be had by subtraction, are kept back (decision 15).
    """
    ledger = ledger_of(house)
    begun = _first_day(ledger, today)
    return tuple(
        told
        for year in years(ledger)
        for told in publications(ledger, year, today=today)
        if begun < told.period.end <= today
    )


def _first_day(ledger: Ledger, today: date) -> date:
    """Return the day on which the fund began; today where nothing stands in it."""
    return ledger.entries[0].day if ledger.entries else today


def _entries(rows: Sequence[FundEntry], currency: str) -> Iterator[Entry]:
    numbers = {row.id: number for number, row in enumerate(rows, 1)}
    kinds = {row.id: row.kind for row in rows}
    for row in rows:
        told = kinds[row.reverses_id] if row.reverses_id is not None else row.kind
        is_stay = told in (Kind.STAY, Kind.VOUCHER)
        yield Entry(
            number=numbers[row.id],
            day=row.day,
            kind=Kind(row.kind),
            postings=_postings(row, currency),
            stay=str(row.booking_id) if is_stay else "",
            reverses=numbers[row.reverses_id] if row.reverses_id is not None else None,
            memo=row.source,
        )


def _postings(row: FundEntry, currency: str) -> tuple[Posting, ...]:
    amounts = ((account, getattr(row, column)) for account, column in COLUMNS.items())
    return tuple(Posting(account, Money(minor, currency)) for account, minor in amounts if minor)
