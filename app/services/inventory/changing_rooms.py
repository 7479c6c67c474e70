"""A claim that is not ours to end, a platform's stay, is given another room and stays the same claim."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from app.database import session
from app.models import Claim
from app.services.inventory.nights import Wish, insert_all, lock_claims
from app.services.inventory.rearranging import Rearrangement
from app.services.inventory.releasing import release_lapsed


def change_room(claim: Claim, wish: Wish, *, now: datetime, kept_by: Iterable[int] = ()) -> None:
    """Let a claim have every night of another room instead of what it has; its old nights go to the next.

    Both rooms are locked first, in ascending order. `kept_by` are claims that kept nights of the new room for this
    very move: they end in the same step. Raises: RoomNotAvailable; the claim keeps what it had.
    """
    keepers = lock_claims(claim.property_id, [claim.room_id, wish.room_id], kept_by)
    changes = Rearrangement(claim.property_id, now)
    with session.begin_nested():
        release_lapsed(property_id=claim.property_id, room_ids=[wish.room_id], stay=wish.stay, now=now)
        changes.end(keepers)
        changes.leave(claim, wish)
        insert_all([claim], wish.stay)
    changes.settle()
