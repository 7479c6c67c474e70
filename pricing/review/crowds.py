"""The k-test: a price that few nights share tells who pays it, so every price needs its crowd (spec 7)."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Self

from pricing.grid import Grid
from pricing.index import MONTHS_A_YEAR
from pricing.ladder import room_night_dues
from pricing.money import Money

CROWD = 5
"""The fewest nights a month that may share a price."""

USUAL_NIGHTS = 2405
USUAL_SHARES = tuple(Fraction(mille, 1000) for mille in (56, 76, 122, 138, 202, 195, 117, 94))
"""The year and the mix of the example house (spec 5.7 and 7)."""


@dataclass(frozen=True, slots=True)
class ExpectedNights:
    """Hold the room nights of a year that are expected of each bracket, the lowest first.

    Raises: ValueError for a number under 0.
    """

    by_bracket: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        if any(nights < 0 for nights in self.by_bracket):
            raise ValueError("a bracket is expected for 0 nights or more")

    @classmethod
    def usual(cls, bracket_count: int, nights_a_year: int = USUAL_NIGHTS) -> Self:
        """Expect the mix of the example house, or equal shares where there are not eight brackets."""
        equal = tuple(Fraction(1, bracket_count) for _ in range(bracket_count))
        shares = USUAL_SHARES if bracket_count == len(USUAL_SHARES) else equal
        return cls(tuple(share * nights_a_year for share in shares))

    @property
    def a_month(self) -> Fraction:
        """Return all nights of a month of the middle."""
        return Fraction(sum(self.by_bracket, Fraction(0)), MONTHS_A_YEAR)


@dataclass(frozen=True, slots=True)
class PriceCrowd:
    """Hold a price of one unit in a neutral season, the brackets that pay it, and how many nights a month."""

    price: Money
    brackets: tuple[int, ...]
    nights_a_month: Fraction

    @property
    def is_crowd(self) -> bool:
        """Tell whether enough nights share the price."""
        return self.nights_a_month >= CROWD


@dataclass(frozen=True, slots=True)
class Crowds:
    """Hold the crowd of every price, ascending.

    `if_exact` is how many nights a month each price would have if everybody declared an income instead of a
    bracket; None where there would be but one price.
    """

    prices: tuple[PriceCrowd, ...]
    if_exact: Fraction | None

    @property
    def failing(self) -> tuple[PriceCrowd, ...]:
        """Return the prices that too few nights share."""
        return tuple(crowd for crowd in self.prices if not crowd.is_crowd)

    @property
    def smallest(self) -> PriceCrowd:
        """Return the price that the fewest nights share."""
        return min(self.prices, key=lambda crowd: crowd.nights_a_month)


def count_crowds(grid: Grid, expected: ExpectedNights | None = None) -> Crowds:
    """Count the nights that share each price of one person in a neutral season.

    Raises: ValueError when other brackets are expected than the grid has.
    """
    expected = expected or ExpectedNights.usual(len(grid.brackets))
    one = Fraction(1)
    nothing, cost = Money.zero(grid.currency), grid.costs.room_night(1, (), one).total
    dues = room_night_dues(grid, one, one, nothing, is_resident=False, cost=cost)
    paid = list(zip(dues, enumerate(expected.by_bracket, 1), strict=True))
    prices = []
    for price, group in groupby(paid, key=lambda pair: pair[0]):
        brackets = [bracket for _, bracket in group]
        nights = sum((nights for _, nights in brackets), Fraction(0))
        prices.append(PriceCrowd(price, tuple(n for n, _ in brackets), Fraction(nights, MONTHS_A_YEAR)))
    return Crowds(tuple(prices), _if_exact(grid, expected))


def _if_exact(grid: Grid, expected: ExpectedNights) -> Fraction | None:
    width = grid.curve.ceiling - grid.curve.floor
    steps = Fraction(width, Fraction(grid.price_step.decimal))
    return Fraction(expected.a_month, steps) if steps >= 1 else None
