"""Words of guests about a price that is settled: written to the manager alone, answered by letter, then erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, func, select

from app.database import session
from app.models import Booking, BookingStatus, Letter, LetterKind, PriceMessage, Property
from app.services.bookings import PriceIsSettled, price_of, refuse_settled
from app.services.events import record
from app.services.letters import post_letter
from pricing.stay import Stay

MOST_OPEN = 3
STANDING = (BookingStatus.CONFIRMED, BookingStatus.IN_HOUSE, BookingStatus.CHECKED_OUT)


class MessageRefused(Exception):
    """The price of this stay can still be changed, or is erased; or enough words wait for their answer."""


class Wish(StrEnum):
    """Which way the price should have been."""

    LESS = "less"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class MessageCard:
    """A word as the manager reads it; no sum, for the account has it."""

    id: int
    reference: str
    guest_name: str
    telephone: str
    is_mailable: bool
    stay: Stay
    wish: Wish
    words: str
    created_at: datetime
    answer: str
    answered_at: datetime | None


def may_write(booking: Booking, now: datetime) -> bool:
    """Tell whether a guest has a word to say: the price stands and cannot be chosen again, and is not erased yet."""
    if booking.status not in STANDING or booking.choice_erased_at is not None or price_of(booking) is None:
        return False
    try:
        refuse_settled(booking, now)
    except PriceIsSettled:
        return booking.grid_version_id is not None
    return False


def write_message(*, booking: Booking, wish: Wish, words: str, now: datetime) -> PriceMessage:
    """Keep a guest's word for the manager. Commits. Raises: MessageRefused."""
    waiting = session.scalar(
        select(func.count()).where(PriceMessage.booking_id == booking.id, PriceMessage.answered_at.is_(None))
    )
    if not may_write(booking, now) or (waiting or 0) >= MOST_OPEN:
        raise MessageRefused(booking.reference)
    message = PriceMessage(
        property_id=booking.property_id,
        booking_id=booking.id,
        wish=wish,
        words=words,
        created_at=now,
        answer="",
    )
    session.add(message)
    session.flush()
    _record(message, "write_message", "guest", now)
    session.commit()
    return message


def count_open(property_id: int) -> int:
    """Return how many words wait for the manager; one query."""
    return (
        session.scalar(
            select(func.count()).where(
                PriceMessage.property_id == property_id, PriceMessage.answered_at.is_(None)
            )
        )
        or 0
    )


def list_messages(property_id: int) -> tuple[MessageCard, ...]:
    """Return the words of a house: those that wait first, each part the latest first; one query."""
    rows = session.execute(
        select(PriceMessage, Booking)
        .join(Booking, Booking.id == PriceMessage.booking_id)
        .where(PriceMessage.property_id == property_id)
        .order_by(PriceMessage.answered_at.is_not(None), PriceMessage.id.desc())
    ).all()
    return tuple(_card(message, booking) for message, booking in rows)


def answer(*, house: Property, message_id: int, words: str, actor: str, now: datetime) -> bool:
    """Answer a word: by letter where there is a mailbox, else it is noted that somebody called. Commits.

    Answering twice changes nothing. Returns whether the house has such a word.
    """
    message = session.scalar(
        select(PriceMessage)
        .where(PriceMessage.property_id == house.id, PriceMessage.id == message_id)
        .with_for_update()
    )
    if message is None:
        return False
    if message.answered_at is None:
        message.answer, message.answered_at = words, now
        _mail_answer(house, message, now)
        _record(message, "answer_message", actor, now)
    session.commit()
    return True


def answer_of(letter: Letter) -> str:
    """Return the words of the answer that a letter carries; empty once they are erased."""
    return session.scalar(select(PriceMessage.answer).where(PriceMessage.letter_id == letter.id)) or ""


def erase_messages(booking_id: int) -> None:
    """Erase the words about a stay together with its choice, in the caller's transaction (decision 15)."""
    session.execute(delete(PriceMessage).where(PriceMessage.booking_id == booking_id))


def _mail_answer(house: Property, message: PriceMessage, now: datetime) -> None:
    booking = session.get_one(Booking, message.booking_id)
    if not booking.guest_email:
        return
    letter = post_letter(
        house=house,
        booking=booking,
        kind=LetterKind.PRICE_ANSWER,
        recipient=booking.guest_email,
        language=booking.language,
        now=now,
    )
    session.flush()
    message.letter_id = letter.id


def _card(message: PriceMessage, booking: Booking) -> MessageCard:
    return MessageCard(
        id=message.id,
        reference=booking.reference,
        guest_name=booking.guest_name,
        telephone=booking.guest_telephone,
        is_mailable=bool(booking.guest_email),
        stay=Stay(booking.arrival, booking.departure),
        wish=Wish(message.wish),
        words=message.words,
        created_at=message.created_at,
        answer=message.answer,
        answered_at=message.answered_at,
    )


def _record(message: PriceMessage, verb: str, actor: str, now: datetime) -> None:
    record(
        property_id=message.property_id,
        actor=actor,
        verb=verb,
        noun="price_message",
        noun_id=message.id,
        now=now,
    )
