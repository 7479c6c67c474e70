"""The calendars of the platforms: connected, watched over, adjusted, put to rest; every change can be looked up."""

from app.web.desk.channels import (
    adjusting,
    checking,
    connecting,
    first_import,
    listing,
    one_feed,
    previewing,
    room_history,
)

__all__ = [
    "adjusting",
    "checking",
    "connecting",
    "first_import",
    "listing",
    "one_feed",
    "previewing",
    "room_history",
]
