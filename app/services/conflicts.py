"""Open conflicts as the desk reads them: which nights, who wants them, and who has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.database import session
from app.models import Block, BookedRoom, Booking, ChannelStay, Claim, Feed, RoomNight
from app.services import inventory


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a conflict: a booking by its reference, a platform's stay by its channel, a block by its reason."""

    kind: str
    arrival: date
    departure: date
    reference: str = ""
    guest_name: str = ""
    channel: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ConflictCard:
    """A conflict with both its sides; `missing` are the nights that the one wants and the others have."""

    id: int
    room_name: str
    missing: tuple[date, ...]
    opened_at: datetime
    wanted_by: Party
    had_by: tuple[Party, ...]


def list_open(property_id: int) -> tuple[ConflictCard, ...]:
    """Return the open conflicts of a house, oldest first."""
    conflicts = inventory.list_conflicts(property_id)
    owners = _owners_of(property_id, conflicts)
    claim_ids = {conflict.claim_id for conflict in conflicts}
    parties = _parties(property_id, claim_ids.union(*owners.values()))
    return tuple(
        ConflictCard(
            id=conflict.id,
            room_name=conflict.room_name,
            missing=conflict.missing,
            opened_at=conflict.opened_at,
            wanted_by=parties[conflict.claim_id],
            had_by=tuple(parties[claim_id] for claim_id in sorted(owners[conflict.id])),
        )
        for conflict in conflicts
    )


def _owners_of(property_id: int, conflicts: tuple[inventory.OpenConflict, ...]) -> dict[int, set[int]]:
    """Return for each conflict the claims that have its missing nights."""
    rows = session.execute(
        select(Claim.id, RoomNight.night, RoomNight.claim_id)
        .join(RoomNight, RoomNight.room_id == Claim.room_id)
        .where(
            Claim.property_id == property_id,
            Claim.id.in_({conflict.claim_id for conflict in conflicts}),
            RoomNight.night >= Claim.arrival,
            RoomNight.night < Claim.departure,
        )
    ).all()
    return {
        conflict.id: {
            owner
            for wanting, night, owner in rows
            if wanting == conflict.claim_id and night in conflict.missing
        }
        for conflict in conflicts
    }


def _parties(property_id: int, claim_ids: set[int]) -> dict[int, Party]:
    rows = session.execute(
        select(Claim, Booking.reference, Booking.guest_name, Feed.channel, Block.reason)
        .outerjoin(BookedRoom, BookedRoom.claim_id == Claim.id)
        .outerjoin(Booking, Booking.id == BookedRoom.booking_id)
        .outerjoin(ChannelStay, ChannelStay.claim_id == Claim.id)
        .outerjoin(Feed, Feed.id == ChannelStay.feed_id)
        .outerjoin(Block, Block.claim_id == Claim.id)
        .where(Claim.property_id == property_id, Claim.id.in_(claim_ids))
    ).all()
    return {
        claim.id: Party(
            kind=claim.kind,
            arrival=claim.arrival,
            departure=claim.departure,
            reference=reference or "",
            guest_name=guest_name or "",
            channel=channel or "",
            reason=reason or "",
        )
        for claim, reference, guest_name, channel, reason in rows
    }
