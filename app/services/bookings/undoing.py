"""A step that was a mistake is taken back: a check-in, a check-out, a no-show, a cancellation (decision 3)."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.database import session
from app.models import (
    AttemptState,
    Booking,
    BookingStatus,
    Claim,
    Event,
    LetterKind,
    PaymentAttempt,
    Property,
    Source,
)
from app.services import folios, fund, inventory
from app.services.bookings.placing import retake
from app.services.bookings.statuses import TransitionRefused, go_to, lock
from app.services.bookings.staying import refuse_occupied
from app.services.inventory import Wish
from app.services.letters import post_letter
from pricing.stay import Stay

REINSTATED = (BookingStatus.NO_SHOW, BookingStatus.CANCELLED)
ERRANDS = (AttemptState.CAPTURING, AttemptState.RELEASING, AttemptState.REFUNDING)


class MoneyUnderWay(Exception):
    """Money is on its way to or from a card: where it ends has to be known first."""


def was_done_today(booking: Booking, verb: str, today: date) -> bool:
    """Tell whether a step was last done today by the house's calendar: only then it is taken back."""
    at = session.scalar(
        select(func.max(Event.at)).where(
            Event.property_id == booking.property_id,
            Event.noun == "booking",
            Event.noun_id == booking.id,
            Event.verb == verb,
        )
    )
    house = session.get_one(Property, booking.property_id)
    return at is not None and at.astimezone(ZoneInfo(house.timezone)).date() == today


def undo_check_in(*, booking: Booking, actor: str, today: date, now: datetime) -> None:
    """Take back a check-in of today. Commits. Raises: TransitionRefused."""
    lock(booking)
    if not was_done_today(booking, "check_in", today):
        raise TransitionRefused(booking, BookingStatus.CONFIRMED)
    go_to(booking, BookingStatus.CONFIRMED, actor=actor, verb="undo_check_in", now=now)
    session.commit()


def undo_check_out(*, booking: Booking, actor: str, today: date, now: datetime) -> None:
    """Take back a check-out of today; who left early has their nights again, in the same room. Commits.

    Raises: TransitionRefused, RoomOccupied, RoomNotAvailable when the nights have been sold.
    """
    lock(booking)
    if not was_done_today(booking, "check_out", today):
        raise TransitionRefused(booking, BookingStatus.IN_HOUSE)
    go_to(booking, BookingStatus.IN_HOUSE, actor=actor, verb="undo_check_out", now=now)
    refuse_occupied(booking, [room.room_id for room in booking.rooms])
    booking.ended_at, booking.ended_reason = None, ""
    _take_back_nights(booking, now)
    fund.settle(booking, actor=actor, now=now)
    session.commit()


def is_reinstatable(booking: Booking, today: date) -> bool:
    """Tell whether a booking that ended may stand again: it stood once, and has a night left.

    A platform's stay only while the platform lists it: its nights are not ours to take again.
    """
    stood = booking.status in REINSTATED and booking.confirmed_at is not None
    return stood and booking.departure > today and (booking.source != Source.CHANNEL or _is_listed(booking))


def _is_listed(booking: Booking) -> bool:
    claim = session.get(Claim, booking.rooms[0].claim_id)
    return claim is not None and claim.is_live


def reinstate(*, house: Property, booking: Booking, actor: str, today: date, now: datetime) -> None:
    """Let a stay that was cancelled or marked as not come stand again: nights, charges and letter. Commits.

    The nights ahead are taken again, in the same rooms or others of their type; what the terms kept is reversed,
    the agreed price and its tax are posted again. Who was told of a cancellation is told that the stay stands.

    Raises: TransitionRefused, RoomNotAvailable when the nights are gone, MoneyUnderWay.
    """
    lock(booking)
    if not is_reinstatable(booking, today):
        raise TransitionRefused(booking, BookingStatus.CONFIRMED)
    _refuse_money_under_way(booking)
    was_told = booking.source != Source.CHANNEL and booking.status == BookingStatus.CANCELLED
    go_to(booking, BookingStatus.CONFIRMED, actor=actor, verb="reinstate", now=now)
    booking.ended_at, booking.ended_reason, booking.lapses_at = None, "", None
    if booking.source != Source.CHANNEL:  # a platform's has kept its own
        ahead = Stay(max(booking.arrival, today), booking.departure)
        retake(booking, stay=ahead, now=now, lapses_at=None)
    folios.reverse_fee(booking, actor=actor, now=now)
    folios.open_folio(booking, actor=actor, now=now)
    fund.settle(booking, actor=actor, now=now)
    if was_told and booking.guest_email:
        post_letter(
            house=house,
            booking=booking,
            kind=LetterKind.PRICE_TO_CHOOSE if booking.is_price_open else LetterKind.BOOKING_CONFIRMED,
            recipient=booking.guest_email,
            language=booking.language,
            now=now,
        )
    session.commit()


def _take_back_nights(booking: Booking, now: datetime) -> None:
    """Want the nights until the planned departure again, where the check-out had let them go."""
    claims = [session.get_one(Claim, room.claim_id) for room in booking.rooms if room.claim_id is not None]
    if all(claim.is_live and claim.departure >= booking.departure for claim in claims):
        return
    taken = inventory.exchange(
        property_id=booking.property_id,
        claim_ids=[claim.id for claim in claims],
        wishes=[Wish(claim.room_id, Stay(claim.arrival, booking.departure)) for claim in claims],
        now=now,
    )
    for room, claim in zip(booking.rooms, taken, strict=True):
        room.claim_id = claim.id


def _refuse_money_under_way(booking: Booking) -> None:
    moving = select(PaymentAttempt.id).where(
        PaymentAttempt.booking_id == booking.id, PaymentAttempt.state.in_(ERRANDS)
    )
    if session.scalar(moving.limit(1)) is not None:
        raise MoneyUnderWay(booking.reference)
