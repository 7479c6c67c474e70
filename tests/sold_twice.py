"""A night sold twice, made without a network: a platform's stay in a room, and what a platform has read of ours."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select

from app.database import session
from app.models import (
    ChannelName,
    ChannelStay,
    ClaimKind,
    Conflict,
    Feed,
    Property,
    Room,
    RoomNight,
)
from app.services import inventory
from pricing.stay import Stay
from tests.cast import NOW


def room_named(name: str) -> Room:
    """Return a room by its name."""
    return session.scalars(select(Room).where(Room.name == name)).one()


def owners_of(room: Room, stay: Stay) -> list[int | None]:
    """Return who has each night of a room."""
    owners = dict(
        session.execute(select(RoomNight.night, RoomNight.claim_id).where(RoomNight.room_id == room.id)).all()
    )
    return [owners.get(night) for night in stay.nights]


def list_room(
    house: Property, room: Room, channel: ChannelName = ChannelName.AIRBNB, served_at: datetime | None = None
) -> Feed:
    """Put a room on a platform; return its feed there, the one that is there already if there is one."""
    feed = session.scalar(select(Feed).where(Feed.room_id == room.id, Feed.channel == channel))
    if feed is None:
        feed = Feed(
            property_id=house.id,
            room_id=room.id,
            channel=channel,
            public_id=secrets.token_hex(8),
            sealed_url="sealed",
            created_at=NOW,
        )
        session.add(feed)
    feed.served_at = served_at or feed.served_at
    session.flush()
    return feed


def read_by_platform(feed: Feed, *stays: Stay, at: datetime = NOW) -> None:
    """Let a platform have read a room as taken on these nights, and free otherwise."""
    feed.served_at = at
    feed.shown = [[str(stay.arrival), str(stay.departure), at.isoformat()] for stay in stays]
    session.commit()


def sold_by_platform(
    house: Property,
    room: Room,
    stay: Stay,
    channel: ChannelName = ChannelName.AIRBNB,
    kind: str = "reservation",
    now: datetime = NOW,
) -> ChannelStay:
    """Let a platform's feed list a stay, as an import would write it. Commits."""
    feed = list_room(house, room, channel)
    with inventory.rearranging(property_id=house.id, room_ids=[room.id], now=now) as changes:
        (claim_id,) = changes.add(room_id=room.id, kind=ClaimKind.CHANNEL_STAY, stays=[stay])
        sold = ChannelStay(
            property_id=house.id,
            feed_id=feed.id,
            claim_id=claim_id,
            uid=secrets.token_hex(8),
            kind=kind,
            arrival=stay.arrival,
            departure=stay.departure,
            first_seen_at=now,
        )
        session.add(sold)
        session.flush()
    session.commit()
    return sold


def the_conflict() -> Conflict:
    """Return the only conflict there is, as it stands now."""
    session.expire_all()
    return session.scalars(select(Conflict)).one()
