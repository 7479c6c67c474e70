"""Household: who travels together, and of which age.

Ages are in whole years. From 14 on one counts as grown up, under 3 one sleeps in a cot. What each counts in an
income and in a price stands in household_scales.py.
"""

from dataclasses import dataclass

from pricing.refusal import Refusal

GROWN_UP_FROM = 14
CHILD_FROM = 3
ADULT_FROM = 18
MOST_PEOPLE = 99


class HouseholdInvalid(Refusal):
    """Say why these people are no household that the house can price."""


@dataclass(frozen=True, slots=True)
class Household:
    """Hold a household: at least one adult, and the ages of those under 18.

    >>> family = Household(adults=2, children=(1, 6))
    >>> family.size, family.bed_count
    (4, 3)

    Raises: HouseholdInvalid.
    """

    adults: int
    children: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        check_people(self.adults, self.children)
        if self.adults < 1:
            raise HouseholdInvalid("a household has at least one adult")

    @property
    def size(self) -> int:
        """Count everybody, babies included."""
        return self.adults + len(self.children)

    @property
    def bed_count(self) -> int:
        """Count the beds that are needed, those under 3 sleeping in a cot."""
        return self.adults + sum(age >= CHILD_FROM for age in self.children)


def check_people(adults: int, children: tuple[int, ...]) -> None:
    """Refuse a group that cannot be: HouseholdInvalid for numbers, TypeError for other things."""
    are_ages = type(children) is tuple and all(type(age) is int for age in children)
    if type(adults) is not int or not are_ages:
        raise TypeError(f"people are a whole number and a tuple of ages, not {adults!r} and {children!r}")
    people = adults + len(children)
    if adults < 0 or not 1 <= people <= MOST_PEOPLE:
        raise HouseholdInvalid(f"1 to {MOST_PEOPLE} people travel together, not {people}")
    for age in children:
        if not 0 <= age < ADULT_FROM:
            raise HouseholdInvalid(f"a child is 0 to {ADULT_FROM - 1} years old, not {age}")


def grown_ups(adults: int, children: tuple[int, ...]) -> int:
    """Count those of 14 and over."""
    return adults + sum(age >= GROWN_UP_FROM for age in children)


def small_children(children: tuple[int, ...]) -> int:
    """Count those from 3 to 13."""
    return sum(CHILD_FROM <= age < GROWN_UP_FROM for age in children)
