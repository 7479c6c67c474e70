"""The two scales by which a household counts: as consumption units of an income, and as weight of a price."""

from dataclasses import dataclass
from fractions import Fraction

from pricing.household import Household, grown_ups, small_children
from pricing.refusal import GridInvalid


@dataclass(frozen=True, slots=True)
class PeopleScale:
    """Hold what each person counts: the first adult, others from 14 on, children from 3, babies under 3.

    Raises: GridInvalid for a first adult who counts nothing, or somebody who counts more than who is older.
    """

    first_adult: Fraction
    other: Fraction
    child: Fraction
    baby: Fraction

    def __post_init__(self) -> None:
        if self.first_adult <= 0:
            raise GridInvalid("weight_not_positive", "first_adult", "the first adult counts")
        if not self.first_adult >= self.other >= self.child >= self.baby >= 0:
            raise GridInvalid(
                "weight_order", "first_adult", "nobody counts more than who is older, or under 0"
            )

    @property
    def parts(self) -> tuple[Fraction, Fraction, Fraction, Fraction]:
        """Return what each counts, the oldest first."""
        return self.first_adult, self.other, self.child, self.baby

    def of(self, adults: int, children: tuple[int, ...], *, has_first_adult: bool = True) -> Fraction:
        """Count these people; the household's first adult may sleep in another room (decision 11).

        >>> INCOME_UNITS.of(2, (4, 6)), NIGHT_WEIGHTS.of(1, (1,))
        (Fraction(21, 10), Fraction(1, 1))
        """
        grown_up, small = grown_ups(adults, children), small_children(children)
        babies = adults + len(children) - grown_up - small
        counted = self.other * grown_up + self.child * small + self.baby * babies
        return counted + (self.first_adult - self.other if has_first_adult else 0)

    def of_household(self, household: Household) -> Fraction:
        """Count a whole household."""
        return self.of(household.adults, household.children)


INCOME_UNITS = PeopleScale(Fraction(1), Fraction(1, 2), Fraction(3, 10), Fraction(3, 10))
"""The scale of INSEE and Eurostat: who lives on an income (spec G10)."""

NIGHT_WEIGHTS = PeopleScale(Fraction(1), Fraction(1, 2), Fraction(3, 10), Fraction(0))
"""The same for those who are charged: a baby sleeps for nothing (spec 8.5)."""


@dataclass(frozen=True, slots=True)
class HouseholdScales:
    """Hold both scales. Raises: GridInvalid when somebody is charged who counts nothing in an income."""

    units: PeopleScale = INCOME_UNITS
    weights: PeopleScale = NIGHT_WEIGHTS

    def __post_init__(self) -> None:
        pairs = zip(self.weights.parts, self.units.parts, strict=True)
        if any(weight and not unit for weight, unit in pairs):
            raise GridInvalid("weight_without_unit", "household", "who is charged also counts in an income")

    @property
    def most_weight_per_unit(self) -> Fraction:
        """Return the most that any household can weigh for each of its consumption units (for I4)."""
        pairs = zip(self.weights.parts, self.units.parts, strict=True)
        return max(Fraction(weight, unit) for weight, unit in pairs if unit)
