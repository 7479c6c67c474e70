"""The example of spec 5.8: the house plans for three neighbours in ten guests, and every second one comes from near.

Figures of nobody: the planned mix is that of the golden example (spec 5.7), the neighbours' is invented such that
doing nothing loses what the specification says, some 15,650 € a year.
"""

from dataclasses import replace
from fractions import Fraction
from functools import cache

from pricing.balance.forecast import Forecast, Target
from pricing.balance.revenue import with_slope
from pricing.balance.solver import Balanced, solve
from pricing.curve import Curve, LinearEffort
from pricing.grid import Grid, example_house
from pricing.money import Money
from pricing.simulation.runs import Setting

NIGHTS = {"low": Fraction(600), "neutral": Fraction(1025), "high": Fraction(780)}
WEIGHT = Fraction(3, 2)  # two guests, the first of whom counts 1
PLANNED = tuple(Fraction(guests, 1000) for guests in (56, 76, 122, 138, 202, 195, 117, 94))
NEIGHBOURS = tuple(Fraction(guests, 1000) for guests in (130, 170, 210, 190, 155, 90, 35, 20))
NEIGHBOURS_PLANNED, NEIGHBOURS_REAL = Fraction(3, 10), Fraction(1, 2)
COSTS = Money.of(188_609)
NIGHT_COST = Money.of(16)  # a room and two people, of the example house
SLOPE_GRAIN = 10**9


def example_forecast() -> Forecast:
    """Return the year of the golden example: 2,405 nights of two guests."""
    return Forecast.spread(NIGHTS, PLANNED, WEIGHT)


def real_shares() -> tuple[Fraction, ...]:
    """Return the mix when half of the guests are neighbours, the other guests as they were planned."""
    kept = Fraction(1 - NEIGHBOURS_REAL, 1 - NEIGHBOURS_PLANNED)
    more = NEIGHBOURS_REAL - kept * NEIGHBOURS_PLANNED
    return tuple(kept * plan + more * near for plan, near in zip(PLANNED, NEIGHBOURS, strict=True))


@cache
def example_setting(*, is_affine: bool = False) -> Setting:
    """Return the example under linear effort, as in the specification, or under the house's own affine curve."""
    grid, forecast = example_house(), example_forecast()
    if not is_affine:
        grid = replace(grid, curve=LinearEffort(grid.curve.floor, Fraction(1, 40), grid.curve.ceiling))
    target = Target.of(COSTS, night_cost=NIGHT_COST)
    return Setting(_balanced(grid, forecast, target), forecast, forecast.with_shares(real_shares()), target)


def _balanced(grid: Grid, forecast: Forecast, target: Target) -> Grid:
    solution = solve(grid, forecast, target)
    if not isinstance(solution, Balanced):
        raise AssertionError("the example is within reach")  # pragma: no cover
    return replace(grid, curve=_nine_decimals(grid.curve, solution.slope))


def _nine_decimals(curve: Curve, slope: Fraction) -> Curve:
    return with_slope(curve, Fraction(slope * SLOPE_GRAIN // 1, SLOPE_GRAIN))
