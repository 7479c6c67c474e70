"""Platform stays that the desk has not completed, on one line each; one query for any number of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, select

from app.database import session
from app.models import ChannelStay, Claim, Feed, Room
from calendars.feed import Kind
from pricing.stay import Stay

KIND = case(
    (and_(ChannelStay.kind != Kind.RESERVATION, ChannelStay.told_kind != ""), ChannelStay.told_kind),
    else_=ChannelStay.kind,
)


@dataclass(frozen=True, slots=True)
class PlatformStayCard:
    """A stay as a platform tells it: where, when, from whom, and what it is as far as anybody says."""

    id: int
    channel: str
    room_id: int
    room_name: str
    stay: Stay
    kind: Kind

    @property
    def arrival(self) -> date:
        """Return the day of arrival."""
        return self.stay.arrival

    @property
    def departure(self) -> date:
        """Return the day of departure."""
        return self.stay.departure


def list_to_complete(
    *, property_id: int, today: date, until: date | None = None
) -> tuple[PlatformStayCard, ...]:
    """Return the stays that are not over, not closures and not completed, by arrival and room; one query.

    `until` is the last day of arrival that counts; without it all of them.
    """
    expected = _cards(property_id).where(ChannelStay.departure >= today)
    if until is not None:
        expected = expected.where(ChannelStay.arrival <= until)
    return tuple(_card(row) for row in session.execute(expected.where(_is_to_complete())))


def card_of(stay: ChannelStay) -> PlatformStayCard:
    """Return the line of one stay, whatever it is."""
    return _card(session.execute(_cards(stay.property_id).where(ChannelStay.id == stay.id)).one())


def _card(row: Row[Any]) -> PlatformStayCard:
    return PlatformStayCard(
        row.id, row.channel, row.room_id, row.name, Stay(row.arrival, row.departure), Kind(row.kind)
    )


def _cards(property_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            ChannelStay.id,
            Feed.channel,
            Room.id.label("room_id"),
            Room.name,
            ChannelStay.arrival,
            ChannelStay.departure,
            KIND.label("kind"),
        )
        .join(Feed, Feed.id == ChannelStay.feed_id)
        .join(Claim, Claim.id == ChannelStay.claim_id)
        .join(Room, Room.id == Claim.room_id)
        .where(ChannelStay.property_id == property_id)
        .order_by(ChannelStay.arrival, Room.position, ChannelStay.id)
    )


def _is_to_complete() -> ColumnElement[bool]:
    return and_(ChannelStay.ended_at.is_(None), ChannelStay.booking_id.is_(None), KIND != Kind.BLOCK)
