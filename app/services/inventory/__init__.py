"""Who has which night of which room.

Any number of claims may want a night; `room_night` gives it to one (decision 2). What is scarce is the row
(room, night), and these are the rules for locking it:

* A **booked room** takes all its nights or none: one INSERT of rows sorted by (room, night), no other lock. Whoever
  comes second is refused by the primary key.
* **Everything else** (blocks, stays from feeds, keeping longer, letting go, moving, other dates) first locks the rooms
  it touches, in ascending order, then inserts what is free. So nobody can let go of a night while somebody else begins
  to wait for it, and nobody finds a hold lapsed while it is being confirmed.
* **Letting go** hands each night to the oldest live claim that wants it, in the same transaction.
* **One change or ten thousand** are one `rearranging`: rooms locked once, claims ended, moved and added, then every
  night that nobody has given to the oldest that wants it, and conflicts opened and closed in one pass.
* A **lapsed** claim owns nothing: whoever takes the night removes it first (decision 4).

Nothing here commits: the nights belong to the transaction of what they are for.
"""

from app.services.inventory.changing_rooms import change_room
from app.services.inventory.conflicts import OpenConflict, list_conflicts
from app.services.inventory.exchanging import exchange
from app.services.inventory.nights import RoomNotAvailable, Wish, list_taken, lock_claims, lock_rooms
from app.services.inventory.rearranging import Rearrangement, rearranging
from app.services.inventory.releasing import release, release_lapsed
from app.services.inventory.taking import move, take_all, take_free

__all__ = [
    "OpenConflict",
    "Rearrangement",
    "RoomNotAvailable",
    "Wish",
    "change_room",
    "exchange",
    "list_conflicts",
    "list_taken",
    "lock_claims",
    "lock_rooms",
    "move",
    "rearranging",
    "release",
    "release_lapsed",
    "take_all",
    "take_free",
]
