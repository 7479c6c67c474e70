"""Mail a guest the link to a booking; whoever asks learns nothing from the answer (decision 20)."""

from __future__ import annotations

from datetime import datetime

from app.database import session
from app.models import LetterKind, Property
from app.services.bookings.finding import find_by_reference
from app.services.bookings.terms import GuestDetails
from app.services.events import record
from app.services.letters import post_letter


def mail_link(*, house: Property, reference: str, email: str, now: datetime) -> None:
    """Post the link to the address written in the booking, if reference and address belong together. Commits.

    Right or wrong, the question is recorded and committed: both answers take one write to the disk.
    """
    booking = find_by_reference(house.id, reference)
    asked = GuestDetails(name="", email=email).contact_key
    record(property_id=house.id, actor="guest", verb="ask_link", noun="property", noun_id=house.id, now=now)
    if booking is not None and booking.guest_email and booking.contact_key == asked:
        post_letter(
            house=house,
            booking=booking,
            kind=LetterKind.LINK,
            recipient=booking.guest_email,
            language=booking.language,
            now=now,
        )
    session.commit()
