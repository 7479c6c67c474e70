"""What letters may tell of a booking, as plain values: no bracket, nothing a rung asks, no real cost (decision 15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select

from app.database import session
from app.models import Booking, LineKind, RoomType, WaitingHold
from app.services import folios
from app.services.bookings import cancellation_terms, price_of
from pricing.money import Money
from pricing.stay import Stay


@dataclass(frozen=True, slots=True)
class RoomTold:
    """One room of the booking: its type in every language of the house, and who sleeps there."""

    names: Mapping[str, str]
    adults: int
    children: tuple[int, ...]

    def name(self, language: str) -> str:
        """Return the name of the type in a language, else in the first one the house wrote it in."""
        return self.names.get(language) or next(iter(self.names.values()))


@dataclass(frozen=True, slots=True)
class NightTold:
    """What was agreed for one night of one room."""

    night: date
    room: RoomTold
    amount: Money


@dataclass(frozen=True, slots=True)
class AccountTold:
    """The sums of a booking; `price` is null while the guest has still to choose it.

    `gift` goes to the fund, `voucher` is what a partner pays.
    """

    price: Money | None
    tourist_tax: Money
    gift: Money
    voucher: Money
    fee: Money
    paid: Money
    due: Money

    @property
    def total(self) -> Money:
        """Return what the guest pays in all."""
        price = self.price or Money.zero(self.tourist_tax.currency)
        return price + self.tourist_tax + self.gift - self.voucher


@dataclass(frozen=True, slots=True)
class BookingTold:
    """A booking as its letters tell it; `is_free_over`: a stay that stands is no longer cancelled for nothing."""

    reference: str
    guest_name: str
    guest_email: str
    guest_telephone: str
    guest_message: str
    stay: Stay
    arrival_time: time | None
    rooms: tuple[RoomTold, ...]
    nights: tuple[NightTold, ...]
    account: AccountTold
    is_paid_by_card: bool
    is_instant: bool
    was_confirmed: bool
    free_until: datetime | None
    is_free_over: bool
    first_night: Money
    lapses_at: datetime | None
    answer_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class WaitingTold:
    """A hold that waits for its link, as the letter with the link tells it."""

    reference: str
    guest_name: str
    stay: Stay


def tell_waiting(waiting: WaitingHold) -> WaitingTold:
    """Gather what the letter with the link may say."""
    return WaitingTold(waiting.reference, waiting.guest_name, Stay(waiting.arrival, waiting.departure))


def tell(booking: Booking, now: datetime) -> BookingTold:
    """Gather what letters about a booking may say."""
    types = session.execute(
        select(RoomType.id, RoomType.names).where(RoomType.property_id == booking.property_id)
    )
    names = {row.id: row.names for row in types}
    told = [
        (room, RoomTold(names[room.type_id], room.adults, tuple(room.children))) for room in booking.rooms
    ]
    nights = [
        NightTold(night.night, room_told, Money(night.chosen_minor, booking.currency))
        for room, room_told in told
        for night in room.nights
        if night.chosen_minor is not None
    ]
    free_until = cancellation_terms(booking, now).free_until if booking.policy else None
    return BookingTold(
        reference=booking.reference,
        guest_name=booking.guest_name,
        guest_email=booking.guest_email,
        guest_telephone=booking.guest_telephone,
        guest_message=booking.guest_message,
        stay=Stay(booking.arrival, booking.departure),
        arrival_time=booking.arrival_time,
        rooms=tuple(room_told for _, room_told in told),
        nights=tuple(sorted(nights, key=lambda line: line.night)),
        account=_account(booking),
        is_paid_by_card=booking.is_paid_by_card,
        is_instant=booking.is_instant,
        was_confirmed=booking.confirmed_at is not None,
        free_until=free_until,
        is_free_over=free_until is not None and now >= free_until,
        first_night=folios.first_night(booking),
        lapses_at=booking.lapses_at,
        answer_due_at=booking.answer_due_at,
    )


def _account(booking: Booking) -> AccountTold:
    """Read the sums from the folio where there is one, else from the price and the tax it will be opened with."""
    price, nothing = price_of(booking), Money.zero(booking.currency)
    if folios.find_folio(booking) is None:
        tax = folios.tax_of(booking)
        beside = folios.beside_price(booking)
        due = (price or nothing) + tax + beside.total
        return AccountTold(price, tax, beside.gift, beside.voucher, fee=nothing, paid=nothing, due=due)
    lines = folios.list_lines(booking)

    def sum_of(*codes: str) -> Money:
        return Money(sum(line.amount_minor for line in lines if line.code in codes), booking.currency)

    paid = -Money(sum(line.amount_minor for line in lines if line.kind == LineKind.PAYMENT), booking.currency)
    return AccountTold(
        price,
        sum_of("tourist_tax"),
        gift=sum_of("gift"),
        voucher=-sum_of("partner_voucher"),
        fee=sum_of("cancellation_fee"),
        paid=paid,
        due=folios.balance(booking),
    )
