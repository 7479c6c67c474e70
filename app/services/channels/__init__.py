"""Booking platforms: the feeds we read and serve.

What a platform sold arrives as a feed (`imports`), becomes claims on nights (`stays`), and whatever else has nights of
the same room goes back to the platform (`exports`). Nothing here fetches by itself: the reader is passed in.
"""

from app.services.channels.exports import export
from app.services.channels.feeds import (
    FeedIsOurOwn,
    FeedIsRead,
    FeedNotFound,
    FeedUsedElsewhere,
    find_feed,
    pause_feed,
    remove_address,
    resume_feed,
    rotate_token,
    save_feed,
)
from app.services.channels.freshness import are_feeds_fresh
from app.services.channels.health import FeedCard, FeedState, list_feeds, list_in_trouble, list_rooms
from app.services.channels.imports import import_feed
from app.services.channels.outcomes import SUSPICIONS, Imported, fault_words
from app.services.channels.rhythm import Rhythm
from app.services.channels.sweep import Swept, import_due

__all__ = [
    "SUSPICIONS",
    "FeedCard",
    "FeedIsOurOwn",
    "FeedIsRead",
    "FeedNotFound",
    "FeedState",
    "FeedUsedElsewhere",
    "Imported",
    "Rhythm",
    "Swept",
    "are_feeds_fresh",
    "export",
    "fault_words",
    "find_feed",
    "import_due",
    "import_feed",
    "list_feeds",
    "list_in_trouble",
    "list_rooms",
    "pause_feed",
    "remove_address",
    "resume_feed",
    "rotate_token",
    "save_feed",
]
