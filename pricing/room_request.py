"""A room that is asked for: its type, who sleeps there, whether it is one more than needed, or shared."""

from collections.abc import Sequence
from dataclasses import dataclass

from pricing.household import Household, HouseholdInvalid, check_people
from pricing.money import Money, split

MOST_ROOMS = 50


@dataclass(frozen=True, slots=True)
class RoomRequest:
    """Hold one room of one household; older children may sleep in a room without an adult.

    `is_beyond_fewest` marks a room beyond the fewest that hold the party (decision 11). Of a room that several
    households share this is one of `parts` equal parts, counted from 1 (see group.py).

    Raises: HouseholdInvalid when nobody, or nobody who can be, sleeps there, or there is no such part.
    """

    type_code: str
    adults: int
    children: tuple[int, ...] = ()
    is_beyond_fewest: bool = False
    part: int = 1
    parts: int = 1

    def __post_init__(self) -> None:
        check_people(self.adults, self.children)
        if not 1 <= self.part <= self.parts:
            raise HouseholdInvalid(f"of {self.parts} parts of a room there is no part {self.part}")

    @property
    def is_shared(self) -> bool:
        """Tell whether another household sleeps there too."""
        return self.parts > 1

    def part_of(self, amount: Money) -> Money:
        """Return this part of what the whole room costs; the odd cents go to the first parts."""
        return split(amount, [1] * self.parts)[self.part - 1] if self.is_shared else amount


def household_of(rooms: Sequence[RoomRequest]) -> Household:
    """Return the household that sleeps in these rooms. Raises: HouseholdInvalid."""
    if not 1 <= len(rooms) <= MOST_ROOMS:
        raise HouseholdInvalid(f"a household asks for 1 to {MOST_ROOMS} rooms, not {len(rooms)}")
    children = tuple(age for room in rooms for age in room.children)
    return Household(sum(room.adults for room in rooms), children)


def first_with_adult(rooms: Sequence[RoomRequest]) -> int:
    """Return the place of the room that has the household's first adult (decision 11): the first with any."""
    return next(place for place, room in enumerate(rooms) if room.adults)
