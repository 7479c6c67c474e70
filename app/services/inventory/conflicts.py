"""Claims that could not get all their nights: opened, closed by themselves or settled by a person (decision 2)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.database import session
from app.models import Claim, Conflict, Room, RoomNight
from app.services.inventory.giving import Wanting, runs_of
from app.services.inventory.nights import count_owned, read_owners
from app.services.inventory.rivals import find_conflicts, read_sides
from pricing.stay import Stay

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A conflict as the desk reads it: which room, which nights are wanted, which of them somebody else has."""

    id: int
    room_name: str
    kind: str
    claim_id: int
    arrival: date
    departure: date
    missing: tuple[date, ...]
    opened_at: datetime


def open_and_close(
    *,
    property_id: int,
    room_id: int,
    claims: Sequence[Wanting],
    ended: Collection[int],
    moved: Collection[int],
    nights: Sequence[date],
    now: datetime,
) -> None:
    """Open, reopen or close the conflicts of claims on these nights of a room, according to what each has now.

    What a person settled stays settled, unless the claim was `moved`: it wants other nights than they looked at.
    """
    at_odds = _find_at_odds(property_id, room_id, claims)
    conflicts = {conflict.claim_id: conflict for conflict in _list_known(property_id, room_id, nights)}
    for claim_id in {claim.id for claim in claims}.union(ended).intersection(conflicts):
        conflict = conflicts[claim_id]
        if claim_id not in at_odds and conflict.settled_at is None:
            conflict.settled_at, conflict.settled_by = now, SYSTEM
        elif claim_id in at_odds and (
            conflict.settled_by == SYSTEM or (conflict.settled_at and claim_id in moved)
        ):
            conflict.opened_at, conflict.settled_at, conflict.settled_by = now, None, None
            conflict.resolution = conflict.note = conflict.relocated_to = ""
    new = sorted(at_odds.difference(conflicts))
    session.add_all(Conflict(property_id=property_id, claim_id=claim_id, opened_at=now) for claim_id in new)
    session.flush()


def _find_at_odds(property_id: int, room_id: int, claims: Sequence[Wanting]) -> set[int]:
    """Return which of the claims are in conflict; one query, three where some lack nights."""
    if not claims:
        return set()
    first, end = min(claim.arrival for claim in claims), max(claim.departure for claim in claims)
    owned = count_owned(room_id=room_id, first=first, end=end)
    lacking = [claim for claim in claims if owned.get(claim.id, 0) < (claim.departure - claim.arrival).days]
    if not lacking:
        return set()
    owners = read_owners(room_id=room_id, first=first, end=end)
    sides = read_sides(property_id=property_id, room_id=room_id, first=first, end=end)
    return find_conflicts(lacking, runs_of(owners, first=first, end=end), sides)


def _list_known(property_id: int, room_id: int, nights: Sequence[date]) -> Sequence[Conflict]:
    """Return every conflict that claims on these nights of a room have had; one query."""
    return session.scalars(
        select(Conflict)
        .join(Claim, Claim.id == Conflict.claim_id)
        .where(
            Claim.property_id == property_id,
            Claim.room_id == room_id,
            Claim.arrival <= nights[-1],
            Claim.departure > nights[0],
        )
    ).all()


def missing_nights(claim: Claim) -> tuple[date, ...]:
    """Return the nights that a claim wants and does not have, ascending; one query."""
    return _without(
        claim, set(session.scalars(select(RoomNight.night).where(RoomNight.claim_id == claim.id)))
    )


def list_conflicts(property_id: int) -> tuple[OpenConflict, ...]:
    """Return the open conflicts of a house, oldest first; two queries."""
    rows = session.execute(
        select(Conflict, Claim, Room.name)
        .join(Claim, Claim.id == Conflict.claim_id)
        .join(Room, Room.id == Claim.room_id)
        .where(Conflict.property_id == property_id, Conflict.settled_at.is_(None))
        .order_by(Conflict.opened_at, Conflict.id)
    ).all()
    owned = _nights_in_conflict(property_id)
    return tuple(
        OpenConflict(
            id=conflict.id,
            room_name=room_name,
            kind=claim.kind,
            claim_id=claim.id,
            arrival=claim.arrival,
            departure=claim.departure,
            missing=_without(claim, owned.get(claim.id, set())),
            opened_at=conflict.opened_at,
        )
        for conflict, claim, room_name in rows
    )


def _nights_in_conflict(property_id: int) -> dict[int, set[date]]:
    """Return the nights that each claim of an open conflict does have; one query."""
    owned: dict[int, set[date]] = {}
    rows = session.execute(
        select(RoomNight.claim_id, RoomNight.night)
        .join(Conflict, Conflict.claim_id == RoomNight.claim_id)
        .where(Conflict.property_id == property_id, Conflict.settled_at.is_(None))
    )
    for claim_id, night in rows:
        owned.setdefault(claim_id, set()).add(night)
    return owned


def _without(claim: Claim, owned: set[date]) -> tuple[date, ...]:
    return tuple(sorted(set(Stay(claim.arrival, claim.departure).nights) - owned))
