"""Look at the processor: read an attempt, close its page when its time is over, apply, and do what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.database import session
from app.models import AttemptState, Booking, PaymentAttempt
from app.models.payment import LIVE_STATES
from app.services.payments.applying import apply, lock_attempt
from app.services.payments.attempts import remember
from app.services.payments.following import OVER, follow
from app.services.payments.processor import Processor, Reading, read_intent, read_session, with_refunds
from app.services.payments.settling import give_up_waiting

FOLLOWED = (AttemptState.AUTHORISED, AttemptState.PAID)


@dataclass(frozen=True, slots=True)
class Sight:
    """What is to be looked at, in plain values: no transaction is open while the processor is called."""

    attempt_id: int
    session_id: str | None
    intent_id: str | None
    is_to_close: bool


def look(*, processor: Processor, attempt_id: int, now: datetime, is_given_up: bool = False) -> None:
    """Read one attempt, apply it, and do what follows for the card. Commits.

    The page of an attempt that was given up, whose time is over or whose booking has ended is closed first: only
    the processor can say that the guest was not quicker. Raises: PaymentUnclear, PaymentRefused.
    """
    sight = _see(attempt_id, now, is_given_up)
    reading = _read(processor, sight)
    if reading is not None:
        apply(processor=processor, attempt_id=attempt_id, reading=reading, now=now)
    elif sight.is_to_close:
        _end_unseen(attempt_id, now)
    follow(processor=processor, attempt_id=attempt_id, now=now)


def look_at_booking(*, processor: Processor, booking_id: int, now: datetime) -> None:
    """Look at what a booking has open at the processor: the guest has just come back from there. Commits.

    Raises: PaymentUnclear, PaymentRefused.
    """
    for attempt_id in _list_live(booking_id):
        look(processor=processor, attempt_id=attempt_id, now=now)


def follow_booking(*, processor: Processor, booking_id: int, now: datetime) -> None:
    """Do for the card what an answer, a cancellation or a payment at the desk means, after its commit. Commits."""
    attempts = session.scalars(
        select(PaymentAttempt.id)
        .where(PaymentAttempt.booking_id == booking_id, PaymentAttempt.state.in_(FOLLOWED))
        .order_by(PaymentAttempt.id)
    ).all()
    session.commit()
    for attempt_id in attempts:
        follow(processor=processor, attempt_id=attempt_id, now=now)


def close(*, processor: Processor, booking_id: int, now: datetime) -> None:
    """Close every page of a booking on which a guest could still pay. Commits.

    A page that turns out to be paid is applied instead. Raises: PaymentUnclear, PaymentRefused.
    """
    for attempt_id in _list_live(booking_id):
        look(processor=processor, attempt_id=attempt_id, now=now, is_given_up=True)


def _list_live(booking_id: int) -> list[int]:
    found = session.scalars(
        select(PaymentAttempt.id)
        .where(PaymentAttempt.booking_id == booking_id, PaymentAttempt.state.in_(LIVE_STATES))
        .order_by(PaymentAttempt.id)
    ).all()
    session.commit()
    return list(found)


def _see(attempt_id: int, now: datetime, is_given_up: bool) -> Sight:
    attempt = session.get_one(PaymentAttempt, attempt_id, populate_existing=True)
    booking = session.get_one(Booking, attempt.booking_id, populate_existing=True)
    is_live = attempt.state in LIVE_STATES
    is_over = is_given_up or attempt.expires_at <= now or booking.status in OVER
    sight = Sight(attempt.id, attempt.session_id, attempt.intent_id, is_live and is_over)
    session.commit()
    return sight


def _read(processor: Processor, sight: Sight) -> Reading | None:
    """Read the payment; None where nobody ever saw its page, so that nobody can have paid."""
    gateway = processor.gateway
    if sight.session_id is not None and sight.is_to_close:
        return with_refunds(gateway, gateway.expire(sight.session_id))
    if sight.session_id is not None:
        return read_session(gateway, sight.session_id)
    if sight.intent_id is not None:
        return read_intent(gateway, sight.intent_id)
    return None


def _end_unseen(attempt_id: int, now: datetime) -> None:
    attempt, booking = lock_attempt(attempt_id)
    if attempt.state == AttemptState.NEW and attempt.session_id is None:
        attempt.state, attempt.checked_at = AttemptState.EXPIRED, now
        remember(attempt, "expire_payment", now=now)
        give_up_waiting(booking)
    session.commit()
