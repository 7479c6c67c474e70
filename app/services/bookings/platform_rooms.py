"""The room of a platform's stay changes under the claim that its feed goes on following."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app.database import session
from app.models import ChannelStay, Claim, Feed
from app.services import inventory
from app.services.inventory import Wish


def find_stay(claim_id: int | None) -> ChannelStay | None:
    """Return the platform's stay behind a claim, or None where the house itself sold the nights."""
    if claim_id is None:
        return None
    return session.scalar(select(ChannelStay).where(ChannelStay.claim_id == claim_id))


def give_room(stay: ChannelStay, wish: Wish, *, now: datetime, kept_by: Sequence[int] = ()) -> None:
    """Give a platform's stay nights in another room; no import takes them back.

    `kept_by` are claims that kept them for this very move. Raises: RoomNotAvailable.
    """
    claim = session.get_one(Claim, stay.claim_id)
    inventory.change_room(claim, wish, now=now, kept_by=kept_by)
    stay.is_moved = wish.room_id != session.get_one(Feed, stay.feed_id).room_id
    stay.quiet_until = None  # somebody sleeps there: the platforms of the new room are told at once
