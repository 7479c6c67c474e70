"""What a person says about a feed: that its first import is right (R8), how it is to be read, what is no echo.

Until somebody has looked, the nights of a first import are closed all the same: a night sold twice costs more.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import select

from app.database import session
from app.models import ChannelStay, Feed, Property
from app.services.channels import stays
from app.services.channels.feeds import find_feed
from app.services.channels.quarrels import count_new_quarrels, list_quarrels, tell_desk
from app.services.events import record
from pricing.stay import Stay

MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class FeedOptions:
    """How a feed is read and served; each field is a column of the feed.

    `is_end_inclusive`: its last day is a night, too. `stays_only`: its closures are left out. `is_transparent_free`:
    what it marks as free closes nothing. `is_aggregator`: it repeats the stays of other platforms. `is_timed`: we
    serve hours instead of whole days.
    """

    is_end_inclusive: bool = False
    stays_only: bool = False
    is_transparent_free: bool = False
    is_aggregator: bool = False
    is_timed: bool = False

    @classmethod
    def of(cls, feed: Feed) -> FeedOptions:
        """Return how a feed is read and served now."""
        return cls(**{field.name: getattr(feed, field.name) for field in fields(cls)})


@dataclass(frozen=True, slots=True)
class ReadStay:
    """A stay or closure as its feed tells it; `kind` is what the platform says: reservation, block, unknown."""

    stay: Stay
    kind: str


def list_read_stays(
    *, property_id: int, feed_id: int, today: date, is_missing: bool = False, most: int = MOST_SHOWN
) -> tuple[ReadStay, ...]:
    """Return the first stays of a feed that are not over; `is_missing`: those that it has ceased to list."""
    statement = (
        select(ChannelStay.arrival, ChannelStay.departure, ChannelStay.kind)
        .where(
            ChannelStay.property_id == property_id,
            ChannelStay.feed_id == feed_id,
            ChannelStay.ended_at.is_(None),
            ChannelStay.departure > today,
        )
        .order_by(ChannelStay.arrival, ChannelStay.id)
        .limit(most)
    )
    if is_missing:
        statement = statement.where(ChannelStay.missed_count > 0)
    rows = session.execute(statement)
    return tuple(ReadStay(Stay(arrival, departure), kind) for arrival, departure, kind in rows)


def trust_feed(*, house: Property, feed_id: int, actor: str, now: datetime) -> Feed:
    """Take somebody's word that a first import is right (R8). Commits."""
    feed = find_feed(house=house, feed_id=feed_id)
    feed.trusted_at = now
    _note(feed, "trust", ["trusted_at"], actor, now)
    session.commit()
    return feed


def change_options(*, house: Property, feed_id: int, options: FeedOptions, actor: str, now: datetime) -> Feed:
    """Read and serve a feed in another manner from now on; the next reading is a full one. Commits.

    What an aggregator only repeated may be another guest once it is none: the desk is told of it (R33).
    """
    feed = find_feed(house=house, feed_id=feed_id)
    changed = [
        field.name for field in fields(options) if getattr(feed, field.name) != getattr(options, field.name)
    ]
    for name in changed:
        setattr(feed, name, getattr(options, name))
    if changed:
        _read_whole_next(feed, now)
        _note(feed, "change_options", changed, actor, now)
    if "is_aggregator" in changed:
        before = list_quarrels(feed)
        stays.weigh_all(feed, now=now)
        if count_new_quarrels(feed, before=before, now=now):
            tell_desk(house, now=now)
    session.commit()
    return feed


def deny_echo(*, house: Property, feed_id: int, stay: Stay, actor: str, now: datetime) -> Feed:
    """Take somebody's word that nights which look like our own are a guest's; the next reading claims them. Commits."""
    feed = find_feed(house=house, feed_id=feed_id)
    nights = [stay.arrival.isoformat(), stay.departure.isoformat()]
    if nights not in feed.never_echoes:
        feed.never_echoes = [*feed.never_echoes, nights]
    _read_whole_next(feed, now)
    _note(feed, "deny_echo", ["never_echoes"], actor, now)
    session.commit()
    return feed


def _read_whole_next(feed: Feed, now: datetime) -> None:
    """Forget how the last answer looked, not what it said: an unchanged one is read again."""
    feed.etag = feed.last_modified = feed.digest = ""
    if feed.sealed_url and not feed.is_paused:
        feed.due_at = now


def _note(feed: Feed, verb: str, field_names: list[str], actor: str, now: datetime) -> None:
    record(
        property_id=feed.property_id,
        actor=actor,
        verb=verb,
        noun="feed",
        noun_id=feed.id,
        field_names=field_names,
        now=now,
    )
