"""How each feed is doing: read lately, silent, in trouble, and when its channel last read ours (R51)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Integer, case, func, select

from app.database import session
from app.models import ChannelName, ChannelStay, Feed, Room
from app.services.channels.freshness import FRESH_FOR


class FeedState(StrEnum):
    """What the desk needs to know of a feed at a glance."""

    ONLY_SHOWN = "only_shown"
    PAUSED = "paused"
    WAITING = "waiting"
    FRESH = "fresh"
    STALE = "stale"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class FeedCard:
    """A feed as the desk reads it. The address that we read is a secret and stays out; its host is enough."""

    id: int
    public_id: str
    token_version: int
    room_id: int
    room_name: str
    channel: ChannelName
    state: FeedState
    stay_count: int
    closure_count: int
    read_well_at: datetime | None
    attempted_at: datetime | None
    served_at: datetime | None
    fault_code: str
    fault: str


def list_feeds(*, property_id: int, now: datetime) -> tuple[FeedCard, ...]:
    """Return the feeds of a house in the order of its rooms; one query."""
    is_closure = case((ChannelStay.kind == "block", 1), else_=0)
    counts = (
        select(
            ChannelStay.feed_id,
            func.count().label("all"),
            func.sum(is_closure, type_=Integer).label("closures"),
        )
        .where(
            ChannelStay.property_id == property_id,
            ChannelStay.ended_at.is_(None),
            ChannelStay.departure > now.date(),
        )
        .group_by(ChannelStay.feed_id)
        .subquery()
    )
    rows = session.execute(
        select(Feed, Room.name, func.coalesce(counts.c["all"], 0), func.coalesce(counts.c.closures, 0))
        .join(Room, Room.id == Feed.room_id)
        .outerjoin(counts, counts.c.feed_id == Feed.id)
        .where(Feed.property_id == property_id)
        .order_by(Room.position, Room.id, Feed.channel)
    ).all()
    return tuple(_card(feed, name, count, closures, now) for feed, name, count, closures in rows)


def list_in_trouble(*, property_id: int, now: datetime) -> tuple[FeedCard, ...]:
    """Return the feeds that somebody must look after: broken, or silent for more than six hours."""
    troubled = (FeedState.BROKEN, FeedState.STALE)
    return tuple(card for card in list_feeds(property_id=property_id, now=now) if card.state in troubled)


def list_rooms(property_id: int) -> tuple[tuple[int, str], ...]:
    """Return id and name of the rooms that a feed can be for, in the order of the house."""
    rows = session.execute(
        select(Room.id, Room.name).where(Room.property_id == property_id).order_by(Room.position, Room.id)
    )
    return tuple((room_id, name) for room_id, name in rows)


def state_of(feed: Feed, now: datetime) -> FeedState:
    """Return how a feed is doing at `now`."""
    if feed.is_paused:
        return FeedState.PAUSED
    if not feed.sealed_url:
        return FeedState.ONLY_SHOWN
    if feed.fault_code:
        return FeedState.BROKEN
    if feed.read_well_at is None:
        return FeedState.WAITING
    return FeedState.FRESH if feed.read_well_at >= now - FRESH_FOR else FeedState.STALE


def _card(feed: Feed, room_name: str, count: int, closures: int, now: datetime) -> FeedCard:
    return FeedCard(
        id=feed.id,
        public_id=feed.public_id,
        token_version=feed.token_version,
        room_id=feed.room_id,
        room_name=room_name,
        channel=ChannelName(feed.channel),
        state=state_of(feed, now),
        stay_count=count - closures,
        closure_count=closures,
        read_well_at=feed.read_well_at,
        attempted_at=feed.attempted_at,
        served_at=feed.served_at,
        fault_code=feed.fault_code,
        fault=feed.fault,
    )
