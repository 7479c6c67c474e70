"""Read Stripe's objects into snapshots: the state is what the money did, not what the latest event said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.gateways.payments import PaymentState, RefundSnapshot, RefundState, Snapshot

if TYPE_CHECKING:
    import stripe
    from stripe.checkout import Session

_INTENT_STATES = {
    "succeeded": PaymentState.PAID,
    "requires_capture": PaymentState.AUTHORISED,
    "processing": PaymentState.PROCESSING,
}
# How a session ended when no money moved through it.
_ENDED_SESSIONS = {"expired": PaymentState.EXPIRED, "complete": PaymentState.FAILED}
_REFUND_STATES = {
    "succeeded": RefundState.SUCCEEDED,
    "failed": RefundState.FAILED,
    "canceled": RefundState.FAILED,
}


def read_session(session: Session) -> Snapshot:
    """Read a session whose `payment_intent.latest_charge` is expanded; until the first try it has none."""
    intent = session.payment_intent
    if intent is None or isinstance(intent, str):
        paid = Snapshot(state=PaymentState.OPEN, currency=(session.currency or "").upper())
    else:
        paid = read_intent(intent)
    state = paid.state
    if state is PaymentState.OPEN:  # money has the last word; the session tells how it ended without any
        state = _ENDED_SESSIONS.get(session.status or "", state)
    return replace(
        paid,
        state=state,
        session_id=session.id,
        is_live=session.livemode,
        metadata=_plain(session.metadata),
    )


def read_intent(intent: stripe.PaymentIntent) -> Snapshot:
    """Read an intent whose `latest_charge` is expanded."""
    found = intent.latest_charge
    charge = None if found is None or isinstance(found, str) or found.status == "failed" else found
    card = charge.payment_method_details.card if charge and charge.payment_method_details else None
    return Snapshot(
        state=_state_of(intent, charge),
        currency=intent.currency.upper(),
        intent_id=intent.id,
        charge_id=charge.id if charge else None,
        authorised_minor=intent.amount_capturable,
        received_minor=intent.amount_received,
        refunded_minor=_refunded_minor(charge),
        capture_before=_instant(getattr(card, "capture_before", None)),
        card_brand=(card and card.brand) or "",
        card_last4=(card and card.last4) or "",
        is_live=intent.livemode,
        metadata=_plain(intent.metadata),
    )


def read_refund(refund: stripe.Refund) -> RefundSnapshot:
    """Read a refund; what is neither done nor failed is pending."""
    return RefundSnapshot(
        refund_id=refund.id,
        intent_id=refund.payment_intent if isinstance(refund.payment_intent, str) else "",
        state=_REFUND_STATES.get(refund.status or "", RefundState.PENDING),
        amount_minor=refund.amount,
        currency=refund.currency.upper(),
        reference=_plain(refund.metadata).get("refund", ""),
    )


def _state_of(intent: stripe.PaymentIntent, charge: stripe.Charge | None) -> PaymentState:
    if intent.status == "canceled":
        return PaymentState.RELEASED if charge else PaymentState.EXPIRED
    return _INTENT_STATES.get(intent.status, PaymentState.OPEN)


def _refunded_minor(charge: stripe.Charge | None) -> int:
    """Return what went back of what was taken: Stripe also counts as refunded what it never captured."""
    if charge is None:
        return 0
    never_taken = charge.amount - charge.amount_captured
    return max(0, charge.amount_refunded - never_taken)


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _plain(metadata: stripe.StripeObject | None) -> dict[str, str]:
    return {} if metadata is None else dict(metadata.to_dict())
