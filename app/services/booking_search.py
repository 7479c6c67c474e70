"""Find bookings at the desk: one box for a name, a number, a room, a contact, a platform; or a list by kind.

Accents and capitals do not count, and how a telephone number is spaced does not either. Neither database folds
accents by itself, so the few columns that are searched are read and compared here: alike on both, in a fixed number
of queries, 10,000 bookings in well under 300 ms (rules 6.3).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select

from app.database import session
from app.models import BookedRoom, Booking, BookingStatus, ChannelName, PlatformTerms, Room
from app.services.platform_stays.listing import PlatformStayCard, list_to_complete
from app.services.stay_cards import COLUMNS, StayCard, list_cards

PAGE_SIZE = 50
FEWEST_LETTERS, FEWEST_DIGITS = 3, 3
MOST_DIGITS = 9  # the national part: +33 6 12 34 56 78 and 06 12 34 56 78 are one number

PLATFORMS: Mapping[str, tuple[str, ...]] = {
    ChannelName.AIRBNB: ("airbnb",),
    ChannelName.BOOKING: ("booking.com",),
    ChannelName.VRBO: ("abritel", "vrbo"),
    ChannelName.GOOGLE: ("google",),
    ChannelName.GITES: ("gites de france",),
}


class Kind(StrEnum):
    """Which bookings a list without a search shows."""

    COMING = "coming"
    HERE = "here"
    PAST = "past"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Found:
    """One page of bookings; `has_more` tells that there is another.

    `platform` are the stays to complete that answer as well, all of them beside the first page.
    """

    cards: tuple[StayCard, ...]
    page: int
    has_more: bool
    platform: tuple[PlatformStayCard, ...] = ()


def search(*, property_id: int, text: str, today: date, page: int = 1) -> Found:
    """Return the bookings that answer to what was typed: those to come first, the nearest first."""
    wanted = _wanted(property_id, text)
    if not wanted.words:
        return Found((), page, has_more=False)
    answers = [row for row in session.execute(_searched(property_id)) if wanted.is_answered_by(row)]
    answers.sort(key=lambda row: _nearness(row, today))
    ids = [row.id for row in answers[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]]
    cards = {card.id: card for card in list_cards(select(*COLUMNS).where(Booking.id.in_(ids)))}
    platform = _search_platform(property_id, wanted, today) if page == 1 else ()
    return Found(
        tuple(cards[found] for found in ids),
        page,
        has_more=len(answers) > page * PAGE_SIZE,
        platform=platform,
    )


def list_by_kind(*, property_id: int, kind: Kind, today: date, page: int = 1) -> Found:
    """Return the bookings of a kind: those to come by arrival, those that are over latest first."""
    condition, order = _kinds(today)[kind]
    cards = list_cards(
        select(*COLUMNS)
        .where(Booking.property_id == property_id, condition)
        .order_by(*order)
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE + 1)
    )
    platform: tuple[PlatformStayCard, ...] = ()
    if kind == Kind.COMING and page == 1:
        platform = list_to_complete(property_id=property_id, today=today)
    return Found(cards[:PAGE_SIZE], page, has_more=len(cards) > PAGE_SIZE, platform=platform)


def fold(text: str) -> str:
    """Return a text in small letters without accents.

    >>> fold("Émile LŒB")
    'emile loeb'
    """
    small = text.casefold()
    if small.isascii():
        return small
    decomposed = unicodedata.normalize("NFD", small.replace("œ", "oe").replace("æ", "ae"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was typed, read in every way that it may be meant."""

    words: tuple[str, ...]
    reference: str
    digits: str
    in_room: frozenset[int]

    def is_answered_by(self, row: Row[Any]) -> bool:
        """Tell whether a booking is one that was meant."""
        name = fold(row.guest_name)
        return (
            all(word in name for word in self.words)
            or row.reference.startswith(self.reference)
            or self.is_platform(row.channel or "")
            or (
                len(self.reference) >= FEWEST_LETTERS
                and self.reference in _bare(row.platform_reference or "")
            )
            or row.id in self.in_room
            or " ".join(self.words) in row.guest_email.casefold()
            or (bool(self.digits) and self.digits in _digits(row.guest_telephone))
        )

    def is_platform(self, channel: str) -> bool:
        """Tell whether a platform was meant, by its name as people say it."""
        name = " ".join(self.words)
        return len(name) >= FEWEST_LETTERS and any(name in said for said in PLATFORMS.get(channel, ()))

    def is_told_by(self, card: PlatformStayCard) -> bool:
        """Tell whether a stay that nobody has completed was meant: by its platform or its room."""
        name = " ".join(self.words)
        is_room = len(name) >= FEWEST_LETTERS and name in fold(card.room_name)
        return is_room or self.is_platform(card.channel)


def _search_platform(property_id: int, wanted: _Wanted, today: date) -> tuple[PlatformStayCard, ...]:
    told = list_to_complete(property_id=property_id, today=today)
    return tuple(card for card in told if wanted.is_told_by(card))


def _bare(reference: str) -> str:
    return "".join(mark for mark in reference.upper() if mark.isalnum())


def _wanted(property_id: int, text: str) -> _Wanted:
    words = tuple(fold(text).split())
    national = _digits(text)[-MOST_DIGITS:].lstrip("0")
    return _Wanted(
        words=words,
        reference="".join(words).replace("-", "").upper(),
        digits=national if len(national) >= FEWEST_DIGITS else "",
        in_room=_list_in_room(property_id, " ".join(words)),
    )


def _searched(property_id: int) -> Select[*tuple[Any, ...]]:
    was_meant = or_(Booking.ordered_at.is_not(None), Booking.status == BookingStatus.TENTATIVE)
    return (
        select(
            Booking.id,
            Booking.reference,
            Booking.guest_name,
            Booking.guest_email,
            Booking.guest_telephone,
            Booking.arrival,
            Booking.departure,
            PlatformTerms.channel,
            PlatformTerms.platform_reference,
        )
        .outerjoin(PlatformTerms, PlatformTerms.booking_id == Booking.id)
        .where(Booking.property_id == property_id, was_meant)
    )


def _list_in_room(property_id: int, name: str) -> frozenset[int]:
    rooms = session.execute(select(Room.id, Room.name).where(Room.property_id == property_id))
    named = [room_id for room_id, said in rooms if len(name) >= FEWEST_LETTERS and name in fold(said)]
    return frozenset(
        session.scalars(
            select(BookedRoom.booking_id).where(
                BookedRoom.property_id == property_id, BookedRoom.room_id.in_(named)
            )
        )
    )


def _nearness(row: Row[Any], today: date) -> tuple[bool, int, int]:
    """Sort what is to come or here first, the nearest first; then what is over, the latest first."""
    is_over = row.departure < today
    days = row.arrival.toordinal()
    return is_over, -days if is_over else days, row.id


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdecimal())


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
