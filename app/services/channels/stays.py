"""The stays that were read from a feed, and their claims: remembered, moved, ended."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.database import session
from app.models import ChannelStay, Claim, ClaimKind, Feed
from app.services import inventory
from app.services.events import record
from calendars.feed import Block, Kind
from calendars.reconcile import KnownBlock
from pricing.stay import Stay

STILL_MATTERS = timedelta(days=2)
LONGEST_UID = 300


def list_live(feed: Feed, *, today: date) -> dict[Hashable, ChannelStay]:
    """Return the stays of a feed that are not over, or have just been, by id."""
    stays = session.scalars(
        select(ChannelStay)
        .where(
            ChannelStay.feed_id == feed.id,
            ChannelStay.ended_at.is_(None),
            ChannelStay.departure >= today - STILL_MATTERS,
        )
        .order_by(ChannelStay.arrival, ChannelStay.id)
    )
    return {stay.id: stay for stay in stays}


def as_known(stay: ChannelStay) -> KnownBlock:
    """Return a stay as the reconciling knows it."""
    return KnownBlock(
        id=stay.id,
        uid=stay.uid,
        start=stay.arrival,
        end=stay.departure,
        kind=Kind(stay.kind),
        missed_count=stay.missed_count,
        missing_since=stay.missing_since,
        first_seen_at=stay.first_seen_at,
    )


def add(feed: Feed, block: Block, *, now: datetime) -> Claim:
    """Remember a stay that is new in the feed and claim its nights; no commit."""
    claim = inventory.take_free(
        property_id=feed.property_id,
        room_id=feed.room_id,
        kind=ClaimKind.CHANNEL_STAY,
        stay=Stay(block.start, block.end),
        now=now,
    )
    stay = ChannelStay(
        property_id=feed.property_id,
        feed_id=feed.id,
        claim_id=claim.id,
        uid=block.uid[:LONGEST_UID],
        kind=block.kind,
        arrival=block.start,
        departure=block.end,
        missed_count=0,
        first_seen_at=now,
    )
    session.add(stay)
    session.flush()
    _note(feed, stay, "add", now)
    return claim


def move(feed: Feed, stay: ChannelStay, block: Block, *, now: datetime) -> Claim:
    """Give a stay the nights and the kind that the feed gives it now; no commit."""
    claim = session.get_one(Claim, stay.claim_id)
    has_other_nights = (stay.arrival, stay.departure) != (block.start, block.end)
    stay.kind, stay.arrival, stay.departure = block.kind, block.start, block.end
    find_again(stay)
    if has_other_nights:
        inventory.move(claim, Stay(block.start, block.end), now=now)
        _note(feed, stay, "move", now)
    return claim


def end(feed: Feed, stay: ChannelStay, *, now: datetime) -> None:
    """Let go of a stay that is really gone; its nights go to whoever waits for them; no commit."""
    stay.ended_at = now
    inventory.release(session.get_one(Claim, stay.claim_id), now=now)
    _note(feed, stay, "end", now)


def end_all(feed: Feed, *, now: datetime) -> None:
    """Let go of every stay of a feed that nobody reads any more; no commit."""
    stays = session.scalars(
        select(ChannelStay)
        .where(ChannelStay.feed_id == feed.id, ChannelStay.ended_at.is_(None))
        .order_by(ChannelStay.id)
    ).all()
    for stay in stays:
        end(feed, stay, now=now)


def find_again(stay: ChannelStay) -> None:
    """Note that a stay is in its feed; writes nothing when it never was missing (R26)."""
    if stay.missed_count:
        stay.missed_count, stay.missing_since = 0, None


def _note(feed: Feed, stay: ChannelStay, verb: str, now: datetime) -> None:
    record(
        property_id=feed.property_id,
        actor=f"channel:{feed.channel}",
        verb=verb,
        noun="channel_stay",
        noun_id=stay.id,
        field_names=["arrival", "departure"],
        now=now,
    )
