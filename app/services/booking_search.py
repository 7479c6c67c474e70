"""Find bookings at the desk: one box for a name, a reference, a room, a telephone or an e-mail; or a list by kind.

Accents and capitals do not count, and how a telephone number is spaced does not either. Four queries.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from app.database import session
from app.models import BookedRoom, Booking, BookingStatus, Room
from app.services.stay_cards import COLUMNS, StayCard, list_cards

PAGE_SIZE = 50
FEWEST_LETTERS, FEWEST_DIGITS = 3, 3
MOST_DIGITS = 9  # the national part: +33 6 12 34 56 78 and 06 12 34 56 78 are one number
ACCENTED = "àâäáãåÀÂÄÁÃÅçÇéèêëÉÈÊËíìîïÍÌÎÏñÑóòôöõÓÒÔÖÕúùûüÚÙÛÜýÿÝœŒæÆ"
SPACERS = " .-/()+\u00a0\u202f"


class Kind(StrEnum):
    """Which bookings a list without a search shows."""

    COMING = "coming"
    HERE = "here"
    PAST = "past"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Found:
    """One page of bookings; `has_more` tells that there is another."""

    cards: tuple[StayCard, ...]
    page: int
    has_more: bool


def search(*, property_id: int, text: str, today: date, page: int = 1) -> Found:
    """Return the bookings that answer to what was typed: those to come first, the nearest first."""
    words = fold(text).split()
    if not words:
        return Found((), page, has_more=False)
    was_meant = or_(Booking.ordered_at.is_not(None), Booking.status == BookingStatus.TENTATIVE)
    is_over = case((Booking.departure >= today, 0), else_=1)
    return _page(
        select(*COLUMNS)
        .where(Booking.property_id == property_id, was_meant, _answers_to(property_id, text, words))
        .order_by(is_over, case((is_over == 0, Booking.arrival)), Booking.arrival.desc(), Booking.id),
        page,
    )


def list_by_kind(*, property_id: int, kind: Kind, today: date, page: int = 1) -> Found:
    """Return the bookings of a kind: those to come by arrival, those that are over latest first."""
    condition, order = _kinds(today)[kind]
    of_kind = select(*COLUMNS).where(Booking.property_id == property_id, condition).order_by(*order)
    return _page(of_kind, page)


def _kinds(today: date) -> dict[Kind, tuple[ColumnElement[bool], tuple[Any, ...]]]:
    asked_or_promised = Booking.status.in_((BookingStatus.REQUESTED, BookingStatus.CONFIRMED))
    stayed_or_not = Booking.status.in_((BookingStatus.CHECKED_OUT, BookingStatus.NO_SHOW))
    given_up = Booking.status.in_((BookingStatus.CANCELLED, BookingStatus.DECLINED, BookingStatus.EXPIRED))
    return {
        Kind.COMING: (and_(asked_or_promised, Booking.departure > today), (Booking.arrival, Booking.id)),
        Kind.HERE: (Booking.status == BookingStatus.IN_HOUSE, (Booking.departure, Booking.id)),
        Kind.PAST: (stayed_or_not, (Booking.departure.desc(), Booking.id.desc())),
        Kind.ENDED: (
            and_(given_up, Booking.ordered_at.is_not(None)),
            (Booking.ended_at.desc(), Booking.id.desc()),
        ),
    }


def fold(text: str) -> str:
    """Return a text in small letters without accents.

    >>> fold("Émile LŒB")
    'emile loeb'
    """
    joined = text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae")
    decomposed = unicodedata.normalize("NFD", joined.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _page(statement: Select[Any], page: int) -> Found:
    first = (page - 1) * PAGE_SIZE
    cards = list_cards(statement.offset(first).limit(PAGE_SIZE + 1))
    return Found(cards[:PAGE_SIZE], page, has_more=len(cards) > PAGE_SIZE)


def _answers_to(property_id: int, text: str, words: list[str]) -> ColumnElement[bool]:
    name = _folded(Booking.guest_name)
    whole = " ".join(words)
    tests: list[ColumnElement[bool]] = [
        and_(*(name.contains(word, autoescape=True) for word in words)),
        Booking.reference.startswith(whole.replace(" ", "").replace("-", "").upper(), autoescape=True),
        func.lower(Booking.guest_email).contains(whole, autoescape=True),
        Booking.id.in_(_in_room(property_id, whole)),
    ]
    digits = "".join(letter for letter in text if letter.isdecimal())
    national = digits[-MOST_DIGITS:].lstrip("0")
    if len(national) >= FEWEST_DIGITS:
        telephone: Any = Booking.guest_telephone
        for spacer in SPACERS:
            telephone = func.replace(telephone, spacer, "")
        tests.append(telephone.contains(national, autoescape=True))
    return or_(*tests)


def _in_room(property_id: int, whole: str) -> Select[Any]:
    rooms = session.execute(select(Room.id, Room.name).where(Room.property_id == property_id))
    named = [room_id for room_id, name in rooms if len(whole) >= FEWEST_LETTERS and whole in fold(name)]
    return select(BookedRoom.booking_id).where(
        BookedRoom.property_id == property_id, BookedRoom.room_id.in_(named)
    )


def _folded(column: Any) -> Any:
    # Both databases know replace(); neither folds accents by itself without an extension.
    return reduce(
        lambda folded, letter: func.replace(folded, letter, fold(letter)), ACCENTED, func.lower(column)
    )
