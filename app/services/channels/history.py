"""What feeds did to the nights of a room, newest first: which, from, to, when; nothing about anybody (R36)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select

from app.database import session
from app.models import Feed, FeedChange, Room
from pricing.stay import Stay

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class RoomChange:
    """One thing that a feed did: `verb` is add, move, end, echo or change_room; None where there were no nights."""

    at: datetime
    channel: str
    verb: str
    old: Stay | None
    new: Stay | None


@dataclass(frozen=True, slots=True)
class RoomHistory:
    """A page of the history of a room: its changes, and the key of the page after it (0: there is none)."""

    room_name: str
    changes: tuple[RoomChange, ...]
    older_than: int


def find_room_history(*, property_id: int, room_id: int, older_than: int = 0) -> RoomHistory | None:
    """Return a page of the changes of a room of this house; None for a room that it does not have. Two queries."""
    name = session.scalar(select(Room.name).where(Room.property_id == property_id, Room.id == room_id))
    if name is None:
        return None
    statement = _changes(property_id).where(FeedChange.room_id == room_id).limit(PAGE_SIZE + 1)
    if older_than:
        statement = statement.where(FeedChange.id < older_than)
    rows = session.execute(statement).all()
    shown = rows[:PAGE_SIZE]
    return RoomHistory(
        room_name=name,
        changes=tuple(_change(change, channel) for change, channel in shown),
        older_than=shown[-1][0].id if len(rows) > PAGE_SIZE else 0,
    )


def list_feed_changes(*, property_id: int, feed_id: int, most: int) -> tuple[RoomChange, ...]:
    """Return the last changes of one feed; one query."""
    rows = session.execute(_changes(property_id).where(FeedChange.feed_id == feed_id).limit(most)).all()
    return tuple(_change(change, channel) for change, channel in rows)


def _changes(property_id: int) -> Select[FeedChange, str]:
    return (
        select(FeedChange, Feed.channel)
        .join(Feed, Feed.id == FeedChange.feed_id)
        .where(FeedChange.property_id == property_id)
        .order_by(FeedChange.id.desc())
    )


def _change(change: FeedChange, channel: str) -> RoomChange:
    return RoomChange(
        at=change.at,
        channel=channel,
        verb=change.verb,
        old=_nights(change.old_arrival, change.old_departure),
        new=_nights(change.new_arrival, change.new_departure),
    )


def _nights(arrival: date | None, departure: date | None) -> Stay | None:
    return Stay(arrival, departure) if arrival and departure else None
