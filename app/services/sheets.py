"""The booking sheet of reception: the stay, who comes, what may be done now, and what was done, by whom.

It knows whether the account is settled, and no sum (decision 15).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import and_, or_, select

from app.database import session
from app.models import (
    Booking,
    BookingStatus,
    ChannelStay,
    Event,
    Folio,
    FolioLine,
    Room,
    RoomType,
    Source,
    TaxCollector,
    User,
)
from app.services.bookings import has_many_nights, is_lapsed, is_reinstatable, was_done_today
from app.services.bookings.dates import STANDING
from app.services.bookings.guests import REACHABLE
from app.services.bookings.moving import MOVABLE
from app.services.folios import has_payments, terms_of
from app.services.platform_stays import money_of
from app.services.stay_cards import StayCard, card_of

STAFF = "user:"


class Action(StrEnum):
    """What the desk may do with a booking as it stands."""

    CONFIRM = "confirm"
    DECLINE = "decline"
    CANCEL = "cancel"
    CHECK_IN = "check_in"
    UNDO_CHECK_IN = "undo_check_in"
    CHECK_OUT = "check_out"
    UNDO_CHECK_OUT = "undo_check_out"
    REINSTATE = "reinstate"
    NO_SHOW = "no_show"
    CHOOSE_PRICE = "choose_price"
    OPEN_ACCOUNT = "open_account"
    WRITE_AGAIN = "write_again"
    MOVE = "move"
    CHANGE_DATES = "change_dates"
    CHANGE_CONTACT = "change_contact"
    CORRECT_MONEY = "correct_money"


# What is kept behind "change this booking", out of the way of every day.
SELDOM = frozenset(
    {
        Action.MOVE,
        Action.CHANGE_DATES,
        Action.CHANGE_CONTACT,
        Action.UNDO_CHECK_IN,
        Action.UNDO_CHECK_OUT,
        Action.REINSTATE,
        Action.CANCEL,
    }
)
BY_STATUS: Mapping[BookingStatus, frozenset[Action]] = {
    BookingStatus.TENTATIVE: frozenset({Action.CANCEL}),
    BookingStatus.REQUESTED: frozenset({Action.CONFIRM, Action.DECLINE, Action.CANCEL}),
    BookingStatus.CONFIRMED: frozenset({Action.CANCEL, Action.CHECK_IN, Action.NO_SHOW}),
    BookingStatus.IN_HOUSE: frozenset({Action.CHECK_OUT}),
}
WHILE_PRICE_MAY_CHANGE = (BookingStatus.REQUESTED, BookingStatus.CONFIRMED, BookingStatus.IN_HOUSE)
WRITTEN_TO = (
    BookingStatus.TENTATIVE,
    BookingStatus.REQUESTED,
    BookingStatus.CONFIRMED,
    BookingStatus.CANCELLED,
    BookingStatus.DECLINED,
)


@dataclass(frozen=True, slots=True)
class SheetRoom:
    """One room of the booking: which, of which type, whether it was promised, who sleeps there."""

    position: int
    name: str
    type_names: Mapping[str, str]
    is_promised: bool
    stay: tuple[date, date]
    adults: int
    children: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Something that was done: the verb, and the name of the person where it was one of the house."""

    at: datetime
    actor: str
    person: str
    verb: str


