"""Put a letter into the outbox, in the transaction of what it tells (decision 17)."""

from __future__ import annotations

import secrets
from datetime import datetime

from app.database import session
from app.models import Booking, Letter, LetterKind, Property

LONGEST_DOMAIN = 80
HAS_LETTERS = "has_letters"


class RecipientInvalid(ValueError):
    """A letter needs one plain address."""


def post_letter(
    *,
    house: Property,
    booking: Booking | None,
    kind: LetterKind,
    recipient: str,
    language: str,
    now: datetime,
    due_at: datetime | None = None,
) -> Letter:
    """Add a letter that is due now, or at `due_at`; the caller commits.

    Its text is composed when it is sent, so that no link is ever stored (decision 20). Its Message-ID is drawn here,
    once: a second sending carries the same one, and the reader's mail program shows one mail.

    Raises: RecipientInvalid for no address, or one that would break out of its header.
    """
    if not is_plain_address(recipient):
        raise RecipientInvalid("A letter needs one plain e-mail address.")
    letter = Letter(
        property_id=house.id,
        booking_id=booking.id if booking is not None else None,
        kind=kind,
        language=language,
        recipient=recipient,
        message_id=new_message_id(house.email),
        created_at=now,
        due_at=due_at or now,
        tries=0,
        fault="",
    )
    session.add(letter)
    session.info[HAS_LETTERS] = True  # the door wakes the outbox when it has answered
    return letter


def is_plain_address(text: str) -> bool:
    r"""Tell whether a text is one address that cannot break out of its header.

    >>> is_plain_address("alice@example.org"), is_plain_address("alice@example.org\nBcc: all@example.org")
    (True, False)
    """
    return text.isprintable() and "@" in text and not any(mark in text for mark in ' ,;<>"')


def new_message_id(house_email: str) -> str:
    """Draw a Message-ID under the domain of the house's own address."""
    domain = house_email.rpartition("@")[2][-LONGEST_DOMAIN:].strip(".-") or "localhost"
    return f"<{secrets.token_hex(16)}@{domain}>"
