"""A room that is asked for: its type, who sleeps there, and whether it is one more than needed."""

from collections.abc import Sequence
from dataclasses import dataclass

from pricing.household import Household, HouseholdInvalid, check_people

MOST_ROOMS = 50


@dataclass(frozen=True, slots=True)
class RoomRequest:
    """Hold one room of one household; older children may sleep in a room without an adult.

    `is_beyond_fewest` marks a room beyond the fewest that hold the party (decision 11).

    Raises: HouseholdInvalid when nobody, or nobody who can be, sleeps there.
    """

    type_code: str
    adults: int
    children: tuple[int, ...] = ()
    is_beyond_fewest: bool = False

    def __post_init__(self) -> None:
        check_people(self.adults, self.children)


def household_of(rooms: Sequence[RoomRequest]) -> Household:
    """Return the household that sleeps in these rooms. Raises: HouseholdInvalid."""
    if not 1 <= len(rooms) <= MOST_ROOMS:
        raise HouseholdInvalid(f"a household asks for 1 to {MOST_ROOMS} rooms, not {len(rooms)}")
    children = tuple(age for room in rooms for age in room.children)
    return Household(sum(room.adults for room in rooms), children)


def first_with_adult(rooms: Sequence[RoomRequest]) -> int:
    """Return the place of the room that has the household's first adult (decision 11): the first with any."""
    return next(place for place, room in enumerate(rooms) if room.adults)
