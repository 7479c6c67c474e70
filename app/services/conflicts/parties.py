"""The sides of a conflict: a booked room, a platform's stay, or a block, with what decides where it can go."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.database import session
from app.models import (
    Block,
    BookedRoom,
    Booking,
    BookingStatus,
    ChannelStay,
    Claim,
    ClaimKind,
    Feed,
    Room,
)
from app.services.bookings import MOVABLE
from app.services.parties import Sleepers
from app.services.platform_stays import kind_of
from calendars.feed import Kind
from pricing.stay import Stay

RELOCATABLE = (BookingStatus.REQUESTED, BookingStatus.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a conflict: a booking by its reference, a platform's stay by its channel, a block by its reason.

    `type_id` is what was sold, else what the room is; `sleepers` are None where the platform has not said.
    `is_closure`: the platform closed the nights, and nobody sleeps there.
    """

    claim_id: int
    kind: str
    room_id: int
    room_name: str
    type_id: int
    arrival: date
    departure: date
    reference: str = ""
    guest_name: str = ""
    language: str = ""
    status: BookingStatus | None = None
    position: int = 0
    is_promised: bool = False
    sleepers: Sleepers | None = None
    channel: str = ""
    channel_stay_id: int | None = None
    is_closure: bool = False
    reason: str = ""

    @property
    def is_of_platform(self) -> bool:
        """Tell whether a platform sold it, and alone can cancel it."""
        return self.channel_stay_id is not None

    def nights_ahead(self, today: date) -> Stay | None:
        """Return the nights that are not over, or None when there is none left."""
        first = max(self.arrival, today)
        return Stay(first, self.departure) if first < self.departure else None

    def is_movable(self, today: date) -> bool:
        """Tell whether somebody sleeps there who can still be given another room."""
        if self.kind == ClaimKind.BLOCK or self.is_closure or self.nights_ahead(today) is None:
            return False
        return self.status is None or self.status in MOVABLE

    def is_relocatable(self, today: date) -> bool:
        """Tell whether a guest can still be told that they sleep in another house: they have not moved in."""
        return self.is_movable(today) and (self.status is None or self.status in RELOCATABLE)


def read_parties(property_id: int, claim_ids: Collection[int]) -> dict[int, Party]:
    """Return whoever stands behind some claims, by claim; one query."""
    rows = session.execute(
        select(Claim, Room, BookedRoom, Booking, ChannelStay, Feed.channel, Block.reason)
        .join(Room, Room.id == Claim.room_id)
        .outerjoin(BookedRoom, BookedRoom.claim_id == Claim.id)
        .outerjoin(Booking, Booking.id == BookedRoom.booking_id)
        .outerjoin(ChannelStay, ChannelStay.claim_id == Claim.id)
        .outerjoin(Feed, Feed.id == ChannelStay.feed_id)
        .outerjoin(Block, Block.claim_id == Claim.id)
        .where(Claim.property_id == property_id, Claim.id.in_(claim_ids))
    )
    return {row[0].id: _party(row) for row in rows}


def _party(row: Any) -> Party:
    claim, room, booked, booking, stay, channel, reason = row
    return Party(
        claim_id=claim.id,
        kind=claim.kind,
        room_id=room.id,
        room_name=room.name,
        type_id=booked.type_id if booked else room.type_id,
        arrival=claim.arrival,
        departure=claim.departure,
        reference=booking.reference if booking else "",
        guest_name=booking.guest_name if booking else "",
        language=booking.language if booking else "",
        status=BookingStatus(booking.status) if booking else None,
        position=booked.position if booked else 0,
        is_promised=bool(booked and booked.is_pinned),
        sleepers=_sleepers(booked),
        channel=channel or "",
        channel_stay_id=stay.id if stay else None,
        is_closure=stay is not None and kind_of(stay) is Kind.BLOCK,
        reason=reason or "",
    )


def _sleepers(booked: BookedRoom | None) -> Sleepers | None:
    if booked is None or not booked.adults:
        return None
    return Sleepers(booked.adults, tuple(booked.children))
