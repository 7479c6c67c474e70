"""A platform's stay is a stay: completed by the desk, then checked in, taxed and settled like any other.

Its nights belong to the claim that the feed made, before and after it is completed: they come and go with the feed
alone, whatever happens to the booking. Only the room is the desk's to change, and stays changed.
"""

from app.services.platform_stays.finding import StayNotFound, find_stay, kind_of
from app.services.platform_stays.following import follow_end, follow_move, lock_bookings
from app.services.platform_stays.moving import FreeRoom, change_room, list_free_rooms, move_to_room

__all__ = [
    "FreeRoom",
    "StayNotFound",
    "change_room",
    "find_stay",
    "follow_end",
    "follow_move",
    "kind_of",
    "list_free_rooms",
    "lock_bookings",
    "move_to_room",
]
