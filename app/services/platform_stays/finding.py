"""Find the stay of a platform that a page is about, and say what it is."""

from __future__ import annotations

from sqlalchemy import select

from app.database import session
from app.models import Booking, ChannelStay, Feed
from calendars.feed import Kind


class StayNotFound(LookupError):
    """The house has no such stay, or none any more."""


def find_stay(property_id: int, stay_id: int) -> ChannelStay | None:
    """Return a stay of this house that its feed still lists, or None."""
    return session.scalar(
        select(ChannelStay).where(
            ChannelStay.property_id == property_id,
            ChannelStay.id == stay_id,
            ChannelStay.ended_at.is_(None),
        )
    )


def lock_stay(property_id: int, stay_id: int) -> ChannelStay:
    """Return a stay read anew, locked after its feed and its booking, as an import does it (conflicts.locking).

    Only who has the feed can make a stay a booking: nobody finds one here after it had to be locked first.

    Raises: StayNotFound.
    """
    found = find_stay(property_id, stay_id)
    if found is None:
        raise StayNotFound(stay_id)
    session.execute(select(Feed.id).where(Feed.id == found.feed_id).with_for_update(key_share=True)).all()
    session.refresh(found)
    if found.booking_id is not None:
        session.get(Booking, found.booking_id, with_for_update=True)
    session.refresh(found, with_for_update=True)
    if found.ended_at is not None:
        raise StayNotFound(stay_id)
    return found


def kind_of(stay: ChannelStay) -> Kind:
    """Return what a stay is: what its platform says, else what a person said, else nobody knows.

    >>> kind_of(ChannelStay(kind="unknown", told_kind="block")) is Kind.BLOCK
    True
    """
    if stay.kind == Kind.RESERVATION or not stay.told_kind:
        return Kind(stay.kind)
    return Kind(stay.told_kind)
