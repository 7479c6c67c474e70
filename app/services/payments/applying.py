"""Apply what the processor says of a payment to attempt, booking and account: one function, whoever asks.

Webhook sweep, return page and re-check all come here with a reading that is fresh. What is applied already changes
nothing; an attempt never moves back, for money has the last word.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from app.database import session
from app.gateways.payments import PaymentState, Snapshot
from app.models import AttemptState, Booking, PaymentAttempt, PaymentMethod
from app.models.payment import LIVE_STATES
from app.services import folios
from app.services.bookings.statuses import HOLDING
from app.services.payments.attempts import remember
from app.services.payments.matching import find_mismatch
from app.services.payments.processor import Processor, Reading
from app.services.payments.refunds import post_refunds
from app.services.payments.settling import STILL_MEANT, give_up_waiting, settle
from app.services.payments.telling import tell_desk, tell_desk_once, tell_failed
from pricing.money import Money

log = logging.getLogger(__name__)

BEFORE_MONEY = (*LIVE_STATES, AttemptState.EXPIRED, AttemptState.FAILED)
BEFORE_CAPTURE = (*BEFORE_MONEY, AttemptState.AUTHORISED, AttemptState.CAPTURING, AttemptState.RELEASING)
ERRANDS = (AttemptState.CAPTURING, AttemptState.RELEASING, AttemptState.REFUNDING)
SET_ASIDE = (AttemptState.AUTHORISED, AttemptState.CAPTURING, AttemptState.RELEASING)


def apply(*, processor: Processor, attempt_id: int, reading: Reading, now: datetime) -> None:
    """Apply a fresh reading in one transaction: attempt, account, booking, letters. Commits.

    A payment that is not the one asked for changes nothing, and the desk is told once.
    """
    attempt, booking = lock_attempt(attempt_id)
    if attempt.state not in ERRANDS:  # an errand counts its patience from when it was sent out
        attempt.checked_at = now
    mismatch = find_mismatch(attempt, booking, reading.snapshot, processor)
    if mismatch is None:
        _learn(attempt, reading.snapshot)
        _MOVES[reading.snapshot.state](attempt, booking, reading.snapshot, now)
        post_refunds(attempt, booking, reading, now)
    else:
        log.warning("a payment does not fit attempt %s: %s", attempt.public_id, mismatch)
        tell_desk_once(attempt, booking, f"mismatch: {mismatch}", now)
    session.commit()


def lock_attempt(attempt_id: int) -> tuple[PaymentAttempt, Booking]:
    """Keep others from a booking and its attempt until the commit; the booking first, always."""
    booking_id = session.scalars(
        select(PaymentAttempt.booking_id).where(PaymentAttempt.id == attempt_id)
    ).one()
    booking = session.get_one(Booking, booking_id, with_for_update=True, populate_existing=True)
    attempt = session.get_one(PaymentAttempt, attempt_id, with_for_update=True, populate_existing=True)
    return attempt, booking


def _learn(attempt: PaymentAttempt, snapshot: Snapshot) -> None:
    attempt.session_id = attempt.session_id or snapshot.session_id
    attempt.intent_id = attempt.intent_id or snapshot.intent_id
    attempt.capture_before = snapshot.capture_before or attempt.capture_before


def _wait(_attempt: PaymentAttempt, _booking: Booking, _snapshot: Snapshot, _now: datetime) -> None:
    """Leave everything: the guest may still pay, also after a declined card."""


def _end(attempt: PaymentAttempt, booking: Booking, snapshot: Snapshot, now: datetime) -> None:
    """End an attempt through which no money came, and let the nights go at the time of the hold."""
    if attempt.state in LIVE_STATES:
        is_failed = snapshot.state is PaymentState.FAILED
        attempt.state = AttemptState.FAILED if is_failed else AttemptState.EXPIRED
        remember(attempt, "expire_payment", now=now)
        give_up_waiting(booking)


def _set_aside(attempt: PaymentAttempt, booking: Booking, _snapshot: Snapshot, now: datetime) -> None:
    """Note that the bank keeps the sum for the house, and make the order a request."""
    if attempt.state in BEFORE_MONEY:
        attempt.state, attempt.fault = AttemptState.AUTHORISED, ""
        remember(attempt, "authorise_payment", now=now)
        settle(attempt, booking, now)


def _take(attempt: PaymentAttempt, booking: Booking, snapshot: Snapshot, now: datetime) -> None:
    """Post the money that was taken, once, and let the order stand."""
    if attempt.state not in BEFORE_CAPTURE:
        return
    is_new = attempt.state in BEFORE_MONEY
    attempt.state, attempt.fault = AttemptState.PAID, ""
    remember(attempt, "pay", now=now)
    folios.find_or_open(booking, now=now)
    folios.take_payment(
        booking=booking,
        method=PaymentMethod.CARD,
        amount=Money(snapshot.received_minor, snapshot.currency),
        actor="system",
        now=now,
        provider_reference=snapshot.charge_id or snapshot.intent_id,
    )
    if is_new:
        settle(attempt, booking, now)
    elif (
        booking.status in HOLDING
    ):  # captured by somebody in the processor's rooms: the desk has not said yes
        tell_desk(booking, now)


def _let_go(attempt: PaymentAttempt, booking: Booking, _snapshot: Snapshot, now: datetime) -> None:
    """Note that the bank gives the sum back to the guest's disposal, meant or not."""
    if attempt.state not in SET_ASIDE:
        return
    is_meant = attempt.state == AttemptState.RELEASING or booking.status not in STILL_MEANT
    attempt.state = AttemptState.RELEASED if is_meant else AttemptState.FAILED
    remember(attempt, "release_payment", now=now)
    if not is_meant:
        tell_failed(booking, now)


_MOVES: dict[PaymentState, Callable[[PaymentAttempt, Booking, Snapshot, datetime], None]] = {
    PaymentState.OPEN: _wait,
    PaymentState.PROCESSING: _wait,
    PaymentState.EXPIRED: _end,
    PaymentState.FAILED: _end,
    PaymentState.AUTHORISED: _set_aside,
    PaymentState.PAID: _take,
    PaymentState.RELEASED: _let_go,
}
