"""What a booking is made of before it exists, and until when it may be cancelled for nothing."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.models import Booking, Property
from pricing.money import Money
from pricing.stay import Stay

TERMS_VERSION = "2026-11"


@dataclass(frozen=True, slots=True)
class PriceChoice:
    """What the guest chose: a rung, a free amount, or neither (then the real cost; decision 9)."""

    bracket: int | None = None
    amount: Money | None = None

    def __post_init__(self) -> None:
        if self.bracket is not None and self.amount is not None:
            raise ValueError("a price is a rung or an amount, not both")


@dataclass(frozen=True, slots=True)
class GuestDetails:
    """Who comes: a name, one contact at least, and what they care to say."""

    name: str
    email: str = ""
    telephone: str = ""
    message: str = ""
    arrival_time: time | None = None

    @property
    def contact_key(self) -> str:
        """Return a digest of the contact, by which open requests are counted (decision 8)."""
        contact = self.email.strip().casefold() or "".join(c for c in self.telephone if c.isdigit())[-9:]
        return hashlib.sha256(unicodedata.normalize("NFC", contact).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class CancellationTerms:
    """What cancelling now would cost, and the exact moment until which it costs nothing (DEP-06)."""

    free_until: datetime
    fee: Money
    is_free: bool


def policy_of(house: Property, stay: Stay) -> dict[str, Any]:
    """Freeze the house's cancellation policy for one stay: an exact moment in UTC, and what is kept after it."""
    day = stay.arrival - timedelta(days=house.free_cancellation_days)
    local = datetime.combine(day, house.free_cancellation_until, ZoneInfo(house.timezone))
    return {"free_until": local.astimezone(ZoneInfo("UTC")).isoformat(), "fee": "first_night"}


def shifted_policy(house: Property, booking: Booking, stay: Stay, now: datetime) -> dict[str, Any]:
    """Let the frozen moment of free cancellation follow the arrival, at the same hour; once over, it stays over."""
    before = datetime.fromisoformat(booking.policy["free_until"])
    if now >= before:
        return dict(booking.policy)
    local = before.astimezone(ZoneInfo(house.timezone)) + (stay.arrival - booking.arrival)
    return {**booking.policy, "free_until": local.astimezone(ZoneInfo("UTC")).isoformat()}


def cancellation_terms(booking: Booking, now: datetime) -> CancellationTerms:
    """Return the terms of a booking: before it stands, cancelling is always free."""
    free_until = datetime.fromisoformat(booking.policy["free_until"])
    is_free = booking.confirmed_at is None or now < free_until
    first_night = sum(
        night.chosen_minor or 0
        for room in booking.rooms
        for night in room.nights
        if night.night == booking.arrival
    )
    return CancellationTerms(
        free_until=free_until,
        fee=Money(0 if is_free else first_night, booking.currency),
        is_free=is_free,
    )
