"""Find one side of a conflict another house: the guest's stay ends here, and a letter says where they sleep.

Which of the two goes is for the house to choose. A direct booking is cancelled by the house, without a fee; a
platform's stay can only be cancelled there, and keeps what it wants until its feed lets go.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.database import session
from app.models import Booking, Claim, Conflict, Property, Resolution
from app.services import bookings
from app.services.conflicts.locking import settle, take_in_hand, went_to
from app.services.conflicts.moving import SideStays
from app.services.conflicts.parties import Party, read_parties
from app.services.conflicts.reading import ConflictNotFound

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class OtherHouse:
    """Where a guest sleeps instead, and what our house pays for it. `way` says how to get there."""

    name: str
    address: str
    telephone: str
    way: str = ""
    pays_difference: bool = True
    pays_transport: bool = False

    def __post_init__(self) -> None:
        """Refuse a house that nobody could find or call."""
        if not (self.name.strip() and self.address.strip() and self.telephone.strip()):
            raise ValueError("another house has a name, an address and a telephone")


@dataclass(frozen=True, slots=True)
class Relocation:
    """What the letter to a guest tells: who, which nights, and where."""

    conflict_id: int
    side: Party
    house: OtherHouse
    decided_at: datetime


def relocate(
    *,
    house: Property,
    conflict_id: int,
    claim_id: int,
    to: OtherHouse,
    reason: str,
    actor: str,
    today: date,
    now: datetime,
) -> Booking | None:
    """End one side of a conflict here and remember where its guest goes; return the booking that it cancelled. Commits.

    `reason` is what the cancelled booking's page says. A platform's stay gives None: cancel it there.

    Raises: ConflictNotFound, ConflictGone, SideStays for a block and for a guest who has moved in.
    """
    held = take_in_hand(property_id=house.id, conflict_id=conflict_id, claim_id=claim_id)
    if not held.side.is_relocatable(today):
        raise SideStays(claim_id)
    conflict = held.conflict
    ended = None if held.side.is_of_platform else held.booking
    if ended is not None:
        bookings.call_off(house=house, booking=ended, actor=actor, reason=reason[:LONGEST_REASON], now=now)
    session.flush()
    session.refresh(conflict)
    if ended is None or conflict.settled_at is not None:  # else others still have nights that the claim wants
        settle(conflict, Resolution.RELOCATED, actor=actor, now=now, note=went_to(held.side, to.name))
    conflict.relocated_to = json.dumps({"claim_id": claim_id, **asdict(to)}, ensure_ascii=False)
    session.commit()
    return ended


def find_relocation(*, property_id: int, conflict_id: int) -> Relocation:
    """Return what the letter of a relocated guest says. Raises: ConflictNotFound where nobody went elsewhere."""
    row = session.execute(
        select(Conflict, Claim)
        .join(Claim, Claim.id == Conflict.claim_id)
        .where(Conflict.property_id == property_id, Conflict.id == conflict_id, Conflict.relocated_to != "")
    ).one_or_none()
    if row is None:
        raise ConflictNotFound(conflict_id)
    conflict = row[0]
    told = json.loads(conflict.relocated_to)
    claim_id = told.pop("claim_id")
    return Relocation(
        conflict_id=conflict.id,
        side=read_parties(property_id, [claim_id])[claim_id],
        house=OtherHouse(**told),
        decided_at=conflict.settled_at or conflict.opened_at,
    )
