"""Show the desk what could not be delivered, and let it send again or set aside (WEB-10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from app.database import session
from app.models import Booking, Letter
from app.services import events
from app.services.letters import RecipientInvalid, is_plain_address


class LetterNotFound(LookupError):
    """This house has no such undelivered letter."""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A letter that could not be delivered, as the desk reads it."""

    letter_id: int
    kind: str
    recipient: str
    reference: str | None
    tries: int
    fault: str
    gave_up_at: datetime


def list_undelivered(property_id: int) -> tuple[Undelivered, ...]:
    """Return the letters that were given up and that nobody has set aside, oldest first."""
    rows = session.execute(
        select(Letter, Booking.reference)
        .outerjoin(Booking, Booking.id == Letter.booking_id)
        .where(_is_undelivered(property_id))
        .order_by(Letter.gave_up_at, Letter.id)
    )
    return tuple(
        Undelivered(
            letter.id, letter.kind, letter.recipient, reference, letter.tries, letter.fault, letter.gave_up_at
        )
        for letter, reference in rows
        if letter.gave_up_at is not None
    )


def count_undelivered(property_id: int) -> int:
    """Return how many letters wait for a person."""
    return session.scalar(select(func.count(Letter.id)).where(_is_undelivered(property_id))) or 0


def retry(
    *, property_id: int, letter_id: int, actor: str, now: datetime, recipient: str | None = None
) -> None:
    """Send an undelivered letter again, to a corrected address if one is given.

    Raises: LetterNotFound, RecipientInvalid.
    """
    letter = _find_undelivered(property_id, letter_id)
    if recipient is not None:
        if not is_plain_address(recipient):
            raise RecipientInvalid("A letter needs one plain e-mail address.")
        letter.recipient = recipient
    letter.tries, letter.gave_up_at, letter.leased_until, letter.due_at = 0, None, None, now
    _record(letter, "retry", ("recipient",) if recipient is not None else (), actor, now)
    session.commit()


def set_aside(*, property_id: int, letter_id: int, actor: str, now: datetime) -> None:
    """Take an undelivered letter off the desk's list: somebody has told the guest in another way.

    Raises: LetterNotFound.
    """
    letter = _find_undelivered(property_id, letter_id)
    letter.set_aside_at = now
    _record(letter, "set_aside", (), actor, now)
    session.commit()


def _is_undelivered(property_id: int) -> ColumnElement[bool]:
    return and_(
        Letter.property_id == property_id,
        Letter.gave_up_at.is_not(None),
        Letter.sent_at.is_(None),
        Letter.set_aside_at.is_(None),
    )


def _find_undelivered(property_id: int, letter_id: int) -> Letter:
    letter = session.scalar(select(Letter).where(Letter.id == letter_id, _is_undelivered(property_id)))
    if letter is None:
        raise LetterNotFound(f"No undelivered letter {letter_id} in this house.")
    return letter


def _record(letter: Letter, verb: str, field_names: tuple[str, ...], actor: str, now: datetime) -> None:
    events.record(
        property_id=letter.property_id,
        actor=actor,
        verb=verb,
        noun="letter",
        noun_id=letter.id,
        field_names=field_names,
        now=now,
    )
