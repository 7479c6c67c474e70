"""A stay that stands gets other dates: priced as it was chosen, shown before it is done, the account corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import select

from app.database import session
from app.models import (
    AttemptState,
    BookedRoom,
    Booking,
    BookingStatus,
    Claim,
    LetterKind,
    LineKind,
    PaymentAttempt,
    PaymentMethod,
    Property,
)
from app.models.payment import LIVE_STATES
from app.services import folios, inventory
from app.services.availability import list_type_cards
from app.services.bookings.placing import find_rooms
from app.services.bookings.prices import quote_of, write_prices, write_references
from app.services.bookings.statuses import TransitionRefused, lock
from app.services.bookings.terms import shifted_policy
from app.services.events import record
from app.services.inventory import Wish
from app.services.letters import post_letter
from app.services.rates import stay_tax, tax_on
from pricing.money import Money
from pricing.quote import Choice, Quote
from pricing.stay import Stay

STANDING = (BookingStatus.CONFIRMED, BookingStatus.IN_HOUSE)
MONEY_ON_ITS_WAY = (
    *LIVE_STATES,
    AttemptState.AUTHORISED,
    AttemptState.CAPTURING,
    AttemptState.RELEASING,
    AttemptState.REFUNDING,
)


class Obstacle(StrEnum):
    """Why a stay cannot have these dates; nights that are taken are RoomNotAvailable."""

    SAME_DATES = "same_dates"
    DAY_IS_OVER = "day_is_over"
    GUEST_IS_HERE = "guest_is_here"
    TOO_LONG = "too_long"
    PRICE_OF_PLATFORM = "price_of_platform"
    CARD_PAGE_OPEN = "card_page_open"
    CARD_CANNOT_GIVE_BACK = "card_cannot_give_back"
    PRICE_HAS_CHANGED = "price_has_changed"


class DatesRefused(Exception):
    """The stay cannot have these dates; `obstacle` says why."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle)
        self.obstacle = obstacle


@dataclass(frozen=True, slots=True)
class DatePlan:
    """What other dates would mean: agreed sums with tourist tax, never what a rung asks (decision 15).

    `after` is null while the price is open. `room_ids` are in the order of the booked rooms.
    """

    stay: Stay
    room_ids: tuple[int, ...]
    before: Money
    after: Money | None
    to_pay: Money
    policy: dict[str, Any] = field(repr=False)
    quote: Quote = field(repr=False)
    choice: Choice | None = field(repr=False)


def plan_dates(*, house: Property, booking: Booking, stay: Stay, today: date, now: datetime) -> DatePlan:
    """Return what a stay would cost on other dates, under its own grid and choice, and where it would sleep.

    Raises: TransitionRefused, DatesRefused, RoomNotAvailable, NoRateForNight, StayTooLong of the grid.
    """
    _refuse_dates(house, booking, stay, today)
    priced = _price_again(booking, stay)
    choice = _choose_again(booking, priced)
    room_ids = _find_rooms(booking, stay, today, now)
    before = folios.stay_charges(booking)
    after = None if choice is None else _charged(booking, stay, choice)
    to_pay = folios.balance(booking) - before + (after or Money.zero(booking.currency))
    _refuse_card(booking, to_pay)
    policy = shifted_policy(house, booking, stay, now)
    return DatePlan(stay, room_ids, before, after, to_pay, policy, priced, choice)


def change_dates(
    *,
    house: Property,
    booking: Booking,
    stay: Stay,
    agreed: Money | None,
    actor: str,
    today: date,
    now: datetime,
) -> DatePlan:
    """Give a stay other dates at the price that was shown; its account is corrected, the guest is told. Commits.

    `agreed` is the sum with tourist tax that somebody has said yes to, None while the price is open.

    Raises: what `plan_dates` raises; DatesRefused when the sum is another one by now.
    """
    lock(booking)
    plan = plan_dates(house=house, booking=booking, stay=stay, today=today, now=now)
    if plan.after != agreed:
        raise DatesRefused(Obstacle.PRICE_HAS_CHANGED)
    _take_nights(booking, plan, today, now)
    booking.arrival, booking.departure, booking.policy = stay.arrival, stay.departure, plan.policy
    _write_nights(booking, plan)
    folios.rewrite_stay(booking, actor=actor, now=now)
    _remember_and_tell(house, booking, actor, now)
    session.commit()
    return plan


def _refuse_dates(house: Property, booking: Booking, stay: Stay, today: date) -> None:
    if booking.status not in STANDING or booking.choice_erased_at is not None:
        raise TransitionRefused(booking, BookingStatus(booking.status))
    has_same_arrival = stay.arrival == booking.arrival
    if booking.grid_version_id is None:
        raise DatesRefused(Obstacle.PRICE_OF_PLATFORM)
    if has_same_arrival and stay.departure == booking.departure:
        raise DatesRefused(Obstacle.SAME_DATES)
    if booking.status == BookingStatus.IN_HOUSE and not has_same_arrival:
        raise DatesRefused(Obstacle.GUEST_IS_HERE)
    if stay.departure < today or (stay.arrival < today and not has_same_arrival):
        raise DatesRefused(Obstacle.DAY_IS_OVER)
    if stay.length > house.most_nights_of_a_stay:
        raise DatesRefused(Obstacle.TOO_LONG)


