"""What stands beside the price of a booking: the guest's gift to the fund, and what a partner pays of the price.

A gift is no part of the price, and bears no tourist tax. Who pays does not change the rate (decision 13): a voucher
lowers what the guest pays, never what the stay is worth.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.database import session
from app.models import Booking, PartnerCode, StaySupport
from pricing.money import Money


@dataclass(frozen=True, slots=True)
class SupportWish:
    """What a guest wants beside their price; None leaves what stands as it is."""

    gift: Money | None = None
    code_id: int | None = None


UNCHANGED = SupportWish()


@dataclass(frozen=True, slots=True)
class Support:
    """The gift of a booking, and up to how much its partner pays (None: no voucher)."""

    gift: Money
    cap: Money | None

    def voucher(self, price: Money) -> Money:
        """Return what the partner pays of a price."""
        return min(self.cap, price) if self.cap is not None else Money.zero(price.currency)


def support_of(booking: Booking) -> Support:
    """Return what stands beside the price of a booking; one query."""
    found = session.get(StaySupport, booking.id)
    nothing = Money.zero(booking.currency)
    if found is None:
        return Support(nothing, None)
    code = session.get(PartnerCode, found.partner_code_id) if found.partner_code_id is not None else None
    cap = Money(code.cap_minor, booking.currency) if code is not None and code.cap_minor is not None else None
    return Support(Money(found.gift_minor, booking.currency), cap)


def write_support(booking: Booking, wish: SupportWish) -> None:
    """Write what the guest wants beside the price, in the caller's transaction."""
    if wish == UNCHANGED:
        return
    found = session.get(StaySupport, booking.id)
    if found is None:
        found = StaySupport(booking_id=booking.id, property_id=booking.property_id, gift_minor=0)
        session.add(found)
    if wish.gift is not None:
        found.gift_minor = wish.gift.minor
    if wish.code_id is not None:
        found.partner_code_id = wish.code_id
    session.flush()
