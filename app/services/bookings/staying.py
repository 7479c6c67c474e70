"""The stay itself: the guest comes, goes, or does not come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from app.database import session
from app.models import BookedRoom, Booking, BookingStatus, ClaimKind, Source
from app.services import folios, fund, inventory
from app.services.bookings.statuses import TransitionRefused, claims_of, go_to, lock, release_nights
from pricing.stay import Stay


class RoomOccupied(Exception):
    """Somebody else is still in the room; carries their reference."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"the room is occupied by {reference}")
        self.reference = reference


class DebtNeedsReason(Exception):
    """The folio is not balanced: leaving it so needs a reason."""


def check_in(*, booking: Booking, actor: str, today: date, now: datetime) -> None:
    """Give the key, on the arrival date or later, if the rooms are empty. Commits.

    Raises: TransitionRefused (also before the arrival date), RoomOccupied.
    """
    lock(booking)
    if booking.arrival > today:
        raise TransitionRefused(booking, BookingStatus.IN_HOUSE)
    refuse_occupied(booking, [room.room_id for room in booking.rooms])
    go_to(booking, BookingStatus.IN_HOUSE, actor=actor, verb="check_in", now=now)
    session.commit()


def refuse_occupied(booking: Booking, room_ids: Sequence[int]) -> None:
    """Refuse rooms that another guest has not left yet. Raises: RoomOccupied."""
    other = session.scalar(
        select(Booking.reference)
        .join(BookedRoom, BookedRoom.booking_id == Booking.id)
        .where(
            Booking.property_id == booking.property_id,
            Booking.id != booking.id,
            Booking.status == BookingStatus.IN_HOUSE,
            BookedRoom.room_id.in_(room_ids),
        )
    )
    if other is not None:
        raise RoomOccupied(other)


def check_out(*, booking: Booking, actor: str, today: date, now: datetime, debt_reason: str = "") -> None:
    """Take the key back; the nights of who leaves early go back to sale, the account stays as it is. Commits.

    Raises: DebtNeedsReason when the folio is not balanced and no reason is given, TransitionRefused.
    """
    lock(booking)
    if folios.balance(booking).minor != 0 and not debt_reason.strip():
        raise DebtNeedsReason(booking.reference)
    go_to(booking, BookingStatus.CHECKED_OUT, actor=actor, verb="check_out", now=now)
    booking.ended_at, booking.ended_reason = now, debt_reason.strip()
    for claim in claims_of(booking):
        if claim.kind == ClaimKind.CHANNEL_STAY:
            continue  # they come free when the platform says so
        if claim.arrival >= today:
            inventory.release(claim, now=now)
        elif claim.departure > today:
            inventory.move(claim, Stay(claim.arrival, today), now=now)
    fund.settle(booking, actor=actor, now=now)
    session.commit()


def mark_no_show(*, booking: Booking, actor: str, today: date, now: datetime) -> None:
    """Note that nobody came, once the arrival date has passed; the remaining nights go back to sale. Commits.

    The first night is kept by the terms, the tourist tax never (TS-38). What a platform keeps of its guest is between
    the two, and its nights come free with its feed. Raises: TransitionRefused.
    """
    lock(booking)
    if booking.arrival >= today:
        raise TransitionRefused(booking, BookingStatus.NO_SHOW)
    go_to(booking, BookingStatus.NO_SHOW, actor=actor, verb="mark_no_show", now=now)
    booking.ended_at = now
    release_nights(booking, now=now)
    folios.reverse_stay(booking, actor=actor, now=now)
    first_night = folios.first_night(booking)
    if first_night.minor > 0 and booking.source != Source.CHANNEL:
        folios.post_fee(booking, first_night, actor=actor, now=now)
    fund.settle(booking, actor=actor, now=now)
    session.commit()
