"""Post what went back to a card: each refund once, whether we asked for it or somebody in the processor's rooms did."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from sqlalchemy import select

from app.database import session
from app.gateways.payments import RefundSnapshot, RefundState
from app.models import AttemptState, Booking, FolioLine, PaymentAttempt
from app.services import folios, fund
from app.services.payments.attempts import remember
from app.services.payments.processor import Reading
from app.services.payments.telling import tell_desk_once
from pricing.money import Money

TAKEN = (AttemptState.PAID, AttemptState.REFUNDING, AttemptState.REFUNDED)


def post_refunds(attempt: PaymentAttempt, booking: Booking, reading: Reading, now: datetime) -> None:
    """Post the refunds of a payment that was taken, and undo the posting of one that failed at the bank."""
    if attempt.state not in TAKEN:
        return
    failed = [refund for refund in reading.refunds if refund.state is RefundState.FAILED]
    for refund in reading.refunds:
        if refund not in failed:
            _post(booking, refund, now)
    for refund in failed:
        _undo(attempt, booking, refund, now)
    is_ours = any(refund.reference == attempt.public_id for refund in reading.refunds if refund not in failed)
    is_all = 0 < reading.snapshot.received_minor == reading.snapshot.refunded_minor
    if attempt.state != AttemptState.REFUNDED and (is_ours or is_all):
        attempt.state = AttemptState.REFUNDED
        remember(attempt, "refund_payment", now=now)


def _post(booking: Booking, refund: RefundSnapshot, now: datetime) -> None:
    if _find_line(refund) is None:
        folios.give_back(
            booking=booking,
            amount=Money(refund.amount_minor, refund.currency),
            actor="system",
            now=now,
            provider_reference=refund.refund_id,
        )


def _undo(attempt: PaymentAttempt, booking: Booking, refund: RefundSnapshot, now: datetime) -> None:
    line = _find_line(refund)
    if line is not None:
        with suppress(folios.LineReversed):
            folios.reverse_line(line, actor="system", now=now)
            fund.settle(booking, actor="system", now=now)
    attempt.state = AttemptState.PAID
    tell_desk_once(attempt, booking, f"refund failed: {refund.refund_id}", now)


def _find_line(refund: RefundSnapshot) -> FolioLine | None:
    return session.scalar(select(FolioLine).where(FolioLine.provider_reference == refund.refund_id))
