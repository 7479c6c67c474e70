"""Codes of partners: made and withdrawn by the manager, found and used up by guests, and tied to nobody."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import func, or_, select

from app.database import session
from app.models import Booking, BookingStatus, PartnerCode, Property, StaySupport
from app.models.booking import REFERENCE_ALPHABET
from app.models.support import CODE_LENGTH
from app.services.events import record
from pricing.money import Money

MOST_AT_ONCE = 50
ENDED = (BookingStatus.EXPIRED, BookingStatus.CANCELLED, BookingStatus.DECLINED)


class Fault(StrEnum):
    """Why a code opens nothing."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    USED_UP = "used_up"


class CodeNotUsable(ValueError):
    """A code opens nothing; `fault` says why. A withdrawn one is as unknown as none."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class CodeTerms:
    """What the codes of one making give: a rung, a voucher up to a cap, or both; for how many stays, until when."""

    partner: str
    bracket: int | None
    cap: Money | None
    most_uses: int
    valid_until: date


@dataclass(frozen=True, slots=True)
class CodeCard:
    """A code as the office shows it, and how many stays it has opened; not whose."""

    id: int
    partner: str
    code: str
    bracket: int | None
    cap: Money | None
    uses: int
    most_uses: int
    valid_until: date
    is_withdrawn: bool

    def is_open(self, today: date) -> bool:
        """Tell whether it still opens a stay."""
        return not self.is_withdrawn and self.uses < self.most_uses and today <= self.valid_until


def make_codes(
    *, house: Property, terms: CodeTerms, count: int, actor: str, now: datetime
) -> list[PartnerCode]:
    """Make codes that nobody guesses (49 bits). Commits. Raises: ValueError for none or too many at once."""
    if not 1 <= count <= MOST_AT_ONCE:
        raise ValueError(f"{count} codes at once")
    made = [
        PartnerCode(
            property_id=house.id,
            partner=terms.partner,
            code="".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(CODE_LENGTH)),
            bracket=terms.bracket,
            cap_minor=terms.cap.minor if terms.cap is not None else None,
            most_uses=terms.most_uses,
            erased_uses=0,
            valid_until=terms.valid_until,
            created_at=now,
        )
        for _ in range(count)
    ]
    session.add_all(made)
    session.flush()
    for code in made:
        _record(code, "make_code", actor, now)
    session.commit()
    return made


def withdraw(*, house: Property, code_id: int, actor: str, now: datetime) -> bool:
    """Withdraw a code; what it opened stays as it is. Commits. Returns whether the house has such a code."""
    code = session.scalar(
        select(PartnerCode).where(PartnerCode.property_id == house.id, PartnerCode.id == code_id)
    )
    if code is None:
        return False
    if code.withdrawn_at is None:
        code.withdrawn_at = now
        _record(code, "withdraw_code", actor, now)
    session.commit()
    return True


def list_codes(house: Property, *, now: datetime) -> tuple[CodeCard, ...]:
    """Return every code of the house, the newest first; two queries."""
    codes = session.scalars(
        select(PartnerCode).where(PartnerCode.property_id == house.id).order_by(PartnerCode.id.desc())
    ).all()
    uses = _uses([code.id for code in codes], now)
    return tuple(
        CodeCard(
            id=code.id,
            partner=code.partner,
            code=code.code,
            bracket=code.bracket,
            cap=Money(code.cap_minor, house.currency) if code.cap_minor is not None else None,
            uses=uses.get(code.id, 0) + code.erased_uses,
            most_uses=code.most_uses,
            valid_until=code.valid_until,
            is_withdrawn=code.withdrawn_at is not None,
        )
        for code in codes
    )


def find_usable(*, house: Property, text: str, today: date, now: datetime) -> PartnerCode:
    """Return the code that somebody typed, blanks and small letters forgiven. Raises: CodeNotUsable."""
    typed = "".join(mark for mark in text.upper() if mark.isalnum())
    code = session.scalar(
        select(PartnerCode).where(PartnerCode.property_id == house.id, PartnerCode.code == typed)
    )
    if code is None or code.withdrawn_at is not None:
        raise CodeNotUsable(Fault.UNKNOWN)
    if today > code.valid_until:
        raise CodeNotUsable(Fault.EXPIRED)
    if _uses([code.id], now).get(code.id, 0) + code.erased_uses >= code.most_uses:
        raise CodeNotUsable(Fault.USED_UP)
    return code


def use(booking: Booking, code_id: int, *, now: datetime) -> None:
    """Refuse a code that others have used up meanwhile; the row is locked until the caller commits.

    Raises: CodeNotUsable.
    """
    code = session.scalar(
        select(PartnerCode)
        .where(PartnerCode.property_id == booking.property_id, PartnerCode.id == code_id)
        .with_for_update()
    )
    if code is None or code.withdrawn_at is not None:
        raise CodeNotUsable(Fault.UNKNOWN)
    if _uses([code_id], now, besides=booking.id).get(code_id, 0) + code.erased_uses >= code.most_uses:
        raise CodeNotUsable(Fault.USED_UP)


def untie(booking: Booking) -> None:
    """Forget which code opened a stay, for it tells the rung; that it was used is kept, in the caller's transaction."""
    found = session.get(StaySupport, booking.id)
    if found is None or found.partner_code_id is None:
        return
    if booking.status not in ENDED:
        code = session.get_one(PartnerCode, found.partner_code_id, with_for_update=True)
        code.erased_uses += 1
    found.partner_code_id = None


def _uses(code_ids: Sequence[int], now: datetime, besides: int | None = None) -> dict[int, int]:
    """Count the stays that each code has opened and that have not ended before they began."""
    rows = session.execute(
        select(StaySupport.partner_code_id, func.count())
        .join(Booking, Booking.id == StaySupport.booking_id)
        .where(
            StaySupport.partner_code_id.in_(code_ids),
            Booking.status.not_in(ENDED),
            or_(Booking.lapses_at.is_(None), Booking.lapses_at > now),
            Booking.id != (besides or 0),
        )
        .group_by(StaySupport.partner_code_id)
    )
    return {code_id: count for code_id, count in rows if code_id is not None}


def _record(code: PartnerCode, verb: str, actor: str, now: datetime) -> None:
    record(
        property_id=code.property_id, actor=actor, verb=verb, noun="partner_code", noun_id=code.id, now=now
    )
