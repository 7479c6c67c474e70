"""Keep a conflict as it is, with a reason; and who settled what lately, when and how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app.database import session
from app.models import Claim, Conflict, Resolution, Room
from app.services.conflicts.locking import ARROW, lock_open, settle
from app.services.conflicts.parties import Party, read_parties
from app.services.sheets import name_people
from pricing.stay import Stay

REMEMBERED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Settled:
    """A conflict that is over. `person` is empty where nobody of the house settled it; `resolution` where it ended."""

    id: int
    room_name: str
    stay: Stay
    wanted_by: Party
    settled_at: datetime
    actor: str
    person: str
    resolution: str
    note: str

    @property
    def who(self) -> str:
        """Return which side went, by its reference or its channel."""
        return self.note.partition(ARROW)[0]

    @property
    def where(self) -> str:
        """Return where that side went."""
        return self.note.partition(ARROW)[2]


def keep(*, property_id: int, conflict_id: int, note: str, actor: str, now: datetime) -> None:
    """Leave both sides where they are, for a reason that colleagues can read. Commits.

    Raises: ConflictNotFound, ConflictGone.
    """
    settle(lock_open(property_id, conflict_id), Resolution.KEPT, actor=actor, now=now, note=note)
    session.commit()


def list_settled(*, property_id: int, now: datetime) -> tuple[Settled, ...]:
    """Return the conflicts that ended in the last thirty days, the latest first; three queries."""
    rows = session.execute(
        select(Conflict, Claim, Room.name)
        .join(Claim, Claim.id == Conflict.claim_id)
        .join(Room, Room.id == Claim.room_id)
        .where(
            Conflict.property_id == property_id,
            Conflict.settled_at >= now - REMEMBERED,
            Conflict.settled_at > Conflict.opened_at,  # not what was over before anybody saw it
        )
        .order_by(Conflict.settled_at.desc(), Conflict.id.desc())
    ).all()
    parties = read_parties(property_id, {claim.id for _, claim, _ in rows})
    people = name_people({conflict.settled_by or "" for conflict, _, _ in rows})
    return tuple(
        Settled(
            id=conflict.id,
            room_name=room_name,
            stay=Stay(claim.arrival, claim.departure),
            wanted_by=parties[claim.id],
            settled_at=conflict.settled_at,
            actor=conflict.settled_by or "",
            person=people.get(conflict.settled_by or "", ""),
            resolution=conflict.resolution,
            note=conflict.note,
        )
        for conflict, claim, room_name in rows
        if conflict.settled_at is not None
    )
