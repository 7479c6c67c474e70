"""Believe a payment only when it is the one that was asked for: attempt, installation, mode, currency, amount."""

from __future__ import annotations

from app.gateways.payments import PaymentState, Snapshot
from app.models import Booking, PaymentAttempt
from app.services.payments.processor import Processor


def find_mismatch(
    attempt: PaymentAttempt, booking: Booking, snapshot: Snapshot, processor: Processor
) -> str | None:
    """Return what does not fit, in one word, or None when the snapshot is this attempt's payment."""
    said = snapshot.metadata
    fits = {
        "attempt": said.get("attempt") == attempt.public_id,
        "booking": said.get("booking") == booking.reference,
        "environment": said.get("env") == processor.environment,
        "mode": snapshot.is_live == processor.gateway.is_live,
        "currency": snapshot.currency == attempt.currency,
        "session": snapshot.session_id in (None, attempt.session_id) or attempt.session_id is None,
        "intent": snapshot.intent_id in (None, attempt.intent_id) or attempt.intent_id is None,
        "amount": _has_right_amount(attempt, snapshot),
    }
    return next((name for name, is_right in fits.items() if not is_right), None)


def _has_right_amount(attempt: PaymentAttempt, snapshot: Snapshot) -> bool:
    """Compare what moved; of a sum set aside, a part may be captured, never more."""
    match snapshot.state:
        case PaymentState.AUTHORISED:
            return attempt.is_captured_later and snapshot.authorised_minor == attempt.amount_minor
        case PaymentState.PAID if attempt.is_captured_later:
            return 0 < snapshot.received_minor <= attempt.amount_minor
        case PaymentState.PAID:
            return snapshot.received_minor == attempt.amount_minor
        case _:
            return True
