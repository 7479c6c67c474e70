"""What a channel is served of a room, and the note that it has read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from calendars.echoes import show
from calendars.export import merge_busy, write
from calendars.room.state import Room

NAME = "Room"
HOST = "calendars.invalid"
ONE_DAY = timedelta(days=1)


def serve(room: Room, channel: str, *, now: datetime) -> tuple[Room, bytes]:
    """Write the calendar of all busy nights beside the channel's own, from yesterday on, and note the reading.

    Raises: ValueError for what is no name of a channel.
    """
    feed = room.feed(channel)
    today = room.today(now)
    busy = [
        nights for nights in merge_busy(room.busy(beside=channel, now=now)) if nights.end > today - ONE_DAY
    ]
    body = write(busy, name=NAME, key=f"{room.key} {channel}".encode(), host=HOST)
    shown = show(feed.shown, ((start, end) for start, end, _ in busy), at=now, today=today)
    return room.with_feed(replace(feed, shown=shown)), body
