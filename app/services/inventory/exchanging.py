"""Give up nights for others in one step: a booked room moves, or its dates change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select

from app.database import session
from app.models import Claim
from app.services.inventory.nights import Wish, lock_claims
from app.services.inventory.rearranging import Rearrangement
from app.services.inventory.taking import take_all


def exchange(
    *,
    property_id: int,
    claim_ids: Iterable[int],
    wishes: Sequence[Wish],
    now: datetime,
    lapses_at: datetime | None = None,
) -> list[Claim]:
    """End the claims of booked rooms and take every night of every wish; return the new claims in their order.

    All rooms, old and new, are locked first, in ascending order. Nights wanted again are never let go of in between;
    the others go to whoever waits for them, once the new ones are taken.

    Raises: RoomNotAvailable; the old claims keep what they had.
    """
    ended = list(claim_ids)
    old_rooms = session.scalars(select(Claim.room_id).where(Claim.id.in_(ended)))
    claims = lock_claims(property_id, {*old_rooms, *(wish.room_id for wish in wishes)}, ended)
    changes = Rearrangement(property_id, now)
    with session.begin_nested():
        changes.end(claims)
        taken = take_all(property_id=property_id, wishes=wishes, now=now, lapses_at=lapses_at)
    changes.settle()
    return taken
