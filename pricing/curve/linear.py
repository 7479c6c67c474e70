"""Linear effort, between a floor and a ceiling: the same part of everybody's standard of living (spec 5.2)."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from pricing.curve import words as said
from pricing.curve.shape import check_ceiling, check_floor, check_slope
from pricing.document import Table
from pricing.document_writer import number
from pricing.words import check_language, percent


@dataclass(frozen=True, slots=True)
class LinearEffort:
    """Ask a rate of the standard of living of a month. Raises: GridInvalid."""

    kind: ClassVar[str] = "linear"

    floor: Fraction
    rate: Fraction
    ceiling: Fraction

    def __post_init__(self) -> None:
        check_floor(self.floor, "curve.floor")
        check_slope(self.rate, "curve.rate")
        check_ceiling(self.floor, self.ceiling)

    def unit_price(self, income: Fraction) -> Fraction:
        """Return the exact price of one unit at this standard of living (spec 8.4, step 2)."""
        return min(max(self.floor, self.rate * income), self.ceiling)

    def slope_bound(self) -> Fraction:
        """Return the rate: above the floor and below the ceiling it is the slope."""
        return self.rate

    def breakpoints(self) -> tuple[Fraction, ...]:
        """List the incomes at which the rate asks for the floor and for the ceiling."""
        if not self.rate:
            return ()
        return tuple(sorted({Fraction(self.floor, self.rate), Fraction(self.ceiling, self.rate)}))

    def indexed(self, times: Fraction) -> Self:
        """Return the same curve for incomes and prices that are all so many times higher (I6)."""
        return type(self)(self.floor * times, self.rate, self.ceiling * times)

    def explain(self, language: str, currency: str) -> str:
        """Say rate, floor and ceiling in one sentence. Raises: UnknownLanguage."""
        return said.LINEAR[check_language(language)].format(
            rate=percent(self.rate, language),
            floor=said.amount(self.floor, language, currency),
            ceiling=said.amount(self.ceiling, language, currency),
        )

    def written(self) -> dict[str, str]:
        """Return the keys and values by which `read` finds the same curve again."""
        return {
            "floor": number(self.floor),
            "rate": number(self.rate),
            "ceiling": number(self.ceiling),
        }

    @classmethod
    def read(cls, table: Table) -> Self:
        """Read the keys of this family. Raises: GridInvalid."""
        return cls(floor=table.number("floor"), rate=table.number("rate"), ceiling=table.number("ceiling"))
