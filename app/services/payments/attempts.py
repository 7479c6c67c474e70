"""Attempts to be paid: at most one open for a booking, frozen and committed before the processor is called."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from app.database import session
from app.gateways.stripe import checkout_params
from app.gateways.stripe.checkout import LARGEST_MINOR, SMALLEST_MINOR
from app.models import AttemptState, Booking, BookingStatus, PaymentAttempt
from app.models.payment import LIVE_STATES
from app.services import bookings, folios
from app.services.bookings.statuses import claims_of
from app.services.events import record
from pricing.money import Money

PAGE_LASTS = timedelta(minutes=35)
LOOK_LONGER = timedelta(minutes=10)
WORTH_REUSING = timedelta(minutes=10)
MOST_ATTEMPTS = 3  # the first, and two renewals of the hold (decision 4)
STANDING = (BookingStatus.CONFIRMED, BookingStatus.IN_HOUSE)
UNDER_WAY = (AttemptState.AUTHORISED, AttemptState.CAPTURING, AttemptState.REFUNDING)
PUBLIC_ID_BYTES = 12


class CardNotOffered(Exception):
    """This booking cannot be paid by card now: nothing is due, too little, too much, or it has ended."""


class TooManyAttempts(Exception):
    """The nights have been kept for a card as often as the house does; the other ways to pay remain."""


@dataclass(frozen=True, slots=True)
class PaymentPage:
    """What the processor's page shows and where it leads back to; names no person.

    `success_url` contains {CHECKOUT_SESSION_ID}, which nobody reads: the processor asks for it.
    """

    line_name: str
    success_url: str
    cancel_url: str


def amount_due(booking: Booking) -> Money | None:
    """Return what a card would be asked for: the agreed price and its tax, or the balance of a stay that stands.

    None where no card is taken: money is on its way already, the price is open, the booking waits for an answer or
    is over, or the sum is outside of what the processor takes.
    """
    if _is_money_under_way(booking):
        due: Money | None = None
    elif booking.status in STANDING:
        due = folios.balance(booking)
    elif booking.status == BookingStatus.TENTATIVE:
        price = bookings.price_of(booking)
        due = None if price is None else price + folios.tax_of(booking) + folios.beside_price(booking).total
    else:
        due = None
    return due if due is not None and SMALLEST_MINOR <= due.minor <= LARGEST_MINOR else None


def find_live(booking: Booking) -> PaymentAttempt | None:
    """Return the attempt of a booking that the guest may still pay, newest first."""
    return session.scalar(
        select(PaymentAttempt)
        .where(PaymentAttempt.booking_id == booking.id, PaymentAttempt.state.in_(LIVE_STATES))
        .order_by(PaymentAttempt.id.desc())
        .limit(1)
    )


def is_reusable(attempt: PaymentAttempt, due: Money, now: datetime) -> bool:
    """Tell whether an attempt asks for the right sum and leaves the guest enough time to pay it."""
    is_same = (attempt.amount_minor, attempt.currency) == (due.minor, due.currency)
    return is_same and now + WORTH_REUSING <= attempt.expires_at


def refuse_too_many(booking: Booking) -> None:
    """Refuse to renew the hold once more; a stay that stands may be paid as often as it takes.

    Raises: TooManyAttempts.
    """
    made = (
        session.scalar(
            select(func.count()).select_from(PaymentAttempt).where(PaymentAttempt.booking_id == booking.id)
        )
        or 0
    )
    if booking.status == BookingStatus.TENTATIVE and made >= MOST_ATTEMPTS:
        raise TooManyAttempts(booking.reference)


def freeze(
    booking: Booking, due: Money, page: PaymentPage, *, environment: str, now: datetime
) -> PaymentAttempt:
    """Write an attempt with the very request that will be sent, and keep the nights until it has been read.

    The caller has locked the booking, and commits before the processor is called.
    """
    public_id = secrets.token_hex(PUBLIC_ID_BYTES)
    is_hold = booking.status == BookingStatus.TENTATIVE and not booking.is_instant
    attempt = PaymentAttempt(
        property_id=booking.property_id,
        booking_id=booking.id,
        public_id=public_id,
        amount_minor=due.minor,
        currency=due.currency,
        is_captured_later=is_hold,
        parameters=_parameters(booking, due, page, public_id, environment, is_hold, now + PAGE_LASTS),
        state=AttemptState.NEW,
        expires_at=now + PAGE_LASTS,
        created_at=now,
        checked_at=now,
        fault="",
    )
    session.add(attempt)
    session.flush()
    remember(attempt, "begin_payment", actor="guest", now=now)
    if booking.lapses_at is not None:
        for claim in claims_of(booking):
            claim.lapses_at = booking.lapses_at + LOOK_LONGER
    return attempt


def remember(attempt: PaymentAttempt, verb: str, *, now: datetime, actor: str = "system") -> None:
    """Append what happened to an attempt to the house's memory."""
    record(
        property_id=attempt.property_id,
        actor=actor,
        verb=verb,
        noun="payment_attempt",
        noun_id=attempt.id,
        field_names=["state"],
        now=now,
    )


def _is_money_under_way(booking: Booking) -> bool:
    moving = select(PaymentAttempt.id).where(
        PaymentAttempt.booking_id == booking.id, PaymentAttempt.state.in_(UNDER_WAY)
    )
    return session.scalar(moving.limit(1)) is not None


def _parameters(
    booking: Booking,
    due: Money,
    page: PaymentPage,
    public_id: str,
    environment: str,
    is_hold: bool,
    expires_at: datetime,
) -> dict[str, Any]:
    return checkout_params(
        attempt=public_id,
        booking=booking.reference,
        purpose="balance" if booking.status in STANDING else "full",
        environment=environment,
        amount_minor=due.minor,
        currency=due.currency,
        line_name=page.line_name,
        locale=booking.language,
        is_hold=is_hold,
        email=booking.guest_email or None,
        success_url=page.success_url,
        cancel_url=page.cancel_url,
        expires_at=expires_at,
    )
