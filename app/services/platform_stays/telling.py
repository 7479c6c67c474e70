"""A person says what a platform does not: a guest, or nights that somebody closed there."""

from __future__ import annotations

from datetime import datetime

from app.database import session
from app.models import Booking, Claim, Property
from app.services import inventory
from app.services.events import record
from app.services.platform_stays.completing import StayIsComplete
from app.services.platform_stays.finding import StayNotFound, lock_stay
from calendars.feed import Kind
from pricing.stay import Stay


def tell_kind(*, house: Property, stay_id: int, kind: Kind, actor: str, now: datetime) -> None:
    """Write down what a stay is; it may be said again, and frees no night: only the platform does. Commits.

    Raises: StayNotFound, also where the platform itself says that it is a guest; StayIsComplete; ValueError for
    "unknown".
    """
    if kind not in (Kind.RESERVATION, Kind.BLOCK):
        raise ValueError(f"a stay is not told to be {kind}")
    stay = lock_stay(house.id, stay_id)
    if stay.booking_id is not None:
        raise StayIsComplete(session.get_one(Booking, stay.booking_id).reference)
    if stay.kind == Kind.RESERVATION:
        raise StayNotFound(stay_id)
    stay.told_kind = kind
    if kind == Kind.RESERVATION:
        stay.quiet_until = None  # a guest, and nobody's echo: the other channels are told at once
    claim = session.get_one(Claim, stay.claim_id)  # a guest minds others on these nights, a closure may not
    inventory.move(claim, Stay(claim.arrival, claim.departure), now=now)
    record(
        property_id=house.id, actor=actor, verb=f"tell_{kind}", noun="channel_stay", noun_id=stay.id, now=now
    )
    session.commit()
