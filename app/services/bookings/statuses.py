"""Which status may follow which (decision 3); everything else is refused."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from app.database import session
from app.models import BookedRoom, Booking, BookingStatus, Claim, ClaimKind
from app.services import inventory
from app.services.events import record

S = BookingStatus

TRANSITIONS: frozenset[tuple[BookingStatus, BookingStatus]] = frozenset(
    {
        (S.TENTATIVE, S.REQUESTED),
        (S.TENTATIVE, S.CONFIRMED),
        (S.TENTATIVE, S.EXPIRED),
        (S.TENTATIVE, S.CANCELLED),
        (S.REQUESTED, S.CONFIRMED),
        (S.REQUESTED, S.DECLINED),
        (S.REQUESTED, S.EXPIRED),
        (S.REQUESTED, S.CANCELLED),
        (S.EXPIRED, S.REQUESTED),
        (S.EXPIRED, S.CONFIRMED),
        (S.CONFIRMED, S.IN_HOUSE),
        (S.CONFIRMED, S.CANCELLED),
        (S.CONFIRMED, S.NO_SHOW),
        (S.IN_HOUSE, S.CHECKED_OUT),
        (S.IN_HOUSE, S.CONFIRMED),
        (S.CHECKED_OUT, S.IN_HOUSE),
        (S.CANCELLED, S.CONFIRMED),
        (S.NO_SHOW, S.CONFIRMED),
    }
)

HOLDING = (S.TENTATIVE, S.REQUESTED)


class TransitionRefused(Exception):
    """A booking cannot go from where it is to where somebody wants it."""

    def __init__(self, booking: Booking, wanted: BookingStatus) -> None:
        super().__init__(f"a booking that is {booking.status} cannot become {wanted}")
        self.reference = booking.reference
        self.status = booking.status
        self.wanted = wanted


class HoldExpired(Exception):
    """The nights were kept until a time, and that time is over. Carries what was wanted, to look for it again."""

    def __init__(self, booking: Booking) -> None:
        super().__init__(f"the hold of {booking.reference} ended at {booking.lapses_at}")
        self.reference = booking.reference
        self.arrival, self.departure = booking.arrival, booking.departure
        self.adults = sum(room.adults for room in booking.rooms)
        self.children = sorted(age for room in booking.rooms for age in room.children)


def lock(booking: Booking) -> None:
    """Read the booking and its rooms again, and keep others from changing them until the commit."""
    session.refresh(booking, with_for_update=True)
    rooms = session.scalars(
        select(BookedRoom)
        .where(BookedRoom.booking_id == booking.id)
        .order_by(BookedRoom.position)
        .execution_options(populate_existing=True)
    )
    set_committed_value(booking, "rooms", list(rooms))


def is_lapsed(booking: Booking, now: datetime) -> bool:
    """Tell whether a hold is over; the clock decides, not a job that ran or did not (decision 4)."""
    return booking.status in HOLDING and booking.lapses_at is not None and booking.lapses_at <= now


def refuse_lapsed(booking: Booking, now: datetime) -> None:
    """Refuse to go on when the nights are not kept any more. Raises: HoldExpired."""
    if booking.status == S.EXPIRED or is_lapsed(booking, now):
        raise HoldExpired(booking)


def go_to(booking: Booking, status: BookingStatus, *, actor: str, verb: str, now: datetime) -> None:
    """Move a booking to another status and remember who did it. Raises: TransitionRefused."""
    if (BookingStatus(booking.status), status) not in TRANSITIONS:
        raise TransitionRefused(booking, status)
    booking.status = status
    record(
        property_id=booking.property_id,
        actor=actor,
        verb=verb,
        noun="booking",
        noun_id=booking.id,
        field_names=["status"],
        now=now,
    )


def keep_until(booking: Booking, lapses_at: datetime | None) -> None:
    """Set until when the booking and its claims keep the nights; None keeps them for good."""
    booking.lapses_at = lapses_at
    for claim in claims_of(booking):
        claim.lapses_at = lapses_at


def claims_of(booking: Booking) -> list[Claim]:
    """Return the live claims of the booked rooms, in ascending room order, locked until the commit."""
    rooms = {room.claim_id: room.room_id for room in booking.rooms if room.claim_id is not None}
    return inventory.lock_claims(booking.property_id, rooms.values(), rooms.keys())


def release_nights(booking: Booking, *, now: datetime) -> None:
    """End the claims of a booking; a platform's stay keeps its nights for as long as its feed lists it."""
    for claim in claims_of(booking):
        if claim.kind == ClaimKind.BOOKED_ROOM:
            inventory.release(claim, now=now)
