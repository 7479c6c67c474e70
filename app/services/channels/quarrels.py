"""What an import may have set at odds: told to the desk at once, and once (R33).

What a platform has only closed is listed, but wakes nobody: no guest stands at the door.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from app.database import session
from app.models import ChannelStay, Conflict, Feed, LetterKind, Property
from app.services import reading_holds
from app.services.inventory.rivals import IS_CLOSURE
from app.services.letters import post_letter
from app.services.urgent_recipients import list_recipients


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
    """Count the conflicts to tell of: those of guests that were not open `before` this import; no commit.

    Nights that are only kept until the platforms have read a move go to the guest who comes, and are no conflict.
    """
    reading_holds.give_way([conflict.claim_id for conflict in list_quarrels(feed).values()], now=now)
    closures = _list_closures(feed)
    return sum(
        conflict_id not in before and conflict.claim_id not in closures
        for conflict_id, conflict in list_quarrels(feed).items()
    )


def tell_desk(house: Property, *, now: datetime) -> None:
    """Post one letter about what has come up, and a short one to whoever wants urgent news; no commit.

    The letters tell of the conflicts that were opened at `now`, and link to the page where they are settled.
    """
    language = house.languages[0]
    letters = [(house.email, LetterKind.DESK_CONFLICT)]
    letters += [(address, LetterKind.DESK_URGENT) for address in list_recipients(house)]
    for recipient, kind in letters:
        post_letter(house=house, booking=None, kind=kind, recipient=recipient, language=language, now=now)


def _list_closures(feed: Feed) -> frozenset[int]:
    """Return the claims of a feed behind which nobody sleeps."""
    closures = select(ChannelStay.claim_id).where(
        ChannelStay.feed_id == feed.id, ChannelStay.ended_at.is_(None), IS_CLOSURE
    )
    return frozenset(session.scalars(closures))