@dataclass(frozen=True, slots=True)
class PlatformSide:
    """What a platform says of its stay, but for the sums, and what that leaves to be done.

    `is_listed`: the platform still sells these nights to this guest. `is_withdrawn`: it has told us that it does not.
    """

    channel: str
    reference: str
    tax_collector: TaxCollector
    is_price_known: bool
    adds_up: bool
    is_to_check: bool
    is_listed: bool
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A booking as its page at the desk shows it; `platform` where it came from one."""

    card: StayCard
    email: str
    message: str
    language: str
    rooms: tuple[SheetRoom, ...]
    actions: frozenset[Action]
    is_paid_by_card: bool
    free_until: datetime | None
    lapses_at: datetime | None
    ended_reason: str
    has_many_nights: bool
    history: tuple[HistoryLine, ...]
    platform: PlatformSide | None = None


def read_sheet(*, booking: Booking, today: date, now: datetime) -> Sheet:
    """Gather what the desk sees of a booking."""
    platform = read_platform(booking)
    free_until = booking.policy.get("free_until") if platform is None else None  # its own terms hold
    return Sheet(
        card=card_of(booking),
        email=booking.guest_email,
        message=booking.guest_message,
        language=booking.language,
        rooms=read_rooms(booking),
        actions=list_actions(booking, today=today, now=now),
        is_paid_by_card=booking.is_paid_by_card,
        free_until=datetime.fromisoformat(free_until) if free_until else None,
        lapses_at=booking.lapses_at,
        ended_reason=booking.ended_reason,
        has_many_nights=booking.status == BookingStatus.REQUESTED and has_many_nights(booking),
        history=_history(booking),
        platform=platform,
    )


def read_platform(booking: Booking) -> PlatformSide | None:
    """Return what a platform says of a booking, None where it came from none; two queries."""
    terms = terms_of(booking)
    if terms is None:
        return None
    stay = session.scalar(
        select(ChannelStay)
        .where(ChannelStay.booking_id == booking.id)
        .order_by(ChannelStay.id.desc())
        .limit(1)
    )
    is_gone = stay is None or stay.ended_at is not None
    is_withdrawn = terms.withdrawn_at is not None and (stay is None or stay.missed_count > 0 or is_gone)
    return PlatformSide(
        channel=terms.channel,
        reference=terms.platform_reference,
        tax_collector=TaxCollector(terms.tax_collector),
        is_price_known=terms.gross_minor is not None,
        adds_up=money_of(terms, booking.currency).adds_up,
        is_to_check=terms.is_to_check,
        is_listed=not is_gone and not is_withdrawn,
        is_withdrawn=is_withdrawn,
    )


def list_actions(booking: Booking, *, today: date, now: datetime) -> frozenset[Action]:
    """Return what may be done; the services refuse the rest whatever a page shows (PMS-01)."""
    if is_lapsed(booking, now):
        return frozenset()
    status = BookingStatus(booking.status)
    actions = set(BY_STATUS.get(status, ()))
    if booking.arrival > today:
        actions.discard(Action.CHECK_IN)
    if booking.arrival >= today:
        actions.discard(Action.NO_SHOW)
    actions |= _undoable(booking, status, today)
    if booking.confirmed_at is not None:
        actions.add(Action.OPEN_ACCOUNT)
    is_ours = booking.grid_version_id is not None and not booking.is_paid_by_card
    if is_ours and status in WHILE_PRICE_MAY_CHANGE and not has_payments(booking):
        actions.add(Action.CHOOSE_PRICE)
    if status in MOVABLE and booking.departure > today:
        actions.add(Action.MOVE)
    if booking.ordered_at is not None and status in REACHABLE:
        actions.add(Action.CHANGE_CONTACT)
    if booking.confirmed_at is not None and status in STANDING:
        actions.add(Action.CHANGE_DATES)
    if booking.guest_email and booking.ordered_at is not None and status in WRITTEN_TO:
        actions.add(Action.WRITE_AGAIN)
    return frozenset(_left_to_us(actions) if booking.source == Source.CHANNEL else actions)


def _left_to_us(actions: set[Action]) -> set[Action]:
    """Return what the desk may do with a platform's stay: it writes to its guest itself.

    Our letters would tell of other terms than those that the guest has agreed to.
    """
    return actions - {Action.WRITE_AGAIN} | {Action.CORRECT_MONEY}


def _undoable(booking: Booking, status: BookingStatus, today: date) -> set[Action]:
    """Return which step may be taken back: the last one, and only today, but for what ended before it was stayed."""
    if status == BookingStatus.IN_HOUSE and was_done_today(booking, "check_in", today):
        return {Action.UNDO_CHECK_IN}
    if status == BookingStatus.CHECKED_OUT and was_done_today(booking, "check_out", today):
        return {Action.UNDO_CHECK_OUT}
    return {Action.REINSTATE} if is_reinstatable(booking, today) else set()


def name_people(actors: set[str]) -> dict[str, str]:
    """Return the names behind actors of the form "user:3"; one query."""
    ids = [int(actor.removeprefix(STAFF)) for actor in actors if actor.startswith(STAFF)]
    rows = session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return {f"{STAFF}{user_id}": name for user_id, name in rows}


def read_rooms(booking: Booking) -> tuple[SheetRoom, ...]:
    """Return the rooms of a booking, in its order; one query."""
    names = {
        room_id: (name, types)
        for room_id, name, types in session.execute(
            select(Room.id, Room.name, RoomType.names)
            .join(RoomType, RoomType.id == Room.type_id)
            .where(Room.id.in_([room.room_id for room in booking.rooms]))
        )
    }
    return tuple(
        SheetRoom(
            room.position,
            *names[room.room_id],
            room.is_pinned,
            (room.arrival, room.departure),
            room.adults,
            tuple(sorted(room.children)),
        )
        for room in booking.rooms
    )


def _history(booking: Booking) -> tuple[HistoryLine, ...]:
    lines = (
        select(FolioLine.id).join(Folio, Folio.id == FolioLine.folio_id).where(Folio.booking_id == booking.id)
    )
    events = session.scalars(
        select(Event)
        .where(
            Event.property_id == booking.property_id,
            or_(
                and_(Event.noun == "booking", Event.noun_id == booking.id),
                and_(Event.noun == "folio_line", Event.noun_id.in_(lines)),
            ),
        )
        .order_by(Event.id)
    ).all()
    people = name_people({event.actor for event in events})
    return tuple(
        HistoryLine(event.at, event.actor, people.get(event.actor, ""), event.verb) for event in events
    )
