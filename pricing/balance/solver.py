"""The solver: the slope that balances a year, in exact rational arithmetic; or what stands in its way (spec 5.7).

The revenue is made of straight pieces, so the answer is one interpolation between two breakpoints: no search,
no tolerance.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from pricing.balance.forecast import Forecast, Target
from pricing.balance.revenue import Edge, YearRevenue
from pricing.grid import Grid

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Balanced:
    """Say that a slope earns the target to the last fraction of a cent.

    `unit_prices` are those of the brackets, lowest first; `prices_per_unit` is what one unit more of target
    adds to each (dP/dT), exact while the target stays between `exact_from` and `exact_to`.
    """

    target: Fraction
    slope: Fraction
    unit_prices: tuple[Fraction, ...]
    prices_per_unit: tuple[Fraction, ...]
    exact_from: Fraction
    exact_to: Fraction

    def __post_init__(self) -> None:
        if self.slope < 0 or not self.exact_from <= self.target <= self.exact_to:
            raise ValueError(f"slope {self.slope} cannot balance {self.target}")
        if any(low > high for low, high in pairwise(self.unit_prices)):
            raise ValueError("a higher bracket would pay less")


@dataclass(frozen=True, slots=True)
class OutOfReach:
    """Say that no slope earns the target, how much is missing, and which lever alone would just close the gap.

    `most` is the greatest revenue, reached at `slope`. `ceiling` is a unit price, None when nobody pays by the
    slope; `occupancy` multiplies the expected nights, at an unchanged mix, None when a night more costs what it
    earns; `grant` is a sum. The hard ceiling of a room night is not looked at.
    """

    target: Fraction
    most: Fraction
    slope: Fraction
    ceiling: Fraction | None
    occupancy: Fraction | None

    def __post_init__(self) -> None:
        if self.target <= self.most:
            raise ValueError(f"{self.target} is within reach of {self.most}")

    @property
    def missing(self) -> Fraction:
        """Return what the greatest revenue leaves unpaid, in major units."""
        return self.target - self.most

    @property
    def grant(self) -> Fraction:
        """Return the grant that would close the gap: all that is missing."""
        return self.missing


@dataclass(frozen=True, slots=True)
class FloorTooHigh:
    """Say that even slope 0 earns more than the target, and the floor at which everybody's price balances it.

    `least` is the revenue when all pay the floor. The floor is 0 where the grants pay for everything.
    """

    target: Fraction
    least: Fraction
    floor: Fraction

    def __post_init__(self) -> None:
        if self.target >= self.least or self.floor < 0:
            raise ValueError(f"{self.target} is not under {self.least}")

    @property
    def slope(self) -> Fraction:
        """Return the slope that comes nearest: none at all."""
        return ZERO


Solution = Balanced | OutOfReach | FloorTooHigh


def solve(grid: Grid, forecast: Forecast, target: Target) -> Solution:
    """Find the slope of this grid's curve at which the expected year earns its target.

    Raises: ForecastInvalid for nights that the grid does not price, NoSlope for a curve without one.
    """
    night_cost = Fraction(target.night_cost.decimal) * forecast.nights
    return solve_revenue(YearRevenue.of(grid, forecast), Fraction(target.amount.decimal), night_cost)


def solve_revenue(revenue: YearRevenue, target: Fraction, nights_cost: Fraction = ZERO) -> Solution:
    """Solve for an amount in major units; `nights_cost` is the part of it that grows with the nights."""
    flat, steepest = revenue.rule.edges[0], revenue.rule.edges[-1]
    if target > revenue.paid(steepest.unit_prices):
        return _out_of_reach(revenue, target, steepest, nights_cost)
    least = revenue.paid(flat.unit_prices)
    if target < least:
        return FloorTooHigh(target, least, max(ZERO, Fraction(target, sum(revenue.units))))
    return _balanced(revenue, target)


def _balanced(revenue: YearRevenue, target: Fraction) -> Balanced:
    low, high = revenue.segment(target)
    least, most = revenue.paid(low.unit_prices), revenue.paid(high.unit_prices)
    per_unit = Fraction(1, most - least) if most > least else ZERO
    slope = low.slope + (target - least) * (high.slope - low.slope) * per_unit
    ends = zip(low.unit_prices, high.unit_prices, strict=True)
    return Balanced(
        target=target,
        slope=slope,
        unit_prices=revenue.rule.unit_prices(slope),
        prices_per_unit=tuple((above - below) * per_unit for below, above in ends),
        exact_from=least,
        exact_to=most,
    )


def _out_of_reach(
    revenue: YearRevenue, target: Fraction, steepest: Edge, nights_cost: Fraction
) -> OutOfReach:
    most = revenue.paid(steepest.unit_prices)
    by_slope, by_floor = ZERO, ZERO
    for units, line, price in zip(revenue.units, revenue.rule.lines, steepest.unit_prices, strict=True):
        if line.rise:
            by_slope += units
        else:
            by_floor += units * price
    return OutOfReach(
        target=target,
        most=most,
        slope=steepest.slope,
        ceiling=Fraction(target - by_floor, by_slope) if by_slope else None,
        occupancy=Fraction(target - nights_cost, most - nights_cost) if most > nights_cost else None,
    )
