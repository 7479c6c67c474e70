"""Household: who travels together, what they weigh in a price, and their consumption units.

Ages are in whole years. From 14 on one counts as grown up, under 3 one sleeps in a cot. Two scales stand
here: *units* say what a standard of living is (the first adult 1, others from 14 on 0.5, younger ones 0.3),
*weights* say what a night is charged for (the same, but nothing for a child under 3).
"""

from dataclasses import dataclass
from fractions import Fraction

from pricing.refusal import Refusal

GROWN_UP_FROM = 14
CHILD_FROM = 3
ADULT_FROM = 18
MOST_PEOPLE = 99

FIRST_ADULT = Fraction(1)
OTHER_GROWN_UP = Fraction(1, 2)
CHILD = Fraction(3, 10)


class HouseholdInvalid(Refusal):
    """Say why these people are no household that the house can price."""


@dataclass(frozen=True, slots=True)
class Household:
    """Hold a household: at least one adult, and the ages of those under 18.

    >>> family = Household(adults=2, children=(4, 6))
    >>> family.units, family.weight(is_first=True)
    (Fraction(21, 10), Fraction(21, 10))

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

    @property
    def units(self) -> Fraction:
        """Return the consumption units by which an income becomes a standard of living (spec G10)."""
        grown_up = grown_ups(self.adults, self.children)
        return FIRST_ADULT + OTHER_GROWN_UP * (grown_up - 1) + CHILD * (self.size - grown_up)

    def weight(self, is_first: bool) -> Fraction:
        """Return what these sleepers weigh; `is_first` when the household's first adult is among them."""
        return weight_of(self.adults, self.children, is_first)


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


def weight_of(adults: int, children: tuple[int, ...], is_first: bool) -> Fraction:
    """Weigh the sleepers of a room; only the household's first adult counts 1 (decision 11)."""
    half_weights = OTHER_GROWN_UP * grown_ups(adults, children) + CHILD * small_children(children)
    return half_weights + (FIRST_ADULT - OTHER_GROWN_UP if is_first else 0)
