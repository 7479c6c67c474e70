"""Open conflicts as the desk reads them: which nights, who wants them, and who has them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.database import session
from app.models import Claim, Conflict, RoomNight
from app.services import inventory
from app.services.conflicts.parties import Party, read_parties

__all__ = [
    "ConflictCard",
    "ConflictGone",
    "ConflictNotFound",
    "Party",
    "find_open",
    "is_open_for",
    "list_open",
    "list_told",
]


class ConflictNotFound(LookupError):
    """There is no such conflict in this house."""


class ConflictGone(Exception):
    """The conflict, or one side of it, is not there any more: somebody was faster, or the nights came free."""

    def __init__(self, conflict: Conflict) -> None:
        super().__init__(f"conflict {conflict.id} is not open any more")
        self.settled_by, self.settled_at = conflict.settled_by, conflict.settled_at


@dataclass(frozen=True, slots=True)
class ConflictCard:
    """A conflict with both its sides; `missing` are the nights that the one wants and the others have."""

    id: int
    room_name: str
    missing: tuple[date, ...]
    opened_at: datetime
    wanted_by: Party
    had_by: tuple[Party, ...]

    @property
    def sides(self) -> tuple[Party, ...]:
        """Return everybody who wants the nights, those who have them first."""
        return (*self.had_by, self.wanted_by)


def list_open(property_id: int) -> tuple[ConflictCard, ...]:
    """Return the open conflicts of a house, oldest first; four queries."""
    conflicts = inventory.list_conflicts(property_id)
    owners = _owners_of(property_id, conflicts)
    claim_ids = {conflict.claim_id for conflict in conflicts}
    parties = read_parties(property_id, claim_ids.union(*owners.values()))
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


def find_open(*, property_id: int, conflict_id: int) -> ConflictCard:
    """Return one open conflict. Raises: ConflictNotFound, ConflictGone."""
    found = next((card for card in list_open(property_id) if card.id == conflict_id), None)
    if found is not None:
        return found
    conflict = session.scalar(
        select(Conflict).where(Conflict.property_id == property_id, Conflict.id == conflict_id)
    )
    if conflict is None:
        raise ConflictNotFound(conflict_id)
    raise ConflictGone(conflict)


def is_open_for(*, property_id: int, claim_ids: Collection[int | None]) -> bool:
    """Tell whether one of these claims is a side of an open conflict."""
    return any(side.claim_id in claim_ids for card in list_open(property_id) for side in card.sides)


def list_told(*, property_id: int, at: datetime) -> tuple[ConflictCard, ...]:
    """Return the conflicts that a letter of this instant tells of, as far as they are still open."""
    return tuple(
        card for card in list_open(property_id) if card.opened_at == at and not card.wanted_by.is_closure
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
