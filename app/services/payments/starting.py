"""Lead the guest to the processor's page: freeze, commit, call, remember where it is (payments 4.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from app.database import session
from app.gateways.payments import CheckoutRequest, PaymentRefused, PaymentUnclear, StartedSession
from app.models import AttemptState, Booking, BookingStatus, PaymentAttempt, Property
from app.services import bookings
from app.services.bookings.statuses import lock
from app.services.payments.attempts import (
    CardNotOffered,
    PaymentPage,
    amount_due,
    find_live,
    freeze,
    is_reusable,
    refuse_too_many,
)
from app.services.payments.looking import close
from app.services.payments.processor import Processor


@dataclass(frozen=True, slots=True)
class Frozen:
    """An attempt in plain values: no transaction is open while the processor is called."""

    attempt_id: int
    public_id: str
    parameters: dict[str, Any]
    url: str | None
    is_reused: bool


def start(
    *,
    processor: Processor,
    house: Property,
    booking: Booking,
    page: PaymentPage,
    most_per_contact: int,
    now: datetime,
) -> str:
    """Return the address of the page on which the guest pays; the same page again for a double click.

    Commits before and after the call. A definite refusal ends the attempt, and an older one is followed by a new
    one at once; after an unclear answer the next try repeats the same bytes under the same key.

    Raises: CardNotOffered (also when the money has come meanwhile), TooManyAttempts, HoldExpired,
    TooManyRequests, PaymentRefused, PaymentUnclear.
    """
    frozen = _reuse_or_freeze(processor, house, booking, page, most_per_contact, now)
    try:
        return _open(processor, frozen)
    except PaymentRefused:
        if not frozen.is_reused:
            raise
    return _open(processor, _reuse_or_freeze(processor, house, booking, page, most_per_contact, now))


def _reuse_or_freeze(
    processor: Processor,
    house: Property,
    booking: Booking,
    page: PaymentPage,
    most_per_contact: int,
    now: datetime,
) -> Frozen:
    reused = _find_reusable(booking, now)
    if reused is not None:
        return reused
    # Only one page may be open: the old one is closed first, and may turn out to be paid.
    close(processor=processor, booking_id=booking.id, now=now)
    lock(booking)
    due = amount_due(booking)
    if due is None:
        raise CardNotOffered(booking.reference)
    refuse_too_many(booking)
    if booking.status == BookingStatus.TENTATIVE:
        bookings.order(
            house=house,
            booking=booking,
            pays_by_card=True,
            link_minutes=0,
            most_per_contact=most_per_contact,
            now=now,
        )
    lock(booking)
    # Another window may have come this far in the meantime.
    attempt = find_live(booking)
    is_reused = attempt is not None
    if attempt is None:
        attempt = freeze(booking, due, page, environment=processor.environment, now=now)
    return _commit(attempt, is_reused=is_reused)


def _find_reusable(booking: Booking, now: datetime) -> Frozen | None:
    lock(booking)
    if booking.status == BookingStatus.TENTATIVE:
        bookings.refuse_lapsed(booking, now)
    attempt, due = find_live(booking), amount_due(booking)
    if attempt is not None and due is not None and is_reusable(attempt, due, now):
        return _commit(attempt, is_reused=True)
    session.commit()
    return None


def _commit(attempt: PaymentAttempt, *, is_reused: bool) -> Frozen:
    frozen = Frozen(attempt.id, attempt.public_id, dict(attempt.parameters), attempt.session_url, is_reused)
    session.commit()
    return frozen


def _open(processor: Processor, frozen: Frozen) -> str:
    if frozen.url is not None:
        return frozen.url
    request = CheckoutRequest(frozen.parameters, processor.key(frozen.public_id, "session"))
    try:
        started = processor.gateway.start(request)
    except PaymentRefused as refusal:
        _end(frozen, refusal)
        raise
    except PaymentUnclear:
        if (
            url := _find_page(frozen)
        ) is not None:  # a double click: the other one has been answered meanwhile
            return url
        raise
    _remember_page(frozen, started)
    return started.url


def _find_page(frozen: Frozen) -> str | None:
    url = session.scalar(select(PaymentAttempt.session_url).where(PaymentAttempt.id == frozen.attempt_id))
    session.commit()
    return url


def _remember_page(frozen: Frozen, started: StartedSession) -> None:
    """Store where the page is; a notification may have been quicker and moved the attempt on already."""
    found = update(PaymentAttempt).where(PaymentAttempt.id == frozen.attempt_id)
    session.execute(found.values(session_id=started.session_id, session_url=started.url))
    session.execute(found.where(PaymentAttempt.state == AttemptState.NEW).values(state=AttemptState.OPEN))
    session.commit()


def _end(frozen: Frozen, refusal: PaymentRefused) -> None:
    session.execute(
        update(PaymentAttempt)
        .where(PaymentAttempt.id == frozen.attempt_id, PaymentAttempt.state == AttemptState.NEW)
        .values(state=AttemptState.FAILED, fault=refusal.code or "refused")
    )
    session.commit()
