"""Piecewise linear: straight lines between knots that a house may place as it likes (spec 5.2)."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar, Self

from pricing.curve import words as said
from pricing.curve.shape import check_ascending, check_floor, check_income
from pricing.document import Table
from pricing.document_writer import inline, listed, number
from pricing.refusal import GridInvalid
from pricing.words import check_language


@dataclass(frozen=True, slots=True)
class Knot:
    """Hold the price of one unit at an income."""

    income: Fraction
    price: Fraction


@dataclass(frozen=True, slots=True)
class PiecewiseLinear:
    """Hold knots, ascending; the price is linear between them and constant outside.

    Raises: GridInvalid for no knot, a wrong order, a price that falls.
    """

    kind: ClassVar[str] = "piecewise"

    knots: tuple[Knot, ...]

    def __post_init__(self) -> None:
        if not self.knots:
            raise GridInvalid("curve_gap", "curve.knots", "a curve has at least one knot")
        check_income(self.knots[0].income, "curve.knots[1].income")
        check_floor(self.floor, "curve.knots[1].price")
        for place, (knot, following) in enumerate(pairwise(self.knots), 2):
            check_ascending(knot.income, following.income, f"curve.knots[{place}].income")
            if following.price < knot.price:
                raise GridInvalid("curve_falls", f"curve.knots[{place}].price", "who has more would pay less")

    @property
    def floor(self) -> Fraction:
        """Return the price of the first knot."""
        return self.knots[0].price

    @property
    def ceiling(self) -> Fraction:
        """Return the price of the last knot."""
        return self.knots[-1].price

    def unit_price(self, income: Fraction) -> Fraction:
        """Return the price on the line between the knots around this standard of living.

        >>> curve = PiecewiseLinear((Knot(Fraction(600), Fraction(10)), Knot(Fraction(2600), Fraction(60))))
        >>> [int(curve.unit_price(Fraction(income))) for income in (0, 600, 1000, 2600, 9000)]
        [10, 10, 20, 60, 60]
        """
        if income <= self.knots[0].income:
            return self.floor
        for knot, following in pairwise(self.knots):
            if income <= following.income:
                return knot.price + _slope(knot, following) * (income - knot.income)
        return self.ceiling

    def slope_bound(self) -> Fraction:
        """Return the slope of the steepest line."""
        return max((_slope(*ends) for ends in pairwise(self.knots)), default=Fraction(0))

    def breakpoints(self) -> tuple[Fraction, ...]:
        """List the incomes of the knots."""
        return tuple(knot.income for knot in self.knots)

    def indexed(self, times: Fraction) -> Self:
        """Return the same curve for incomes and prices that are all so many times higher (I6)."""
        return type(self)(tuple(Knot(knot.income * times, knot.price * times) for knot in self.knots))

    def explain(self, language: str, currency: str) -> str:
        """Say the price at every knot. Raises: UnknownLanguage."""
        phrase = said.KNOTS if len(self.knots) > 1 else said.ONE_PRICE
        knots = (
            said.KNOT[language].format(
                price=said.amount(knot.price, language, currency),
                income=said.amount(knot.income, language, currency),
            )
            for knot in self.knots[1:]
        )
        return phrase[check_language(language)].format(
            first=said.amount(self.floor, language, currency),
            income=said.amount(self.knots[0].income, language, currency),
            knots=", ".join(knots),
        )

    def written(self) -> dict[str, str]:
        """Return the keys and values by which `read` finds the same curve again."""
        knots = (inline({"income": number(knot.income), "price": number(knot.price)}) for knot in self.knots)
        return {"knots": listed(knots)}

    @classmethod
    def read(cls, table: Table) -> Self:
        """Read the keys of this family. Raises: GridInvalid."""
        return cls(tuple(_knot(each) for each in table.tables("knots")))


def _slope(knot: Knot, following: Knot) -> Fraction:
    return Fraction(following.price - knot.price, following.income - knot.income)


def _knot(table: Table) -> Knot:
    with table:
        return Knot(table.number("income"), table.number("price"))
