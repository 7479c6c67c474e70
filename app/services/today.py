"""The day at reception: who comes, who goes, who sleeps here, and everything that waits for a person.

A fixed number of queries, whatever the size of the house. What a list is counted as is its length, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.database import session
from app.models import Booking, BookingStatus, Claim, Conflict, PlatformTerms, Room
from app.services.channels.health import FeedCard, list_in_trouble
from app.services.inventory import list_taken
from app.services.outbox import Undelivered, list_undelivered
from app.services.platform_stays.listing import PlatformStayCard, list_to_complete
from app.services.stay_cards import COLUMNS, AccountState, StayCard, list_cards
from pricing.stay import Stay

NEWS_LASTS = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """A conflict in a few words: which room, which days."""

    room_name: str
    stay: Stay


@dataclass(frozen=True, slots=True)
class Today:
    """Everything that a volunteer needs to see of one day.

    `requests` wait for a yes or a no, `call_backs` too but have a telephone only; both soonest deadline first.
    `late` were expected on an earlier day, `overdue` should have left on one (PMS-02: derived, never stored).
    `open_prices` are those of `arrivals`, `late`, `in_house` and to come whose guest has still to choose.
    `platform` are the stays that platforms tell of and nobody has completed, by their dates: whether these guests are
    here nobody has written down. `withdrawn` are those that a platform cancelled of late.
    """

    day: date
    arrivals: tuple[StayCard, ...]
    late: tuple[StayCard, ...]
    departures: tuple[StayCard, ...]
    overdue: tuple[StayCard, ...]
    in_house: tuple[StayCard, ...]
    requests: tuple[StayCard, ...]
    call_backs: tuple[StayCard, ...]
    open_prices: tuple[StayCard, ...]
    conflicts: tuple[ConflictLine, ...]
    troubled_feeds: tuple[FeedCard, ...]
    undelivered: tuple[Undelivered, ...]
    free_rooms: int
    platform: tuple[PlatformStayCard, ...] = ()
    withdrawn: tuple[StayCard, ...] = ()

    @property
    def platform_arrivals(self) -> tuple[PlatformStayCard, ...]:
        """Return the platforms' stays that begin today."""
        return tuple(card for card in self.platform if card.arrival == self.day)

    @property
    def platform_here(self) -> tuple[PlatformStayCard, ...]:
        """Return the platforms' stays that have begun, by their dates; those that end today are among them."""
        return tuple(card for card in self.platform if card.arrival < self.day)

    @property
    def platform_departures(self) -> tuple[PlatformStayCard, ...]:
        """Return the platforms' stays that end today, by their dates."""
        return tuple(card for card in self.platform if card.departure == self.day)

    @property
    def first_due_at(self) -> datetime | None:
        """Return the first moment by which somebody has to answer or to call."""
        waiting = [card.answer_due_at for card in self.requests + self.call_backs if card.answer_due_at]
        return min(waiting, default=None)


def read_today(*, property_id: int, today: date, now: datetime) -> Today:
    """Gather the day of a house."""
    cards = _list_waiting_and_here(property_id, today, now)
    expected = [card for card in cards if card.status == BookingStatus.CONFIRMED and card.arrival <= today]
    here = [card for card in cards if card.status == BookingStatus.IN_HOUSE]
    asked = sorted(
        (card for card in cards if card.status == BookingStatus.REQUESTED),
        key=lambda card: (card.answer_due_at or now, card.id),
    )
    return Today(
        day=today,
        platform=list_to_complete(property_id=property_id, today=today, until=today),
        withdrawn=tuple(card for card in cards if card.status == BookingStatus.CANCELLED),
        arrivals=_by_room(card for card in expected if card.arrival == today),
        late=_by_room(card for card in expected if card.arrival < today),
        departures=_by_room(card for card in here if card.departure == today),
        overdue=_by_room(card for card in here if card.departure < today),
        in_house=_by_room(here),
        requests=tuple(card for card in asked if card.is_mailable),
        call_backs=tuple(card for card in asked if not card.is_mailable),
        open_prices=tuple(
            card
            for card in cards
            if card.account == AccountState.PRICE_OPEN and card.status != BookingStatus.CANCELLED
        ),
        conflicts=_list_conflicts(property_id),
        troubled_feeds=list_in_trouble(property_id=property_id, now=now),
        undelivered=list_undelivered(property_id),
        free_rooms=_count_free(property_id, today, now),
    )


def _list_waiting_and_here(property_id: int, today: date, now: datetime) -> tuple[StayCard, ...]:
    is_expected = and_(
        Booking.status == BookingStatus.CONFIRMED, or_(Booking.arrival <= today, Booking.is_price_open)
    )
    is_asked = and_(
        Booking.status == BookingStatus.REQUESTED, or_(Booking.lapses_at.is_(None), Booking.lapses_at > now)
    )
    return list_cards(
        select(*COLUMNS)
        .where(
            Booking.property_id == property_id,
            or_(is_expected, is_asked, Booking.status == BookingStatus.IN_HOUSE, _is_withdrawn(today, now)),
        )
        .order_by(Booking.arrival, Booking.id)
    )


def _is_withdrawn(today: date, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a platform has cancelled a stay which would not be over: news for two days."""
    withdrawn = select(PlatformTerms.booking_id).where(PlatformTerms.withdrawn_at > now - NEWS_LASTS)
    return and_(
        Booking.status == BookingStatus.CANCELLED, Booking.departure > today, Booking.id.in_(withdrawn)
    )


def _list_conflicts(property_id: int) -> tuple[ConflictLine, ...]:
    rows = session.execute(
        select(Room.name, Claim.arrival, Claim.departure)
        .select_from(Conflict)
        .join(Claim, Claim.id == Conflict.claim_id)
        .join(Room, Room.id == Claim.room_id)
        .where(Conflict.property_id == property_id, Conflict.settled_at.is_(None))
        .order_by(Claim.arrival, Conflict.id)
    )
    return tuple(ConflictLine(name, Stay(arrival, departure)) for name, arrival, departure in rows)


def _count_free(property_id: int, today: date, now: datetime) -> int:
    rooms = session.scalar(select(func.count(Room.id)).where(Room.property_id == property_id)) or 0
    tonight = Stay(today, today + timedelta(days=1))
    return rooms - len(list_taken(property_id=property_id, stay=tonight, now=now))


def _by_room(cards: Iterable[StayCard]) -> tuple[StayCard, ...]:
    return tuple(sorted(cards, key=lambda card: (card.position, card.id)))
