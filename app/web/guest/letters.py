"""The letters that the demo would have sent, shown where their reader would look for them (decision 8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import abort, render_template
from sqlalchemy import select

from app.database import session
from app.models import Booking, Letter, LetterKind
from app.web.guest.access import own_booking
from app.web.guest.door import Page, config, guest
from app.web.letters import compose
from app.web.letters.subjects import subject_of


@dataclass(frozen=True, slots=True)
class LetterShown:
    """A line of the list: which letter, its subject, when it was written."""

    id: int
    subject: str
    created_at: datetime


def list_letters_shown(booking: Booking) -> tuple[LetterShown, ...]:
    """Return the letters to the guest of a booking, newest first."""
    return tuple(
        LetterShown(letter.id, _subject(letter, booking), letter.created_at) for letter in _letters(booking)
    )


@guest.get("/bookings/<reference>/letters/<int:letter_id>")
def letter(reference: str, letter_id: int) -> Page:
    """Show one of these letters as its reader would see it; outside the demo there is nothing at this address."""
    if not config().is_demo:
        abort(404)
    booking = own_booking(reference)
    shown = next((letter for letter in _letters(booking) if letter.id == letter_id), None)
    if shown is None:
        abort(404)
    mail = compose(shown, config())
    body = mail.get_body(("plain",))
    return render_template(
        "guest/letter.html",
        reference=reference,
        subject=mail["Subject"],
        recipient=mail["To"],
        sender=mail["From"],
        words=body.get_content() if body else "",
        attachments=[part.get_filename() for part in mail.iter_attachments()],
    )


def _letters(booking: Booking) -> list[Letter]:
    return list(
        session.scalars(
            select(Letter)
            .where(
                Letter.property_id == booking.property_id,
                Letter.booking_id == booking.id,
                Letter.recipient == booking.guest_email,
            )
            .order_by(Letter.id.desc())
        )
    )


def _subject(letter: Letter, booking: Booking) -> str:
    return subject_of(LetterKind(letter.kind), reference=booking.reference, dates="").rstrip(" –")
