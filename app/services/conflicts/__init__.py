"""Nights that two sides want: who they are, and the three ways in which a person settles it.

Move one side to another room (`moving`, once the platforms of that room have read that it is taken: `targets`,
`preparing`; `opening` when nobody moves in), keep things as they are with a reason (`settling`), or find one side
another house (`relocating`). An import never does any of this (R32).
"""

from app.services.conflicts.moving import RoomNotRead, SideStays, move_side
from app.services.conflicts.opening import open_unneeded
from app.services.conflicts.preparing import prepare
from app.services.conflicts.reading import (
    ConflictCard,
    ConflictGone,
    ConflictNotFound,
    Party,
    find_open,
    is_open_for,
    list_open,
    list_told,
)
from app.services.conflicts.relocating import OtherHouse, Relocation, find_relocation, relocate
from app.services.conflicts.settling import Settled, keep, list_settled
from app.services.conflicts.targets import Readiness, Target, list_targets

__all__ = [
    "ConflictCard",
    "ConflictGone",
    "ConflictNotFound",
    "OtherHouse",
    "Party",
    "Readiness",
    "Relocation",
    "RoomNotRead",
    "Settled",
    "SideStays",
    "Target",
    "find_open",
    "find_relocation",
    "is_open_for",
    "keep",
    "list_open",
    "list_settled",
    "list_targets",
    "list_told",
    "move_side",
    "open_unneeded",
    "prepare",
    "relocate",
]
