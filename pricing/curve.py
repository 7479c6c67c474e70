"""The curve: from a standard of living to the price of one weight unit for one night in a neutral season."""

from dataclasses import dataclass
from fractions import Fraction

from pricing.refusal import GridInvalid


@dataclass(frozen=True, slots=True)
class AffineCurve:
    """Rise at a constant slope above a protected income, between a floor and a ceiling (spec 5.2, family 2).

    Prices are in major units a night, incomes in major units a month and consumption unit, the slope is the
    price per unit of income.

    Raises: GridInvalid where the curve would fall or turn over.
    """

    floor: Fraction
    protected_income: Fraction
    slope: Fraction
    ceiling: Fraction

    def __post_init__(self) -> None:
        if self.floor <= 0:
            raise GridInvalid("floor_not_positive", "curve.floor", f"the floor is {self.floor}")
        if self.protected_income < 0:
            raise GridInvalid("income_negative", "curve.protected_income", "an income is not negative")
        if self.slope < 0:
            raise GridInvalid("curve_falls", "curve.slope", "who has more would pay less")
        if self.ceiling < self.floor:
            raise GridInvalid("ceiling_below_floor", "curve.ceiling", "the ceiling is below the floor")

    def unit_price(self, income: Fraction) -> Fraction:
        """Return the exact price of one unit at this standard of living (spec 8.4, step 2).

        >>> example = AffineCurve(Fraction(12), Fraction(650), Fraction(1, 40), Fraction(82))
        >>> example.unit_price(Fraction(1494))
        Fraction(331, 10)
        """
        above = max(Fraction(0), income - self.protected_income)
        return min(self.floor + self.slope * above, self.ceiling)
