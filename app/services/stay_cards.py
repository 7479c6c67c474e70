"""A stay on one line of the desk: room, name, nights, people, and whether it is settled; never a sum (decision 15).

Three queries for any number of stays: the bookings, their rooms, their accounts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, func, select

from app.database import session
from app.models import BookedRoom, Booking, BookingStatus, Folio, FolioLine, PlatformTerms, Room, Source
from pricing.stay import Stay


class AccountState(StrEnum):
    """What the desk may know of the money without opening the account (PMS-03, decision 15)."""

    SETTLED = "settled"
    TO_SETTLE = "to_settle"
    TO_GIVE_BACK = "to_give_back"
    PRICE_OPEN = "price_open"
    BY_PLATFORM = "by_platform"
    PRICE_UNKNOWN = "price_unknown"
    NOT_OPENED = "not_opened"


@dataclass(frozen=True, slots=True)
class StayCard:
    """One booking as a list shows it. `rooms` are names in the booking's order; `position` sorts by the first.

    `channel` is the platform's, where the stay came from one.
    """

    id: int
    reference: str
    status: BookingStatus
    source: Source
    guest_name: str
    guest_telephone: str
    is_mailable: bool
    has_message: bool
    stay: Stay
    arrival_time: time | None
    answer_due_at: datetime | None
    account: AccountState
    rooms: tuple[str, ...]
    position: int
    adults: int
    children: int
    channel: str = ""

    @property
    def arrival(self) -> date:
        """Return the day of arrival."""
        return self.stay.arrival

    @property
    def departure(self) -> date:
        """Return the day of departure."""
        return self.stay.departure

    @property
    def people(self) -> int:
        """Return how many sleep here, babies included."""
        return self.adults + self.children


@dataclass(frozen=True, slots=True)
class _Rooms:
    names: tuple[str, ...]
    position: int
    adults: int
    children: int


NO_ROOMS = _Rooms((), 0, 0, 0)


def _told(column: Any) -> Any:
    """Return what a platform said of a booking, beside it in the same query; null for every other booking."""
    return (
        select(column)
        .where(PlatformTerms.booking_id == Booking.id)
        .correlate(Booking)
        .scalar_subquery()
        .label(column.key)
    )


COLUMNS: tuple[Any, ...] = (
    Booking.id,
    Booking.reference,
    Booking.status,
    Booking.source,
    Booking.arrival,
    Booking.departure,
    Booking.guest_name,
    Booking.guest_email,
    Booking.guest_telephone,
    Booking.guest_message,
    Booking.arrival_time,
    Booking.answer_due_at,
    Booking.is_price_open,
    _told(PlatformTerms.channel),
    _told(PlatformTerms.is_paid_to_house),
    _told(PlatformTerms.gross_minor),
)


def list_cards(bookings: Select[Any]) -> tuple[StayCard, ...]:
    """Return the cards of the bookings that a statement selects, in its order; `bookings` selects COLUMNS."""
    rows = session.execute(bookings).all()
    ids = [row.id for row in rows]
    rooms, balances = _rooms_of(ids), balances_of(ids)
    return tuple(_card(row, rooms.get(row.id, NO_ROOMS), balances.get(row.id)) for row in rows)


def card_of(booking: Booking) -> StayCard:
    """Return the card of one booking."""
    (card,) = list_cards(select(*COLUMNS).where(Booking.id == booking.id))
    return card


def balances_of(booking_ids: Sequence[int]) -> dict[int, int]:
    """Return the balance in minor units of every booking that has an account; one query."""
    rows = session.execute(
        select(Folio.booking_id, func.coalesce(func.sum(FolioLine.amount_minor), 0))
        .outerjoin(FolioLine, FolioLine.folio_id == Folio.id)
        .where(Folio.booking_id.in_(booking_ids))
        .group_by(Folio.booking_id)
    )
    return {booking_id: int(minor) for booking_id, minor in rows}


def account_state(
    *,
    is_price_open: bool,
    source: str,
    balance_minor: int | None,
    is_paid_to_house: bool | None = None,
    gross_minor: int | None = None,
) -> AccountState:
    """Say in one word how an account stands; `balance_minor` is None before there is one.

    The last two are what a platform says of its stay: a price that it does not say is not known, and never nothing.
    """
    if is_price_open:
        return AccountState.PRICE_OPEN
    if source == Source.CHANNEL and not balance_minor and not is_paid_to_house:
        return AccountState.BY_PLATFORM
    if is_paid_to_house and gross_minor is None and not balance_minor:
        return AccountState.PRICE_UNKNOWN
    if balance_minor is None:
        return AccountState.NOT_OPENED
    if balance_minor == 0:
        return AccountState.SETTLED
    return AccountState.TO_SETTLE if balance_minor > 0 else AccountState.TO_GIVE_BACK


def _rooms_of(booking_ids: Sequence[int]) -> dict[int, _Rooms]:
    rows = session.execute(
        select(BookedRoom.booking_id, BookedRoom.adults, BookedRoom.children, Room.name, Room.position)
        .join(Room, Room.id == BookedRoom.room_id)
        .where(BookedRoom.booking_id.in_(booking_ids))
        .order_by(BookedRoom.booking_id, BookedRoom.position)
    )
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.booking_id, []).append(row)
    return {
        booking_id: _Rooms(
            names=tuple(room.name for room in rooms),
            position=min(room.position for room in rooms),
            adults=sum(room.adults for room in rooms),
            children=sum(len(room.children) for room in rooms),
        )
        for booking_id, rooms in found.items()
    }


def _card(row: Row[Any], rooms: _Rooms, balance_minor: int | None) -> StayCard:
    return StayCard(
        id=row.id,
        reference=row.reference,
        status=BookingStatus(row.status),
        source=Source(row.source),
        guest_name=row.guest_name,
        guest_telephone=row.guest_telephone,
        is_mailable=bool(row.guest_email),
        has_message=bool(row.guest_message.strip()),
        stay=Stay(row.arrival, row.departure),
        arrival_time=row.arrival_time,
        answer_due_at=row.answer_due_at,
        account=account_state(
            is_price_open=row.is_price_open,
            source=row.source,
            balance_minor=balance_minor,
            is_paid_to_house=row.is_paid_to_house,
            gross_minor=row.gross_minor,
        ),
        rooms=rooms.names,
        position=rooms.position,
        adults=rooms.adults,
        children=rooms.children,
        channel=row.channel or "",
    )
