"""Affine above a protected income, between a floor and a ceiling: the family that we recommend (spec 5.2)."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from pricing.curve import words as said
from pricing.curve.shape import check_ceiling, check_floor, check_income, check_slope
from pricing.document import Table
from pricing.document_writer import number
from pricing.words import check_language


@dataclass(frozen=True, slots=True)
class AffineCurve:
    """Rise at a constant slope above a protected income (`AffineAboveProtected` in the specification).

    Raises: GridInvalid where the curve would fall or turn over.
    """

    kind: ClassVar[str] = "affine"

    floor: Fraction
    protected_income: Fraction
    slope: Fraction
    ceiling: Fraction

    def __post_init__(self) -> None:
        check_floor(self.floor, "curve.floor")
        check_income(self.protected_income, "curve.protected_income")
        check_slope(self.slope, "curve.slope")
        check_ceiling(self.floor, self.ceiling)

    def unit_price(self, income: Fraction) -> Fraction:
        """Return the exact price of one unit at this standard of living (spec 8.4, step 2).

        >>> example = AffineCurve(Fraction(12), Fraction(650), Fraction(1, 40), Fraction(82))
        >>> example.unit_price(Fraction(1494))
        Fraction(331, 10)
        """
        above = max(Fraction(0), income - self.protected_income)
        return min(self.floor + self.slope * above, self.ceiling)

    def slope_bound(self) -> Fraction:
        """Return the slope: there is but one."""
        return self.slope

    def breakpoints(self) -> tuple[Fraction, ...]:
        """List the protected income and, unless the curve is flat, the one that first pays the ceiling."""
        if not self.slope or self.floor == self.ceiling:
            return (self.protected_income,)
        return (
            self.protected_income,
            self.protected_income + Fraction(self.ceiling - self.floor, self.slope),
        )

    def indexed(self, times: Fraction) -> Self:
        """Return the same curve for incomes and prices that are all so many times higher (I6)."""
        return type(self)(self.floor * times, self.protected_income * times, self.slope, self.ceiling * times)

    def explain(self, language: str, currency: str) -> str:
        """Say floor, slope and ceiling in one sentence. Raises: UnknownLanguage."""
        return said.AFFINE[check_language(language)].format(
            floor=said.amount(self.floor, language, currency),
            slope=said.amount(self.slope * said.HUNDRED, language, currency),
            hundred=said.amount(said.HUNDRED, language, currency),
            protected=said.amount(self.protected_income, language, currency),
            ceiling=said.amount(self.ceiling, language, currency),
        )

    def written(self) -> dict[str, str]:
        """Return the keys and values by which `read` finds the same curve again."""
        return {
            "floor": number(self.floor),
            "protected_income": number(self.protected_income),
            "slope": number(self.slope),
            "ceiling": number(self.ceiling),
        }

    @classmethod
    def read(cls, table: Table) -> Self:
        """Read the keys of this family. Raises: GridInvalid."""
        return cls(
            floor=table.number("floor"),
            protected_income=table.number("protected_income"),
            slope=table.number("slope"),
            ceiling=table.number("ceiling"),
        )
