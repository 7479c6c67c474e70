"""Put people to bed: which rooms hold a party, and who sleeps in which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

from pricing.household import Household

COT_UNDER_AGE = 3
MOST_ROOMS_OF_A_PARTY = 4


@dataclass(frozen=True, slots=True)
class Sleepers:
    """Who sleeps in one room: adults, and the ages of the children."""

    adults: int
    children: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        """Return the number of people."""
        return self.adults + len(self.children)


@dataclass(frozen=True, slots=True)
class Beds:
    """What a room type offers: places to sleep, and cots for the very small beside them."""

    sleeps: int
    cots: int = 0

    def hold(self, sleepers: Sleepers) -> bool:
        """Tell whether these people can sleep here."""
        small = sum(age < COT_UNDER_AGE for age in sleepers.children)
        return sleepers.size - min(small, self.cots) <= self.sleeps


def share_out(party: Household, rooms: Sequence[Beds]) -> tuple[Sleepers, ...] | None:
    """Spread a party over rooms, an adult in each, the smallest children with the first adult.

    Returns None when the rooms do not hold the party.
    """
    if party.adults < len(rooms):
        return None
    adults = [1] * len(rooms)
    children: list[list[int]] = [[] for _ in rooms]
    for age in sorted(party.children):
        place = _first_place(rooms, adults, children, extra_children=(age,))
        if place is None:
            return None
        children[place].append(age)
    for _ in range(party.adults - len(rooms)):
        place = _first_place(rooms, adults, children, extra_adults=1)
        if place is None:
            return None
        adults[place] += 1
    return tuple(Sleepers(a, tuple(c)) for a, c in zip(adults, children, strict=True))


def fewest_rooms(party: Household, types: Mapping[str, Beds]) -> int:
    """Return the least number of rooms of this house that hold the party, free or not (decision 11)."""
    for count in range(1, MOST_ROOMS_OF_A_PARTY + 1):
        if any(
            share_out(party, [types[code] for code in codes])
            for codes in combinations_with_replacement(types, count)
        ):
            return count
    return MOST_ROOMS_OF_A_PARTY + 1


def list_combinations(
    party: Household, types: Mapping[str, Beds], free_counts: Mapping[str, int]
) -> Iterator[tuple[str, ...]]:
    """Yield the smallest sets of free rooms that hold the party, fewest rooms first, then fewest empty beds.

    Stops at the first number of rooms that holds everybody.
    """
    for count in range(1, MOST_ROOMS_OF_A_PARTY + 1):
        fitting = [
            codes
            for codes in combinations_with_replacement(types, count)
            if all(codes.count(code) <= free_counts.get(code, 0) for code in codes)
            and share_out(party, [types[code] for code in codes]) is not None
        ]
        if fitting:
            yield from sorted(fitting, key=lambda codes: sum(types[code].sleeps for code in codes))
            return


def _first_place(
    rooms: Sequence[Beds],
    adults: Sequence[int],
    children: Sequence[Sequence[int]],
    *,
    extra_adults: int = 0,
    extra_children: tuple[int, ...] = (),
) -> int | None:
    for place, beds in enumerate(rooms):
        if beds.hold(Sleepers(adults[place] + extra_adults, (*children[place], *extra_children))):
            return place
    return None
