"""A stay that is over stands in the fund: paid + aids + vouchers - cost, as its account says it today.

Whatever changes the account afterwards (a payment that comes late, money given back, a check-out taken back) is
followed: what stood is reversed, what is true now is posted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.database import session
from app.models import (
    BookedRoom,
    Booking,
    BookingStatus,
    Folio,
    FolioLine,
    FundEntry,
    LineKind,
    PaymentMethod,
    Property,
    RoomType,
)
from app.services.events import record
from app.services.rates import grid_of_version
from pricing.fund import Account, Kind, Posting, Settlement
from pricing.money import Money

OVER = (BookingStatus.CHECKED_OUT, BookingStatus.CANCELLED, BookingStatus.NO_SHOW)
# Who was never checked out has stayed all the same: settled when the choice is erased.
NEVER_CHECKED_OUT = (BookingStatus.CONFIRMED, BookingStatus.IN_HOUSE)
OWN_MONEY = (PaymentMethod.CASH, PaymentMethod.CHEQUE, PaymentMethod.CARD)
COLUMNS = {account: f"{account.value}_minor" for account in Account}
AWAITED = ("status", "choice_erased_at")

Wanted = list[tuple[Kind, tuple[Posting, ...]]]


@dataclass(frozen=True, slots=True)
class Received:
    """What the house keeps of the money of a stay: from the guest, from others, and given to the fund on top."""

    paid: Money
    aids: Money
    gift: Money


def settle(booking: Booking, *, actor: str, now: datetime) -> None:
    """Bring the fund in line with a stay, in the caller's transaction; where nothing has changed nothing is posted.

    A stay that is not over, or whose real cost nobody knows (a platform's), does not stand in the fund.
    """
    session.flush()
    session.refresh(booking, AWAITED, with_for_update=True)  # one settlement of a stay at a time
    standing = _standing(booking)
    wanted = _wanted(booking) if is_over(booking) else []
    if [(entry.kind, _amounts(entry)) for entry in standing] == [
        (kind, _amounts_of(postings)) for kind, postings in wanted
    ]:
        return
    day = _day(booking, standing, now)
    for entry in reversed(standing):
        session.add(reversal_of(entry, day=day, actor=actor, now=now))
        session.flush()
    for kind, postings in wanted:
        session.add(_entry(booking, kind, postings, day, actor, now))
        session.flush()
    record(
        property_id=booking.property_id,
        actor=actor,
        verb="settle",
        noun="fund",
        noun_id=booking.id,
        now=now,
    )


def is_over(booking: Booking) -> bool:
    """Tell whether a stay is over, whether anybody slept or not."""
    never_left = booking.status in NEVER_CHECKED_OUT and booking.choice_erased_at is not None
    return booking.status in OVER or never_left


def reversal_of(entry: FundEntry, *, day: date, actor: str, now: datetime, note: str = "") -> FundEntry:
    """Write the entry that undoes another; the caller adds it to the session."""
    return FundEntry(
        property_id=entry.property_id,
        booking_id=entry.booking_id,
        day=max(day, entry.day),
        kind=Kind.REVERSAL,
        source=entry.source,
        note=note,
        posted_at=now,
        actor=actor,
        reverses_id=entry.id,
        **{column: -amount for column, amount in _amounts(entry).items()},
    )


def account_columns(postings: Sequence[Posting]) -> dict[str, int]:
    """Return the columns of an entry that these postings fill."""
    return {COLUMNS[posting.account]: posting.amount.minor for posting in postings}


def received(booking: Booking) -> Received:
    """Return what the house keeps of the money of a stay.

    No more than its charges, for the rest is owed to the guest; and without the tourist tax, which is the town's.
    What a partner pays later, and holiday vouchers, are aids; a gift comes last.
    """
    lines = session.scalars(
        select(FolioLine).join(Folio, Folio.id == FolioLine.folio_id).where(Folio.booking_id == booking.id)
    ).all()

    def charged(*codes: str) -> int:
        return sum(line.amount_minor for line in lines if line.code in codes)

    payments = [line for line in lines if line.kind == LineKind.PAYMENT]
    in_vouchers = -sum(line.amount_minor for line in payments if line.code not in OWN_MONEY)
    charges = sum(line.amount_minor for line in lines if line.kind == LineKind.CHARGE)
    kept = min(-sum(line.amount_minor for line in payments), charges)
    left = max(0, kept - charged("tourist_tax"))
    partner = -charged("partner_voucher")
    for_stay = min(left, max(0, charged("night", "cancellation_fee") - partner))
    vouchers = min(for_stay, max(0, in_vouchers))
    gift = min(left - for_stay, max(0, charged("gift")))

    def money(minor: int) -> Money:
        return Money(minor, booking.currency)

    return Received(paid=money(for_stay - vouchers), aids=money(partner + vouchers), gift=money(gift))


def cost_of(booking: Booking) -> tuple[Money, Money] | None:
    """Return the real cost of a stay as frozen with it, and the variable part; None where nobody knows it.

    Nothing where nobody slept: a cancelled stay used up nothing.
    """
    nothing = Money.zero(booking.currency)
    if booking.status in (BookingStatus.CANCELLED, BookingStatus.NO_SHOW):
        return nothing, nothing
    references = [night.reference_minor for room in booking.rooms for night in room.nights]
    if booking.grid_version_id is None or not references or None in references:
        return None
    cost = Money(sum(reference or 0 for reference in references), booking.currency)
    return cost, min(cost, _variable_cost(booking, booking.grid_version_id))


def _variable_cost(booking: Booking, version_id: int) -> Money:
    """Return what would not have been spent without the stay, by the grid that it was booked under."""
    grid = grid_of_version(version_id).grid
    codes = dict(
        session.execute(select(RoomType.id, RoomType.code).filter_by(property_id=booking.property_id)).all()
    )

    def of_night(room: BookedRoom, night: date) -> Money:
        factor = grid.room_factor(codes[room.type_id])
        season = grid.calendar.hit(night).code
        return grid.costs.room_night(room.adults, tuple(room.children), factor, season).variable

    nights = (of_night(room, night.night) for room in booking.rooms for night in room.nights)
    return sum(nights, Money.zero(grid.currency))


def _wanted(booking: Booking) -> Wanted:
    cost = cost_of(booking)
    if cost is None:
        return []
    money = received(booking)
    stay = Settlement(str(booking.id), *cost, paid=money.paid, aids=money.aids)
    wanted: Wanted = [(Kind.VOUCHER, stay.voucher_postings())]
    if any((stay.cost.minor, stay.paid.minor, stay.aids.minor)):
        wanted.append((Kind.STAY, stay.stay_postings()))
    if money.gift.minor:
        gift = (Posting(Account.GIFTS, -money.gift), Posting(Account.FUND, money.gift))
        wanted.append((Kind.GIFT, gift))
    return [(kind, postings) for kind, postings in wanted if postings]


def _standing(booking: Booking) -> list[FundEntry]:
    """Return the entries of a stay that were not undone, in the order in which they were posted."""
    entries = session.scalars(select(FundEntry).filter_by(booking_id=booking.id).order_by(FundEntry.id)).all()
    undone = {entry.reverses_id for entry in entries}
    return [entry for entry in entries if entry.reverses_id is None and entry.id not in undone]


def _amounts(entry: FundEntry) -> dict[str, int]:
    return {column: getattr(entry, column) for column in COLUMNS.values()}


def _amounts_of(postings: Sequence[Posting]) -> dict[str, int]:
    return dict.fromkeys(COLUMNS.values(), 0) | account_columns(postings)


def _day(booking: Booking, standing: Sequence[FundEntry], now: datetime) -> date:
    """Return the day on the wall of the house, never before what it follows."""
    house = session.get_one(Property, booking.property_id)
    return max([now.astimezone(ZoneInfo(house.timezone)).date(), *(entry.day for entry in standing)])


def _entry(
    booking: Booking, kind: Kind, postings: Sequence[Posting], day: date, actor: str, now: datetime
) -> FundEntry:
    return FundEntry(
        property_id=booking.property_id,
        booking_id=booking.id,
        day=day,
        kind=kind,
        posted_at=now,
        actor=actor,
        **account_columns(postings),
    )
