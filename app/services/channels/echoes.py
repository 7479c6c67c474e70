"""What a channel has read of us: by it our own nights are recognised when they come back (R38)."""

from __future__ import annotations

from app.models import Feed
from calendars.echoes import Shown
from calendars.export import Range


def shown_to(feed: Feed, ranges: tuple[Range, ...]) -> tuple[Shown, ...]:
    """Say what a channel knows of us: nothing before its first reading."""
    since = feed.served_at
    return () if since is None else tuple(Shown(start, end, since) for start, end in ranges)
