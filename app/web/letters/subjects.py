"""The subject of each kind of letter; none of them tells an amount (decision 15)."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from app.models import LetterKind

SUBJECTS = {
    LetterKind.REQUEST_TO_CONFIRM: _("Please confirm your request no. %(reference)s – %(dates)s"),
    LetterKind.REQUEST_RECEIVED: _("Request received no. %(reference)s – %(dates)s"),
    LetterKind.BOOKING_CONFIRMED: _("Booking confirmed no. %(reference)s – %(dates)s"),
    LetterKind.BOOKING_DECLINED: _("We cannot take your request no. %(reference)s – %(dates)s"),
    LetterKind.BOOKING_CHANGED: _("New dates: booking no. %(reference)s – %(dates)s"),
    LetterKind.BOOKING_CANCELLED: _("Booking cancelled no. %(reference)s – %(dates)s"),
    LetterKind.BOOKING_EXPIRED: _("Request no. %(reference)s has lapsed – %(dates)s"),
    LetterKind.PRICE_TO_CHOOSE: _("Booking no. %(reference)s: your price to choose – %(dates)s"),
    LetterKind.PRICE_ANSWER: _("Booking no. %(reference)s: an answer for you"),
    LetterKind.PAYMENT_FAILED: _("Booking no. %(reference)s: the card payment failed"),
    LetterKind.PAYMENT_RETURNED: _("Booking no. %(reference)s: your payment is returned"),
    LetterKind.LINK: _("Your booking no. %(reference)s"),
    LetterKind.HOLD_LINK: _("One step, and the room is kept for you – %(dates)s"),
    LetterKind.DESK_REQUEST: _("To answer: request no. %(reference)s – %(dates)s"),
    LetterKind.DESK_REMINDER: _("Still to answer: request no. %(reference)s – %(dates)s"),
    LetterKind.DESK_CONFLICT: _("A night is wanted twice: please settle it"),
    LetterKind.DESK_URGENT: _("A night is wanted twice"),
    LetterKind.DESK_SILENCE: _("A platform’s calendar cannot be read"),
    LetterKind.DESK_SILENCE_OVER: _("A platform’s calendar is read again"),
    LetterKind.DESK_PAYMENT: _("Card payment to look at: booking no. %(reference)s"),
    LetterKind.DESK_STAY_WITHDRAWN: _("Cancelled by the platform: booking no. %(reference)s – %(dates)s"),
}


def subject_of(kind: LetterKind, *, reference: str, dates: str) -> str:
    """Return the subject of a letter in the language that is being spoken."""
    return str(SUBJECTS[kind]) % {"reference": reference, "dates": dates}
