"""Claims that could not get all their nights: opened, closed by themselves or settled by a person (decision 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.database import session
from app.models import Claim, Conflict, Room, RoomNight
from app.services.events import record
from app.services.inventory.nights import owned_nights
from pricing.stay import Stay


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


def refresh_conflict(claim: Claim, *, now: datetime) -> None:
    """Open, reopen or close the conflict of a claim according to the nights it has now."""
    conflict = session.scalar(select(Conflict).where(Conflict.claim_id == claim.id))
    is_whole = not claim.is_live or not missing_nights(claim)
    if conflict is None:
        if not is_whole:
            session.add(Conflict(property_id=claim.property_id, claim_id=claim.id, opened_at=now))
    elif is_whole and conflict.settled_at is None:
        conflict.settled_at, conflict.settled_by = now, "system"
    elif not is_whole and conflict.settled_by == "system":
        conflict.opened_at, conflict.settled_at, conflict.settled_by = now, None, None
    session.flush()


def reopen_conflict(claim: Claim, *, now: datetime) -> None:
    """Forget that a person settled it: the claim wants other nights than those they looked at."""
    conflict = session.scalar(select(Conflict).where(Conflict.claim_id == claim.id))
    if conflict is not None and conflict.settled_at is not None and missing_nights(claim):
        conflict.settled_by = "system"
    refresh_conflict(claim, now=now)


def missing_nights(claim: Claim) -> tuple[date, ...]:
    """Return the nights that a claim wants and does not have, ascending."""
    return _without(claim, owned_nights(claim))


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


def settle_conflict(*, property_id: int, conflict_id: int, actor: str, note: str, now: datetime) -> bool:
    """Note that a person has dealt with a conflict; return False when there is no such open one. Commits."""
    conflict = session.scalar(
        select(Conflict).where(
            Conflict.property_id == property_id, Conflict.id == conflict_id, Conflict.settled_at.is_(None)
        )
    )
    if conflict is None:
        return False
    conflict.settled_at, conflict.settled_by, conflict.note = now, actor, note
    record(
        property_id=property_id,
        actor=actor,
        verb="settle",
        noun="conflict",
        noun_id=conflict.id,
        field_names=["note"],
        now=now,
    )
    session.commit()
    return True
