"""Let a feed rest, or take its address away: each time somebody says what becomes of its nights (R53)."""

from __future__ import annotations

from datetime import datetime

from app.database import session
from app.models import Feed, Property
from app.services.channels import stays
from app.services.channels.feeds import find_feed, forget_what_was_read, note


def pause_feed(*, house: Property, feed_id: int, keeps_nights: bool, actor: str, now: datetime) -> Feed:
    """Stop reading a feed; its nights stay closed or come free, as the desk says. Commits.

    Raises: FeedNotFound.
    """
    feed = find_feed(house=house, feed_id=feed_id)
    feed.is_paused, feed.told_stale_at = True, None
    if not keeps_nights:
        _let_go(feed, now)
    note(feed, "pause", actor, now)
    session.commit()
    return feed


def resume_feed(*, house: Property, feed_id: int, actor: str, now: datetime) -> Feed:
    """Read a paused feed again, at once. Commits. Raises: FeedNotFound."""
    feed = find_feed(house=house, feed_id=feed_id)
    feed.is_paused = False
    feed.due_at = now if feed.sealed_url else None
    note(feed, "resume", actor, now)
    session.commit()
    return feed


def remove_address(
    *, house: Property, feed_id: int, actor: str, now: datetime, keeps_nights: bool = False
) -> Feed:
    """Read a feed no more, because it was the wrong calendar or the room has left the platform; ours is still shown.

    Its nights come free, unless they are to be kept; a second call without `keeps_nights` frees those. Commits.

    Raises: FeedNotFound.
    """
    feed = find_feed(house=house, feed_id=feed_id)
    feed.sealed_url = feed.url_mark = feed.url_host = ""
    feed.due_at, feed.is_paused, feed.trusted_at = None, False, None
    if keeps_nights:
        forget_what_was_read(feed)
    else:
        _let_go(feed, now)
    note(feed, "remove_address", actor, now)
    session.commit()
    return feed


def _let_go(feed: Feed, now: datetime) -> None:
    stays.end_all(feed, now=now)
    forget_what_was_read(feed)
