"""How each feed is doing: read lately, silent, in trouble, and when its channel last read ours (R51)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Integer, Label, Subquery, case, func, select

from app.database import session
from app.models import ChannelName, ChannelStay, Feed, FeedChange, Room
from app.services.channels.freshness import FRESH_FOR
from app.services.channels.trust import FeedOptions
from pricing.stay import Stay

TIME_TO_READ = timedelta(days=1)
KIND_COUNTS = {"block": "closures", "unknown": "unknown"}


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
    """A feed as the desk reads it. The address that we read is a secret and stays out; its host is enough.

    `is_provisional`: read, and nobody has said yet that what came is right (R8). `changed_at`: when it last changed
    any night. `echoes` are our own nights that come back with it. `is_overlooked`: its platform has had a day to read
    our calendar, and has not.
    """

    id: int
    public_id: str
    token_version: int
    room_id: int
    room_name: str
    channel: ChannelName
    state: FeedState
    host: str
    is_provisional: bool
    stay_count: int
    closure_count: int
    unknown_count: int
    changed_at: datetime | None
    read_well_at: datetime | None
    attempted_at: datetime | None
    served_at: datetime | None
    due_at: datetime | None
    old_token_until: datetime | None
    fault_code: str
    fault: str
    options: FeedOptions
    echoes: tuple[Stay, ...]
    is_overlooked: bool

    @property
    def entry_count(self) -> int:
        """Return how many stays and closures it lists, whatever they are."""
        return self.stay_count + self.closure_count + self.unknown_count


def list_feeds(*, property_id: int, now: datetime) -> tuple[FeedCard, ...]:
    """Return the feeds of a house in the order of its rooms; one query."""
    counts, changes = _counts(property_id, now), _last_changes(property_id)
    rows = session.execute(
        select(
            Feed,
            Room.name,
            func.coalesce(counts.c["all"], 0),
            func.coalesce(counts.c.closures, 0),
            func.coalesce(counts.c.unknown, 0),
            changes.c.at,
        )
        .join(Room, Room.id == Feed.room_id)
        .outerjoin(counts, counts.c.feed_id == Feed.id)
        .outerjoin(changes, changes.c.feed_id == Feed.id)
        .where(Feed.property_id == property_id)
        .order_by(Room.position, Room.id, Feed.channel)
    ).all()
    return tuple(
        _card(feed, name, count, closures, unknown, changed_at, now)
        for feed, name, count, closures, unknown, changed_at in rows
    )


def find_feed_card(*, property_id: int, feed_id: int, now: datetime) -> FeedCard | None:
    """Return one feed of a house, None where it has no such feed; one query."""
    return next((card for card in list_feeds(property_id=property_id, now=now) if card.id == feed_id), None)


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


def list_connected_rooms(property_id: int) -> frozenset[int]:
    """Return the ids of the rooms that have a feed; one query."""
    return frozenset(session.scalars(select(Feed.room_id).where(Feed.property_id == property_id)))


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


def _counts(property_id: int, now: datetime) -> Subquery:
    """Count what each feed lists from today on: all, closures, and what its platform does not tell."""

    def count(kind: str) -> Label[int]:
        told = func.coalesce(func.nullif(ChannelStay.told_kind, ""), ChannelStay.kind)
        return func.sum(case((told == kind, 1), else_=0), type_=Integer).label(KIND_COUNTS[kind])

    return (
        select(ChannelStay.feed_id, func.count().label("all"), *map(count, KIND_COUNTS))
        .where(
            ChannelStay.property_id == property_id,
            ChannelStay.ended_at.is_(None),
            ChannelStay.departure > now.date(),
        )
        .group_by(ChannelStay.feed_id)
        .subquery()
    )


def _last_changes(property_id: int) -> Subquery:
    return (
        select(FeedChange.feed_id, func.max(FeedChange.at).label("at"))
        .where(FeedChange.property_id == property_id)
        .group_by(FeedChange.feed_id)
        .subquery()
    )


def _card(
    feed: Feed,
    room_name: str,
    count: int,
    closures: int,
    unknown: int,
    changed_at: datetime | None,
    now: datetime,
) -> FeedCard:
    return FeedCard(
        id=feed.id,
        public_id=feed.public_id,
        token_version=feed.token_version,
        room_id=feed.room_id,
        room_name=room_name,
        channel=ChannelName(feed.channel),
        state=state_of(feed, now),
        host=feed.url_host,
        is_provisional=bool(feed.sealed_url) and feed.trusted_at is None and feed.read_well_at is not None,
        stay_count=count - closures - unknown,
        closure_count=closures,
        unknown_count=unknown,
        changed_at=changed_at,
        read_well_at=feed.read_well_at,
        attempted_at=feed.attempted_at,
        served_at=feed.served_at,
        due_at=feed.due_at,
        old_token_until=feed.old_token_until,
        fault_code=feed.fault_code,
        fault=feed.fault,
        options=FeedOptions.of(feed),
        echoes=tuple(
            Stay(date.fromisoformat(first), date.fromisoformat(end)) for first, end, *_ in feed.echoes
        ),
        is_overlooked=feed.served_at is None and feed.created_at <= now - TIME_TO_READ,
    )
