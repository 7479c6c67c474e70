"""What an import may have set at odds: told to the desk at once, and once (R33).

What a platform has only closed is listed, but wakes nobody: no guest stands at the door.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, or_, select

from app.database import session
from app.models import ChannelStay, Claim, Conflict, Feed, LetterKind, Property
from app.services import reading_holds
from app.services.inventory.rivals import IS_CLOSURE
from app.services.letters import post_letter
from app.services.urgent_recipients import list_recipients


def list_quarrels(feed: Feed) -> dict[int, Conflict]:
    """Return the open conflicts of guests in the rooms of a feed, by id: its own stays', and those that others sold."""
    rooms = select(Claim.room_id).where(Claim.id.in_(_claims_of(feed)))
    conflicts = session.scalars(
        select(Conflict)
        .join(ChannelStay, ChannelStay.claim_id == Conflict.claim_id)
        .join(Claim, Claim.id == Conflict.claim_id)
        .where(
            Conflict.property_id == feed.property_id,
            Conflict.settled_at.is_(None),
            or_(Claim.room_id == feed.room_id, Claim.room_id.in_(rooms)),
            ~IS_CLOSURE,
        )
        .order_by(Conflict.id)
    )
    return {conflict.id: conflict for conflict in conflicts}


def count_new_quarrels(feed: Feed, *, before: Collection[int], now: datetime) -> int:
    """Count the conflicts to tell of: those of guests that were none `before` this import; no commit.

    Nights that are only kept until the platforms have read a move go to the guest who comes, and are no conflict.
    A closure that turns out to be a guest makes an old conflict a new one, or one of somebody else's stay.
    """
    own = select(Conflict.claim_id).where(
        Conflict.claim_id.in_(_claims_of(feed)), Conflict.settled_at.is_(None)
    )
    reading_holds.give_way(session.scalars(own), now=now)
    new = [conflict for conflict_id, conflict in list_quarrels(feed).items() if conflict_id not in before]
    for conflict in new:
        conflict.opened_at = now
    return len(new)


def tell_desk(house: Property, *, now: datetime) -> None:
    """Post one letter about what has come up, and a short one to whoever wants urgent news; no commit.

    The letters tell of the conflicts that were opened at `now`, and link to the page where they are settled.
    """
    language = house.languages[0]
    letters = [(house.email, LetterKind.DESK_CONFLICT)]
    letters += [(address, LetterKind.DESK_URGENT) for address in list_recipients(house)]
    for recipient, kind in letters:
        post_letter(house=house, booking=None, kind=kind, recipient=recipient, language=language, now=now)


def _claims_of(feed: Feed) -> Select[int | None]:
    """Name the claims of a feed's stays."""
    return select(ChannelStay.claim_id).where(ChannelStay.feed_id == feed.id, ChannelStay.ended_at.is_(None))
