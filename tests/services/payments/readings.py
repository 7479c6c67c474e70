"""What the processor would say, and what a guest can be told after a payment."""

from __future__ import annotations

from app.gateways.payments import PaymentState, Snapshot
from app.models import Booking
from tests.services.payments.conftest import (
    TONIGHT,
    attempts_of,
)

LATER = [  # what a guest can be told after a payment
    ("request", {}, "requested", "authorised", ["request_received", "desk_request"]),
    ("instant", {"stay": TONIGHT}, "confirmed", "paid", ["booking_confirmed"]),
]


def paid_snapshot(booking: Booking) -> Snapshot:
    """Return what the processor would say of the booking's attempt once it is paid."""
    (attempt,) = attempts_of(booking)
    return Snapshot(
        state=PaymentState.PAID,
        currency="EUR",
        session_id=attempt.session_id,
        intent_id=attempt.intent_id or "pi_1",
        charge_id="ch_1",
        received_minor=attempt.amount_minor,
        metadata=dict(attempt.parameters["metadata"]),
    )
