"""A platform's stay is a stay: completed by the desk, then checked in, taxed and settled like any other.

Its nights belong to the claim that the feed made, before and after it is completed: they come and go with the feed
alone, whatever happens to the booking. Only the room is the desk's to change, and stays changed.
"""

from app.services.platform_stays.completing import (
    Completion,
    PlatformMoney,
    StayIsComplete,
    complete,
    correct_money,
    money_of,
)
from app.services.platform_stays.finding import StayNotFound, find_stay, kind_of
from app.services.platform_stays.following import follow_end, follow_move, lock_bookings
from app.services.platform_stays.listing import PlatformStayCard, card_of, list_to_complete
from app.services.platform_stays.moving import FreeRoom, change_room, list_free_rooms, move_to_room
from app.services.platform_stays.telling import tell_kind

__all__ = [
    "Completion",
    "FreeRoom",
    "PlatformMoney",
    "PlatformStayCard",
    "StayIsComplete",
    "StayNotFound",
    "card_of",
    "change_room",
    "complete",
    "correct_money",
    "find_stay",
    "follow_end",
    "follow_move",
    "kind_of",
    "list_free_rooms",
    "list_to_complete",
    "lock_bookings",
    "money_of",
    "move_to_room",
    "tell_kind",
]
