"""Do with the card what became of the booking: capture, release, refund; decided under a lock, called outside it.

`capturing`, `releasing` and `refunding` are written by a conditional UPDATE and committed before the call, so that
exactly one of them wins, and a process that dies in between leaves an errand that a sweep takes up again.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from app.database import session
from app.gateways.payments import PaymentRefused, PaymentState, PaymentUnclear
from app.models import AttemptState, Booking, BookingStatus, PaymentAttempt
from app.services import bookings, folios
from app.services.bookings.statuses import HOLDING
from app.services.payments.applying import ERRANDS, apply, lock_attempt
from app.services.payments.attempts import remember
from app.services.payments.processor import Processor, Reading, read_intent, with_refunds
from app.services.payments.telling import tell_desk_once, tell_failed

log = logging.getLogger(__name__)

RELEASE_AHEAD = timedelta(hours=12)
PATIENCE = timedelta(minutes=2)
OVER = (
    BookingStatus.CANCELLED,
    BookingStatus.DECLINED,
    BookingStatus.EXPIRED,
    BookingStatus.NO_SHOW,
)
KEPT_OTHERWISE = "idempotency_error"


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be asked of the processor for an attempt, in plain values."""

    attempt_id: int
    public_id: str
    intent_id: str
    deed: AttemptState
    amount_minor: int


def follow(*, processor: Processor, attempt_id: int, now: datetime) -> bool:
    """Take and run the errand that a booking has for its card, if any; tell whether there was one. Commits.

    An unclear answer leaves the errand to the next sweep. Raises: nothing that the processor says.
    """
    errand = _take_errand(attempt_id, now)
    if errand is None:
        return False
    try:
        reading = _run(processor, errand, now)
    except PaymentUnclear as unclear:
        log.warning("%s of attempt %s is unclear: %s", errand.deed, errand.public_id, unclear)
        return True
    except PaymentRefused as refusal:
        log.warning("%s of attempt %s was refused: %s", errand.deed, errand.public_id, refusal.code)
        _note_refusal(processor, errand, refusal, now)
        return True
    apply(processor=processor, attempt_id=attempt_id, reading=reading, now=now)
    return True


def _take_errand(attempt_id: int, now: datetime) -> Errand | None:
    """Decide under the lock, write the decision only where nobody else has, and commit it before any call."""
    attempt, booking = lock_attempt(attempt_id)
    deed = _decide(attempt, booking, now)
    errand = None
    if deed is not None and attempt.intent_id is not None and _write(attempt, deed, now):
        amount = min(attempt.amount_minor, abs(folios.balance(booking).minor))
        errand = Errand(attempt.id, attempt.public_id, attempt.intent_id, deed, amount)
    session.commit()
    return errand


def _decide(attempt: PaymentAttempt, booking: Booking, now: datetime) -> AttemptState | None:
    """Return what the booking means for its card now, or None where nothing is to be done."""
    if _has_busy_sibling(attempt):
        return None
    is_over = booking.status in OVER or bookings.is_lapsed(booking, now)
    is_waiting = booking.status in HOLDING and not is_over
    owed = folios.balance(booking).minor
    match attempt.state:
        case AttemptState.AUTHORISED if is_waiting:
            return AttemptState.RELEASING if _ends_soon(attempt, now) else None
        case AttemptState.AUTHORISED | AttemptState.CAPTURING:
            return AttemptState.CAPTURING if owed > 0 else AttemptState.RELEASING
        case AttemptState.PAID if attempt.fault == "" and is_over and owed < 0:
            return AttemptState.REFUNDING
        case AttemptState.RELEASING | AttemptState.REFUNDING:
            return AttemptState(attempt.state)
        case _:
            return None


def _write(attempt: PaymentAttempt, deed: AttemptState, now: datetime) -> bool:
    """Write the deed where the state is still the one decided upon; an errand under way is left to who runs it."""
    found = update(PaymentAttempt).where(
        PaymentAttempt.id == attempt.id, PaymentAttempt.state == attempt.state
    )
    if attempt.state in ERRANDS:
        found = found.where(PaymentAttempt.checked_at <= now - PATIENCE)
    elif deed != attempt.state:
        remember(attempt, str(deed), now=now)
    written = session.execute(found.values(state=deed, checked_at=now))
    return bool(written.rowcount == 1)  # type: ignore[attr-defined]  # an UPDATE has one


def _has_busy_sibling(attempt: PaymentAttempt) -> bool:
    """Tell whether another attempt of the booking is moving money: what is owed is known when it is done."""
    sibling = select(PaymentAttempt.id).where(
        PaymentAttempt.booking_id == attempt.booking_id,
        PaymentAttempt.id != attempt.id,
        PaymentAttempt.state.in_((AttemptState.CAPTURING, AttemptState.REFUNDING)),
    )
    return session.scalar(sibling.limit(1)) is not None


def _ends_soon(attempt: PaymentAttempt, now: datetime) -> bool:
    return attempt.capture_before is not None and attempt.capture_before - RELEASE_AHEAD <= now


def _run(processor: Processor, errand: Errand, now: datetime) -> Reading:
    gateway, intent_id = processor.gateway, errand.intent_id
    match errand.deed:
        case AttemptState.CAPTURING:
            key = processor.key_of_the_hour(errand.public_id, "capture", now)
            return with_refunds(
                gateway, gateway.capture(intent_id, amount_minor=errand.amount_minor, key=key)
            )
        case AttemptState.RELEASING:
            key = processor.key_of_the_hour(errand.public_id, "release", now)
            return Reading(gateway.release(intent_id, key=key))
        case _:
            # A key is forgotten after a day; by then whoever takes the errand up again has read what went back.
            key = processor.key(errand.public_id, "refund")
            gateway.refund(intent_id, amount_minor=errand.amount_minor, reference=errand.public_id, key=key)
            return read_intent(gateway, intent_id)


def _note_refusal(processor: Processor, errand: Errand, refusal: PaymentRefused, now: datetime) -> None:
    """Look where the money is after a refusal: the deed may be done already, or is not possible any more."""
    if refusal.code == KEPT_OTHERWISE:  # an earlier answer stands under this key: it shows, or is forgotten
        return
    try:
        reading = read_intent(processor.gateway, errand.intent_id)
    except (PaymentRefused, PaymentUnclear):
        return
    apply(processor=processor, attempt_id=errand.attempt_id, reading=reading, now=now)
    attempt, booking = lock_attempt(errand.attempt_id)
    if attempt.state == AttemptState.CAPTURING and reading.snapshot.state is PaymentState.AUTHORISED:
        # The booking stands and is to be paid in another way; the sum set aside goes back with the next errand.
        attempt.state, attempt.fault = AttemptState.RELEASING, f"capture: {refusal.code}"
        tell_failed(booking, now)
    elif attempt.state == AttemptState.REFUNDING:
        attempt.state = AttemptState.PAID
        tell_desk_once(attempt, booking, f"refund: {refusal.code}", now)
    elif attempt.state == AttemptState.RELEASING:
        tell_desk_once(attempt, booking, f"release: {refusal.code}", now)
    session.commit()
