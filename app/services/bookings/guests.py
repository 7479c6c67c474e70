"""Who comes may be written again: by the guest while a hold lasts, by the desk whenever somebody calls."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from app.database import session
from app.models import Booking, BookingStatus, Letter, LetterKind
from app.services.bookings.statuses import TransitionRefused, lock, refuse_lapsed
from app.services.bookings.terms import GuestDetails
from app.services.events import record

REACHABLE = (
    BookingStatus.TENTATIVE,
    BookingStatus.REQUESTED,
    BookingStatus.CONFIRMED,
    BookingStatus.IN_HOUSE,
    BookingStatus.CHECKED_OUT,
)
FIELDS = ("arrival_time", "guest_email", "guest_message", "guest_name", "guest_telephone")


def change_guest(*, booking: Booking, guest: GuestDetails, now: datetime) -> None:
    """Write other details into a hold that has not been ordered. Commits.

    Raises: HoldExpired; TransitionRefused once it is ordered, for letters may be on their way.
    """
    lock(booking)
    refuse_lapsed(booking, now)
    if booking.ordered_at is not None:
        raise TransitionRefused(booking, BookingStatus.TENTATIVE)
    _write(booking, guest)
    record(
        property_id=booking.property_id,
        actor="guest",
        verb="change_guest",
        noun="booking",
        noun_id=booking.id,
        field_names=FIELDS,
        now=now,
    )
    session.commit()


def change_contact(*, booking: Booking, guest: GuestDetails, actor: str, now: datetime) -> tuple[str, ...]:
    """Write what the guest told the desk, and return the names of the fields that changed. Commits.

    Another e-mail address makes every link that was mailed useless, and letters on their way go to the new one.

    Raises: HoldExpired; TransitionRefused before the booking is ordered, and once it has ended without a stay.
    """
    lock(booking)
    refuse_lapsed(booking, now)
    if booking.ordered_at is None or booking.status not in REACHABLE:
        raise TransitionRefused(booking, BookingStatus(booking.status))
    before, email = _read(booking), booking.guest_email
    _write(booking, guest)
    changed = tuple(name for name, value in _read(booking).items() if value != before[name])
    if "guest_email" in changed:
        booking.link_version += 1
        _redirect_letters(booking, email, now)
    if changed:
        record(
            property_id=booking.property_id,
            actor=actor,
            verb="change_guest",
            noun="booking",
            noun_id=booking.id,
            field_names=changed,
            now=now,
        )
    session.commit()
    return changed


def _read(booking: Booking) -> dict[str, object]:
    return {name: getattr(booking, name) for name in FIELDS}


def _write(booking: Booking, guest: GuestDetails) -> None:
    booking.guest_name = guest.name
    booking.guest_email = guest.email
    booking.guest_telephone = guest.telephone
    booking.guest_message = guest.message
    booking.arrival_time = guest.arrival_time
    booking.contact_key = guest.contact_key


def _redirect_letters(booking: Booking, email: str, now: datetime) -> None:
    """Send what has not left yet to the new address, else to nobody: it would carry the new link to a stranger."""
    waiting = update(Letter).where(
        Letter.property_id == booking.property_id,
        Letter.booking_id == booking.id,
        Letter.recipient == email,
        Letter.sent_at.is_(None),
        Letter.kind.not_in([kind for kind in LetterKind if kind.startswith("desk_")]),
    )
    if booking.guest_email:
        session.execute(waiting.values(recipient=booking.guest_email))
    else:
        session.execute(waiting.values(gave_up_at=now, set_aside_at=now))
