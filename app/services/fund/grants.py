"""Grants: money that a town or a foundation gives to the fund, entered by the treasurer; undone, never edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.database import session
from app.models import FundEntry, Property
from app.services.events import record
from app.services.fund.settling import account_columns, reversal_of
from pricing.fund import Account, FundInvalid, Kind, Posting
from pricing.money import Money


class GrantNotFound(LookupError):
    """The house has no grant of this number."""


class GrantReversed(Exception):
    """The grant has been undone already."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What somebody gives: how much, who, on which day it came, and a word about it.

    Raises: FundInvalid when it is not more than nothing, or nobody gives it.
    """

    amount: Money
    source: str
    received_on: date
    note: str = ""

    def __post_init__(self) -> None:
        if self.amount.minor <= 0 or not self.source.strip():
            raise FundInvalid("a grant is more than nothing, and somebody gives it")


@dataclass(frozen=True, slots=True)
class GrantCard:
    """A grant as the office shows it."""

    id: int
    grant: Grant
    is_reversed: bool


def enter_grant(*, house: Property, grant: Grant, actor: str, today: date, now: datetime) -> FundEntry:
    """Write down a grant. Commits. Raises: FundInvalid for a day to come or another currency."""
    if grant.received_on > today or grant.amount.currency != house.currency:
        raise FundInvalid("a grant is entered when it has come, in the currency of the house")
    entry = FundEntry(
        property_id=house.id,
        day=grant.received_on,
        kind=Kind.GRANT,
        source=grant.source,
        note=grant.note,
        posted_at=now,
        actor=actor,
        **account_columns(
            (Posting(Account.GRANTS, -grant.amount), Posting(Account.FUND, grant.amount)),
        ),
    )
    session.add(entry)
    session.flush()
    _remember(entry, "enter", actor, now)
    session.commit()
    return entry


def reverse_grant(*, house: Property, entry_id: int, actor: str, today: date, now: datetime) -> FundEntry:
    """Undo a grant that was a mistake by its opposite. Commits. Raises: GrantNotFound, GrantReversed."""
    entry = session.scalars(
        select(FundEntry).filter_by(property_id=house.id, id=entry_id, kind=Kind.GRANT)
    ).first()
    if entry is None:
        raise GrantNotFound(str(entry_id))
    opposite = reversal_of(entry, day=today, actor=actor, now=now)
    session.add(opposite)
    try:
        session.flush()  # the unique reversal decides between two who undo at once
    except IntegrityError:
        session.rollback()
        raise GrantReversed(str(entry_id)) from None
    _remember(opposite, "reverse", actor, now)
    session.commit()
    return opposite


def list_grants(house: Property) -> tuple[GrantCard, ...]:
    """Return the grants of a house, the latest first."""
    rows = session.scalars(
        select(FundEntry)
        .filter_by(property_id=house.id, kind=Kind.GRANT)
        .order_by(FundEntry.day.desc(), FundEntry.id.desc())
    ).all()
    undone = set(
        session.scalars(
            select(FundEntry.reverses_id).where(FundEntry.reverses_id.in_([row.id for row in rows]))
        )
    )
    return tuple(
        GrantCard(
            row.id,
            Grant(Money(row.fund_minor, house.currency), row.source, row.day, row.note),
            is_reversed=row.id in undone,
        )
        for row in rows
    )


def _remember(entry: FundEntry, verb: str, actor: str, now: datetime) -> None:
    record(
        property_id=entry.property_id, actor=actor, verb=verb, noun="fund_entry", noun_id=entry.id, now=now
    )