def _price_again(booking: Booking, stay: Stay) -> Quote:
    cards = list_type_cards(booking.property_id)
    codes, beds = {card.id: card.code for card in cards}, {card.code: card.beds for card in cards}
    return quote_of(booking, codes, beds, stay=stay)


def _choose_again(booking: Booking, priced: Quote) -> Choice | None:
    """Choose as the guest did: the same rung, neither, or a free amount in the same proportion to its rung.

    A free amount never falls under the minimum of the new dates.
    """
    if booking.is_price_open:
        return None
    nights = [night for room in booking.rooms for night in room.nights]
    due = sum(night.due_minor or 0 for night in nights)
    chosen = sum(night.chosen_minor or 0 for night in nights)
    same_rung = priced.choose(bracket=booking.rooms[0].bracket)
    if chosen == due or not due:
        return same_rung
    in_proportion = Fraction(Money(chosen, booking.currency).decimal) * same_rung.due.minor / due
    amount = Money.nearest(in_proportion, booking.currency)
    return priced.choose(amount=max(amount, priced.minimum))


def _charged(booking: Booking, stay: Stay, choice: Choice) -> Money:
    return choice.amount + _tax_of(booking, stay, choice) + folios.beside_price(booking, choice.amount).total


def _tax_of(booking: Booking, stay: Stay, choice: Choice) -> Money:
    parties = tuple((room.adults, room.adults + len(room.children)) for room in booking.rooms)
    tax = tax_on(booking.property_id, booking.currency, stay.arrival)
    return stay_tax(tax, choice.nights, parties, booking.currency)


def _find_rooms(booking: Booking, stay: Stay, today: date, now: datetime) -> tuple[int, ...]:
    """Return where the stay would sleep; who is here stays where they are. Raises: RoomNotAvailable."""
    first = max(stay.arrival, today)
    if first >= stay.departure:  # who leaves today sleeps nowhere any more
        return tuple(room.room_id for room in booking.rooms)
    is_here = booking.status == BookingStatus.IN_HOUSE
    return find_rooms(booking, Stay(first, stay.departure), now=now, may_change=not is_here)


def _refuse_card(booking: Booking, to_pay: Money) -> None:
    """Refuse while a card is being asked, and when money would have to go back to one: a stay that stands never does.

    What was paid at the desk can be given back there.
    """
    moving = select(PaymentAttempt.id).where(
        PaymentAttempt.booking_id == booking.id, PaymentAttempt.state.in_(MONEY_ON_ITS_WAY)
    )
    if session.scalar(moving.limit(1)) is not None:
        raise DatesRefused(Obstacle.CARD_PAGE_OPEN)
    payments = [line for line in folios.list_lines(booking) if line.kind == LineKind.PAYMENT]
    at_the_desk = -sum(line.amount_minor for line in payments if line.code != PaymentMethod.CARD)
    by_card = -sum(line.amount_minor for line in payments if line.code == PaymentMethod.CARD)
    if by_card > 0 and -to_pay.minor > max(at_the_desk, 0):
        raise DatesRefused(Obstacle.CARD_CANNOT_GIVE_BACK)


def _take_nights(booking: Booking, plan: DatePlan, today: date, now: datetime) -> None:
    own = [room.claim_id for room in booking.rooms if room.claim_id is not None]
    claims = inventory.exchange(
        property_id=booking.property_id,
        claim_ids=own,
        wishes=[
            Wish(room_id, Stay(_first_night(booking, room, room_id, plan.stay, today), plan.stay.departure))
            for room, room_id in zip(booking.rooms, plan.room_ids, strict=True)
        ],
        now=now,
    )
    for room, claim in zip(booking.rooms, claims, strict=True):
        room.room_id, room.claim_id = claim.room_id, claim.id
        room.arrival, room.departure = plan.stay.arrival, plan.stay.departure


def _first_night(booking: Booking, room: BookedRoom, room_id: int, stay: Stay, today: date) -> date:
    """Return from when the room is needed: who changes rooms during the stay has slept elsewhere before."""
    if stay.arrival != booking.arrival:
        return stay.arrival
    if room_id != room.room_id:
        return max(stay.arrival, today)
    claim = session.get(Claim, room.claim_id) if room.claim_id is not None else None
    return claim.arrival if claim is not None and claim.arrival < stay.departure else stay.arrival


def _write_nights(booking: Booking, plan: DatePlan) -> None:
    rooms: Sequence[BookedRoom] = booking.rooms
    if plan.choice is not None:
        write_prices(rooms, plan.choice)
        return
    for room in rooms:
        room.nights.clear()
    session.flush()
    write_references(rooms, plan.quote)


def _remember_and_tell(house: Property, booking: Booking, actor: str, now: datetime) -> None:
    record(
        property_id=house.id,
        actor=actor,
        verb="change_dates",
        noun="booking",
        noun_id=booking.id,
        field_names=["arrival", "departure"],
        now=now,
    )
    if booking.guest_email:
        post_letter(
            house=house,
            booking=booking,
            kind=LetterKind.BOOKING_CHANGED,
            recipient=booking.guest_email,
            language=booking.language,
            now=now,
        )
