"""Give up nights for others in one step: a booked room moves, or its dates change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select

from app.database import session
from app.models import Claim
from app.services.inventory.conflicts import refresh_conflict
from app.services.inventory.nights import Wish, delete_nights, lock_claims, owned_nights
from app.services.inventory.releasing import let_go
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
    had = {claim.id: owned_nights(claim) for claim in claims}
    with session.begin_nested():
        for claim in claims:
            claim.is_live = False
            delete_nights(claim, had[claim.id])
        session.flush()
        taken = take_all(property_id=property_id, wishes=wishes, now=now, lapses_at=lapses_at)
    for claim in claims:
        let_go(claim, had[claim.id], now=now)
        refresh_conflict(claim, now=now)
    return taken
