"""Look after payments by themselves: what a notification missed, what a crash left, what time has ended.

The webhooks may be silent for a day: this sweep alone reaches the same end (payments 8.33).
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.database import session
from app.gateways.payments import PaymentRefused, PaymentUnclear
from app.models import AttemptState, Booking, Folio, FolioLine, PaymentAttempt
from app.models.payment import LIVE_STATES
from app.services.bookings.statuses import HOLDING
from app.services.payments.applying import ERRANDS, lock_attempt
from app.services.payments.following import OVER, PATIENCE, RELEASE_AHEAD
from app.services.payments.looking import look
from app.services.payments.processor import Processor
from app.services.payments.telling import tell_desk_once

log = logging.getLogger(__name__)

READ_EVERY = timedelta(minutes=10)
READ_HELD_EVERY = timedelta(hours=1)
READ_WITH_FAULT_FOR = timedelta(days=1)
MOST_OF_A_SWEEP = 100
MOST_UNANSWERED = 3


def recheck(*, processor: Processor, now: datetime) -> int:
    """Look at every attempt that is due, and return how many; commits each by itself.

    Stops when the processor does not answer: everybody else would wait for the same closed door.
    """
    due = session.scalars(
        select(PaymentAttempt.id)
        .join(Booking, Booking.id == PaymentAttempt.booking_id)
        .where(or_(_is_to_read(now), _is_to_follow(now)))
        .order_by(PaymentAttempt.checked_at, PaymentAttempt.id)
        .limit(MOST_OF_A_SWEEP)
    ).all()
    session.commit()
    unanswered = 0
    for attempt_id in due:
        unanswered += not _attend(processor, attempt_id, now)
        if unanswered >= MOST_UNANSWERED:
            break
    return len(due)


def _attend(processor: Processor, attempt_id: int, now: datetime) -> bool:
    """Look at one attempt; tell whether the processor answered."""
    try:
        look(processor=processor, attempt_id=attempt_id, now=now)
    except PaymentUnclear as unclear:
        log.warning("attempt %s could not be read: %s", attempt_id, unclear)
        return False
    except PaymentRefused as refusal:
        _note_unreadable(attempt_id, refusal, now)
    except Exception:  # one odd attempt must not keep the others waiting
        session.rollback()
        log.exception("attempt %s could not be applied", attempt_id)
    return True


def _note_unreadable(attempt_id: int, refusal: PaymentRefused, now: datetime) -> None:
    """Tell the desk of an attempt that the processor does not know: its account may have been changed."""
    log.warning("attempt %s cannot be read: %s", attempt_id, refusal.code)
    attempt, booking = lock_attempt(attempt_id)
    attempt.checked_at = now
    tell_desk_once(attempt, booking, f"unreadable: {refusal.code}", now)
    session.commit()


def _is_to_read(now: datetime) -> ColumnElement[bool]:
    """Read open pages now and then, and as soon as their time or their booking is over."""
    state, checked_at, expires_at = PaymentAttempt.state, PaymentAttempt.checked_at, PaymentAttempt.expires_at
    is_just_over = or_(
        and_(expires_at <= now, checked_at < expires_at),
        and_(Booking.status.in_(OVER), checked_at < Booking.ended_at),
    )
    is_worth_it = or_(PaymentAttempt.fault == "", expires_at > now - READ_WITH_FAULT_FOR)
    return or_(
        and_(state.in_(LIVE_STATES), is_worth_it, or_(is_just_over, checked_at <= now - READ_EVERY)),
        and_(state == AttemptState.AUTHORISED, checked_at <= now - READ_HELD_EVERY),
    )


def _is_to_follow(now: datetime) -> ColumnElement[bool]:
    state = PaymentAttempt.state
    balance = (
        select(func.coalesce(func.sum(FolioLine.amount_minor), 0))
        .join(Folio, Folio.id == FolioLine.folio_id)
        .where(Folio.booking_id == Booking.id)
        .scalar_subquery()
    )
    is_lapsed = and_(Booking.status.in_(HOLDING), Booking.lapses_at <= now)
    return or_(
        and_(
            state == AttemptState.AUTHORISED,
            or_(
                Booking.status.not_in(HOLDING),
                is_lapsed,
                PaymentAttempt.capture_before <= now + RELEASE_AHEAD,
            ),
        ),
        and_(state.in_(ERRANDS), PaymentAttempt.checked_at <= now - PATIENCE),
        and_(
            state == AttemptState.PAID,
            PaymentAttempt.fault == "",
            or_(Booking.status.in_(OVER), is_lapsed),
            balance < 0,
        ),
    )
