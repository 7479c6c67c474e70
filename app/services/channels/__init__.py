"""Booking platforms: the feeds we read and serve.

What a platform sold arrives as a feed (`imports`), becomes claims on nights (`stays`), and whatever else has nights of
the same room goes back to the platform (`exports`). Nothing here fetches by itself: the reader is passed in.
"""

from app.services.channels.address_check import Finding, Point, check_address
from app.services.channels.exports import export
from app.services.channels.feeds import (
    OVERLAPS,
    FeedIsOurOwn,
    FeedIsRead,
    FeedNotFound,
    FeedUsedElsewhere,
    find_feed,
    rotate_token,
    save_feed,
)
from app.services.channels.freshness import are_feeds_fresh
from app.services.channels.health import (
    FeedCard,
    FeedState,
    find_feed_card,
    list_connected_rooms,
    list_feeds,
    list_in_trouble,
    list_rooms,
)
from app.services.channels.history import RoomChange, RoomHistory, find_room_history, list_feed_changes
from app.services.channels.imports import import_feed
from app.services.channels.last_look import look_before_sale
from app.services.channels.outcomes import SUSPICIONS, Imported, fault_words
from app.services.channels.previewing import Preview, preview_lines
from app.services.channels.readings import ReadingCard, forget_readings, list_readings
from app.services.channels.resealing import Resealed, reseal_addresses
from app.services.channels.resting import pause_feed, remove_address, resume_feed
from app.services.channels.rhythm import Rhythm
from app.services.channels.silence import SilentFeed, list_silent, tell_silence
from app.services.channels.sweep import Swept, count_due, import_due
from app.services.channels.trust import (
    FeedOptions,
    ReadStay,
    change_options,
    deny_echo,
    list_read_stays,
    trust_feed,
)

__all__ = [
    "OVERLAPS",
    "SUSPICIONS",
    "FeedCard",
    "FeedIsOurOwn",
    "FeedIsRead",
    "FeedNotFound",
    "FeedOptions",
    "FeedState",
    "FeedUsedElsewhere",
    "Finding",
    "Imported",
    "Point",
    "Preview",
    "ReadStay",
    "ReadingCard",
    "Resealed",
    "Rhythm",
    "RoomChange",
    "RoomHistory",
    "SilentFeed",
    "Swept",
    "are_feeds_fresh",
    "change_options",
    "check_address",
    "count_due",
    "deny_echo",
    "export",
    "fault_words",
    "find_feed",
    "find_feed_card",
    "find_room_history",
    "forget_readings",
    "import_due",
    "import_feed",
    "list_connected_rooms",
    "list_feed_changes",
    "list_feeds",
    "list_in_trouble",
    "list_read_stays",
    "list_readings",
    "list_rooms",
    "list_silent",
    "look_before_sale",
    "pause_feed",
    "preview_lines",
    "remove_address",
    "reseal_addresses",
    "resume_feed",
    "rotate_token",
    "save_feed",
    "tell_silence",
    "trust_feed",
]
