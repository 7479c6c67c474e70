"""Charges: the nights at their agreed price, the tourist tax, what the terms keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.database import session
from app.models import Booking, Folio, LineKind
from app.services.folios.account import (
    NoFolio,
    find_folio,
    list_lines,
    new_line,
    open_empty,
    opposite_of,
    post_lines,
    standing_lines,
)
from app.services.folios.platform import (
    PAID_TO_PLATFORM,
    TAX_BY_CHANNEL,
    is_tax_by_channel,
    owes_tax,
    taken_by_platform,
    terms_of,
)
from app.services.rates import stay_tax, tax_on
from app.services.support import support_of
from pricing.money import Money
from pricing.quote import PricedNight

# A partner pays its voucher later: it is no payment of the guest, and follows the price whenever that changes.
STAY_CODES = ("night", "tourist_tax", TAX_BY_CHANNEL, "gift", "partner_voucher")


def open_folio(booking: Booking, *, actor: str, now: datetime) -> Folio:
    """Open the account of a booking and post its nights and tax; an account that is open stays as it is."""
    folio = find_folio(booking)
    if folio is None or not standing_lines(folio, STAY_CODES):
        folio = folio or open_empty(booking, now=now)
        _post_stay(folio, booking, actor=actor, now=now)
    return folio


def rewrite_stay(booking: Booking, *, actor: str, now: datetime) -> None:
    """Reverse nights and tax and post them anew, after a price has changed; nothing where there is no account."""
    folio = find_folio(booking)
    if folio is None:
        return
    reverse_stay(booking, actor=actor, now=now)
    _post_stay(folio, booking, actor=actor, now=now)


def reverse_stay(booking: Booking, *, actor: str, now: datetime) -> None:
    """Reverse the nights and the tax that stand, and what a platform took for them; the lines stay readable."""
    folio = find_folio(booking)
    if folio is None:
        return
    standing = standing_lines(folio, (*STAY_CODES, PAID_TO_PLATFORM))
    post_lines(opposite_of(line, actor=actor, now=now) for line in standing)


def post_fee(booking: Booking, fee: Money, *, actor: str, now: datetime) -> None:
    """Post what the terms keep of a stay that does not take place."""
    folio = find_folio(booking)
    if folio is None:
        raise NoFolio(booking.reference)
    session.add(new_line(folio, LineKind.CHARGE, "cancellation_fee", fee.minor, actor=actor, now=now))
    session.flush()


def reverse_fee(booking: Booking, *, actor: str, now: datetime) -> None:
    """Reverse what the terms kept: the stay takes place after all."""
    folio = find_folio(booking)
    if folio is not None:
        fees = standing_lines(folio, ["cancellation_fee"])
        post_lines(opposite_of(line, actor=actor, now=now) for line in fees)


def first_night(booking: Booking) -> Money:
    """Return the agreed price of the first night of all rooms."""
    minor = sum(
        night.chosen_minor or 0
        for room in booking.rooms
        for night in room.nights
        if night.night == booking.arrival
    )
    return Money(minor, booking.currency)


def tax_of(booking: Booking) -> Money:
    """Return the tourist tax of a booking on its agreed prices, at the rates of its arrival.

    Nothing for a platform's stay unless the platform leaves the tax to the house (TS-34).
    """
    if not owes_tax(terms_of(booking)):
        return Money.zero(booking.currency)
    tax = tax_on(booking.property_id, booking.currency, booking.arrival)
    nights = tuple(
        PricedNight(
            room_index=place,
            night=night.night,
            reference=Money(night.reference_minor or 0, booking.currency),
            due=Money(night.due_minor or 0, booking.currency),
            chosen=Money(night.chosen_minor or 0, booking.currency),
        )
        for place, room in enumerate(booking.rooms)
        for night in room.nights
    )
    parties = tuple((room.adults, room.adults + len(room.children)) for room in booking.rooms)
    return stay_tax(tax, nights, parties, booking.currency)


@dataclass(frozen=True, slots=True)
class BesidePrice:
    """The guest's gift to the fund, and what a partner pays of the price; both nothing while the price is open."""

    gift: Money
    voucher: Money

    @property
    def total(self) -> Money:
        """Return what they change of what the guest pays."""
        return self.gift - self.voucher


def beside_price(booking: Booking, price: Money | None = None) -> BesidePrice:
    """Return what stands beside the agreed price of a booking, or beside another price."""
    if price is None:
        chosen = [night.chosen_minor for room in booking.rooms for night in room.nights]
        price = Money(sum(minor or 0 for minor in chosen), booking.currency)
        if booking.is_price_open or not chosen:
            return BesidePrice(Money.zero(booking.currency), Money.zero(booking.currency))
    support = support_of(booking)
    return BesidePrice(support.gift, support.voucher(price))


def stay_charges(booking: Booking) -> Money:
    """Return what is charged for the stay as the account stands: nights, tax, gift, less what a partner pays."""
    minor = sum(line.amount_minor for line in list_lines(booking) if line.code in STAY_CODES)
    return Money(minor, booking.currency)


def _post_stay(folio: Folio, booking: Booking, *, actor: str, now: datetime) -> None:
    charges: list[tuple[str, int, date | None]] = [
        ("night", night.chosen_minor, night.night)
        for room in booking.rooms
        for night in room.nights
        if night.chosen_minor
    ]
    beside = beside_price(booking)
    for code, amount in (
        ("tourist_tax", tax_of(booking)),
        ("gift", beside.gift),
        ("partner_voucher", -beside.voucher),
    ):
        if amount.minor:
            charges.append((code, amount.minor, None))
    terms = terms_of(booking)
    if is_tax_by_channel(terms):
        charges.append((TAX_BY_CHANNEL, 0, None))
    lines = [
        new_line(folio, LineKind.CHARGE, code, amount, actor=actor, now=now, night=night)
        for code, amount, night in charges
    ]
    taken = taken_by_platform(terms)
    if taken:
        lines.append(new_line(folio, LineKind.PAYMENT, PAID_TO_PLATFORM, -taken, actor=actor, now=now))
    post_lines(lines)
