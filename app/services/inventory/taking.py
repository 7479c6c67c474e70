"""Take nights: all or none for a booked room, what is free for everything else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import OperationalError

from app.database import session
from app.models import Claim, ClaimKind
from app.services.inventory.conflicts import refresh_conflict, reopen_conflict
from app.services.inventory.nights import (
    RoomNotAvailable,
    Wish,
    insert_all,
    insert_free,
    is_deadlock,
    lock_rooms,
    owned_nights,
)
from app.services.inventory.releasing import let_go, release_lapsed
from pricing.stay import Stay


def take_all(
    *, property_id: int, wishes: Sequence[Wish], now: datetime, lapses_at: datetime | None = None
) -> list[Claim]:
    """Take every night of every wish for booked rooms, and return their claims in the order of the wishes.

    Raises: RoomNotAvailable; the transaction goes on as if nothing had been asked.
    """
    whole = Stay(min(w.stay.arrival for w in wishes), max(w.stay.departure for w in wishes))
    try:
        with session.begin_nested():
            release_lapsed(property_id=property_id, room_ids=[w.room_id for w in wishes], stay=whole, now=now)
            claims = _add_claims(property_id, wishes, now, lapses_at)
            insert_all(claims, whole)
    except OperationalError as refusal:
        if not is_deadlock(refusal):
            raise
        raise RoomNotAvailable(whole) from refusal
    return claims


def _add_claims(
    property_id: int, wishes: Sequence[Wish], now: datetime, lapses_at: datetime | None
) -> list[Claim]:
    """Write the claims in ascending room order: each locks its room a little, and two must not meet crosswise."""
    claims = {
        place: _add_claim(
            property_id, wishes[place].room_id, ClaimKind.BOOKED_ROOM, wishes[place].stay, now, lapses_at
        )
        for place in sorted(range(len(wishes)), key=lambda place: wishes[place].room_id)
    }
    return [claims[place] for place in range(len(wishes))]


def take_free(*, property_id: int, room_id: int, kind: ClaimKind, stay: Stay, now: datetime) -> Claim:
    """Claim the nights of a room, get those that are free, and open a conflict for the rest."""
    lock_rooms(property_id, [room_id])
    release_lapsed(property_id=property_id, room_ids=[room_id], stay=stay, now=now)
    claim = _add_claim(property_id, room_id, kind, stay, now, None)
    insert_free(claim, stay.nights)
    refresh_conflict(claim, now=now)
    return claim


def move(claim: Claim, stay: Stay, *, now: datetime) -> None:
    """Give a claim other dates: let go of the nights it no longer wants, take what is free of the new ones.

    For blocks, stays from feeds, and guests who leave early; a booked room that wants new nights uses `exchange`.
    """
    lock_rooms(claim.property_id, [claim.room_id])
    release_lapsed(property_id=claim.property_id, room_ids=[claim.room_id], stay=stay, now=now)
    wanted = set(stay.nights)
    had = owned_nights(claim)
    claim.arrival, claim.departure = stay.arrival, stay.departure
    session.flush()
    let_go(claim, had - wanted, now=now)
    insert_free(claim, wanted - had)
    reopen_conflict(claim, now=now)


def _add_claim(
    property_id: int, room_id: int, kind: ClaimKind, stay: Stay, now: datetime, lapses_at: datetime | None
) -> Claim:
    claim = Claim(
        property_id=property_id,
        room_id=room_id,
        kind=kind,
        arrival=stay.arrival,
        departure=stay.departure,
        is_live=True,
        lapses_at=lapses_at,
        created_at=now,
    )
    session.add(claim)
    session.flush()
    return claim
