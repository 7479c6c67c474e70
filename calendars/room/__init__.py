"""One room and its feeds, as a value: what the application does at each import, without the application.

A state goes in, a state and what there is to tell come out (`follow`, `fail`, `confirm`, `book`, `cancel`, `serve`);
`files` keeps it between two commands.
"""

from calendars.room.following import confirm, fail, follow
from calendars.room.ours import NotBooked, book, cancel
from calendars.room.outcome import Outcome
from calendars.room.serving import serve
from calendars.room.state import Kept, NoSuchFeed, OwnStay, Room, RoomFeed

__all__ = [
    "Kept",
    "NoSuchFeed",
    "NotBooked",
    "Outcome",
    "OwnStay",
    "Room",
    "RoomFeed",
    "book",
    "cancel",
    "confirm",
    "fail",
    "follow",
    "serve",
]
