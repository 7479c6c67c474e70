"""Payments: taken at the desk or by card, undone by their opposite."""

from __future__ import annotations

from datetime import datetime

from app.database import session
from app.models import Booking, FolioLine, LineKind, PaymentMethod
from app.services.events import record
from app.services.folios.account import NoFolio, find_folio, list_lines, new_line, reverse_line
from pricing.money import Money

AT_THE_DESK = (PaymentMethod.CASH, PaymentMethod.CHEQUE, PaymentMethod.HOLIDAY_VOUCHER)


class AmountNotPositive(ValueError):
    """A payment is more than nothing."""


def take_payment(
    *,
    booking: Booking,
    method: PaymentMethod,
    amount: Money,
    actor: str,
    now: datetime,
    note: str = "",
    provider_reference: str | None = None,
) -> FolioLine:
    """Post a payment in the caller's transaction. Raises: NoFolio, AmountNotPositive."""
    return _post(booking, method, amount, -1, "take_payment", actor, now, note, provider_reference)


def give_back(
    *, booking: Booking, amount: Money, actor: str, now: datetime, provider_reference: str
) -> FolioLine:
    """Post what went back to a card, in the caller's transaction. Raises: NoFolio, AmountNotPositive."""
    return _post(booking, PaymentMethod.CARD, amount, 1, "give_back", actor, now, "", provider_reference)


def _post(
    booking: Booking,
    method: PaymentMethod,
    amount: Money,
    sign: int,
    verb: str,
    actor: str,
    now: datetime,
    note: str,
    provider_reference: str | None,
) -> FolioLine:
    if amount.minor <= 0:
        raise AmountNotPositive(amount.minor)
    folio = find_folio(booking)
    if folio is None:
        raise NoFolio(booking.reference)
    line = new_line(folio, LineKind.PAYMENT, method, sign * amount.minor, actor=actor, now=now, note=note)
    line.provider_reference = provider_reference
    session.add(line)
    session.flush()
    record(
        property_id=booking.property_id, actor=actor, verb=verb, noun="folio_line", noun_id=line.id, now=now
    )
    return line


def take_payment_at_desk(
    *, booking: Booking, method: PaymentMethod, amount: Money, actor: str, now: datetime, note: str = ""
) -> FolioLine:
    """Post what was paid at the counter. Commits. Raises: NoFolio, AmountNotPositive, ValueError for a card."""
    if method not in AT_THE_DESK:
        raise ValueError(f"{method} is not taken at the desk")
    line = take_payment(booking=booking, method=method, amount=amount, actor=actor, now=now, note=note)
    session.commit()
    return line


def reverse_payment(*, booking: Booking, line_id: int, actor: str, now: datetime, note: str) -> FolioLine:
    """Undo a payment entered at the desk by its opposite, with a reason. Commits. Raises: LineReversed."""
    session.refresh(booking, with_for_update=True)  # two who reverse one line at once: the second must see it
    line = next((line for line in list_lines(booking) if line.id == line_id), None)
    if line is None or line.kind != LineKind.PAYMENT or line.code not in AT_THE_DESK:
        raise NoFolio(booking.reference)
    opposite = reverse_line(line, actor=actor, now=now, note=note)
    record(
        property_id=booking.property_id,
        actor=actor,
        verb="reverse",
        noun="folio_line",
        noun_id=line.id,
        now=now,
    )
    session.commit()
    return opposite
