"""What an import may have set at odds: told to the desk once, and not at all within one feed (R33)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.database import session
from app.models import ChannelStay, Claim, Conflict, Feed, LetterKind, Property, RoomNight
from app.services.letters import post_letter


def list_quarrels(feed: Feed) -> dict[int, Conflict]:
    """Return the open conflicts of a feed's stays by id."""
    conflicts = session.scalars(
        select(Conflict)
        .join(ChannelStay, ChannelStay.claim_id == Conflict.claim_id)
        .where(ChannelStay.feed_id == feed.id, Conflict.settled_at.is_(None))
        .order_by(Conflict.id)
    )
    return {conflict.id: conflict for conflict in conflicts}


def count_new_quarrels(feed: Feed, *, before: Collection[int], now: datetime) -> int:
    """Count the conflicts that were not open `before` this import; no commit.

    Stays of one feed that overlap are one channel's own affair (some list one stay three times): their nights are
    closed either way, so such a conflict is settled at once.
    """
    count = 0
    for conflict_id, conflict in list_quarrels(feed).items():
        if _is_within(feed, conflict):  # maybe only since a guest has let go
            conflict.settled_at, conflict.settled_by = now, "system"
        elif conflict_id not in before:
            count += 1
    return count


def tell_desk(house: Property, *, now: datetime) -> None:
    """Post one letter about what has come up; the page that it links to says the rest; no commit."""
    post_letter(
        house=house,
        booking=None,
        kind=LetterKind.DESK_CONFLICT,
        recipient=house.email,
        language=house.languages[0],
        now=now,
    )


def _is_within(feed: Feed, conflict: Conflict) -> bool:
    """Tell whether every night that the claim lacks belongs to other stays of the same feed."""
    wanting, owning = aliased(Claim), aliased(ChannelStay)
    owners = session.scalars(
        select(owning.feed_id)
        .select_from(wanting)
        .join(RoomNight, RoomNight.room_id == wanting.room_id)
        .outerjoin(owning, owning.claim_id == RoomNight.claim_id)
        .where(
            wanting.id == conflict.claim_id,
            RoomNight.claim_id != wanting.id,
            RoomNight.night >= wanting.arrival,
            RoomNight.night < wanting.departure,
        )
    )
    return all(owner == feed.id for owner in owners)
