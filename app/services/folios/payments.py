"""Payments: taken at the desk or by card, given back in the same way, undone by their opposite."""

from __future__ import annotations

from datetime import datetime

from app.database import session
from app.models import Booking, FolioLine, LineKind, PaymentMethod
from app.services import fund
from app.services.events import record
from app.services.folios.account import (
    LineReversed,
    NoFolio,
    balance,
    find_folio,
    list_lines,
    new_line,
    reverse_line,
)
from pricing.money import Money

AT_THE_DESK = (PaymentMethod.CASH, PaymentMethod.CHEQUE, PaymentMethod.HOLIDAY_VOUCHER)
BACK_AT_THE_DESK = (PaymentMethod.CASH, PaymentMethod.CHEQUE)  # a voucher is not turned into money


class AmountNotPositive(ValueError):
    """A payment is more than nothing."""


class MoreThanPaid(ValueError):
    """More than is owed to the guest, or than came in by this means and has not gone back."""


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
    fund.settle(booking, actor=actor, now=now)
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


def paid_by(booking: Booking, method: str) -> Money:
    """Return what came in by a means and has not gone back."""
    minor = -sum(
        line.amount_minor
        for line in list_lines(booking)
        if line.kind == LineKind.PAYMENT and line.code == method
    )
    return Money(minor, booking.currency)


def repayable(booking: Booking) -> dict[PaymentMethod, Money]:
    """Return the most that the desk can give back by each means: what is owed, and no more than came in by it."""
    owed = -balance(booking)
    most = {method: min(owed, paid_by(booking, method)) for method in BACK_AT_THE_DESK}
    return {method: amount for method, amount in most.items() if amount.minor > 0}


def repay_at_desk(
    *, booking: Booking, method: PaymentMethod, amount: Money, actor: str, now: datetime, note: str = ""
) -> FolioLine:
    """Give money back at the counter as it was paid: a new line, whatever stood before stays. Commits.

    Raises: MoreThanPaid (also for a means by which nothing goes back), AmountNotPositive, NoFolio.
    """
    session.refresh(booking, with_for_update=True)  # two who give back at once: the second must see it
    most = repayable(booking).get(method)
    if most is None or amount > most:
        raise MoreThanPaid(booking.reference)
    line = _post(booking, method, amount, 1, "repay", actor, now, note, None)
    session.commit()
    return line


def is_undoable(booking: Booking, line: FolioLine) -> bool:
    """Tell whether the opposite of a desk payment may be posted: not of what has gone back to the guest already."""
    return line.amount_minor > 0 or (paid_by(booking, line.code).minor + line.amount_minor) >= 0


def reverse_payment(*, booking: Booking, line_id: int, actor: str, now: datetime, note: str) -> FolioLine:
    """Undo a payment entered at the desk, or one given back there, by its opposite, with a reason. Commits.

    Raises: LineReversed, also when the money has gone back to the guest already.
    """
    session.refresh(booking, with_for_update=True)  # two who reverse one line at once: the second must see it
    line = next((line for line in list_lines(booking) if line.id == line_id), None)
    if line is None or line.kind != LineKind.PAYMENT or line.code not in AT_THE_DESK:
        raise NoFolio(booking.reference)
    if not is_undoable(booking, line):
        raise LineReversed(line.id)
    opposite = reverse_line(line, actor=actor, now=now, note=note)
    record(
        property_id=booking.property_id,
        actor=actor,
        verb="reverse",
        noun="folio_line",
        noun_id=line.id,
        now=now,
    )
    fund.settle(booking, actor=actor, now=now)
    session.commit()
    return opposite
