"""Take nights: all or none for a booked room, what is free for everything else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import OperationalError

from app.database import session
from app.models import Claim, ClaimKind
from app.services.inventory.nights import RoomNotAvailable, Wish, insert_all, is_deadlock
from app.services.inventory.rearranging import rearranging
from app.services.inventory.releasing import release_lapsed
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
        place: _add_claim(property_id, wishes[place], now, lapses_at)
        for place in sorted(range(len(wishes)), key=lambda place: wishes[place].room_id)
    }
    return [claims[place] for place in range(len(wishes))]


def take_free(*, property_id: int, room_id: int, kind: ClaimKind, stay: Stay, now: datetime) -> Claim:
    """Claim the nights of a room, get those that are free, and open a conflict for the rest."""
    with rearranging(property_id=property_id, room_ids=[room_id], now=now) as changes:
        (claim_id,) = changes.add(room_id=room_id, kind=kind, stays=[stay])
    return session.get_one(Claim, claim_id)


def move(claim: Claim, stay: Stay, *, now: datetime) -> None:
    """Give a claim other dates: let go of the nights it no longer wants, take what is free of the new ones.

    For blocks, stays from feeds, and guests who leave early; a booked room that wants new nights uses `exchange`.
    """
    with rearranging(property_id=claim.property_id, room_ids=[claim.room_id], now=now) as changes:
        changes.move([(claim, stay)])


def _add_claim(property_id: int, wish: Wish, now: datetime, lapses_at: datetime | None) -> Claim:
    claim = Claim(
        property_id=property_id,
        room_id=wish.room_id,
        kind=ClaimKind.BOOKED_ROOM,
        arrival=wish.stay.arrival,
        departure=wish.stay.departure,
        is_live=True,
        lapses_at=lapses_at,
        created_at=now,
    )
    session.add(claim)
    session.flush()
    return claim
