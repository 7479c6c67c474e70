"""The policies of spec 5.8: leave the rate alone, follow the last month's error gently or eagerly, or re-solve."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from pricing.balance.evolution import Pace, next_slope, target_with_fund
from pricing.balance.forecast import Forecast, Target
from pricing.balance.mix import Mix
from pricing.balance.revenue import YearRevenue, slope_of, units_paid
from pricing.balance.solver import solve_revenue
from pricing.grid import Grid
from pricing.money import Money

GENTLE_GAIN, EAGER_GAIN = 0.3, 1.5
SHARE_GRAIN = 10**6


class Policy(StrEnum):
    """Name a way of moving the slope once a month."""

    NONE = "none"
    GENTLE = "gentle"  # the last month's error, gain 0.3, bounded steps, dead band
    EAGER = "eager"  # the last month's error, gain 1.5, no bound
    RESOLVE = "resolve"  # what the house does: the observed mix, bounded steps, dead band


@dataclass(frozen=True, slots=True)
class Seen:
    """Hold what is known at the end of a month: its nights, its income, its part of the year, the fund.

    `fund` is counted from what the plan expects at this time of the year.
    """

    counts: tuple[int, ...]
    income: float
    part_of_year: float
    fund: float


Step = Callable[[Seen], float]
"""Answer what was seen in a month with the slope of the next."""


def start(policy: Policy, grid: Grid, planned: Forecast, target: Target) -> Step:
    """Return a policy at its first month, standing at the slope of the grid."""
    pace = Pace()
    if policy is Policy.RESOLVE:
        return _Resolving(grid, planned, target, pace).step
    slope = float(slope_of(grid.curve))
    if policy is Policy.NONE:
        return lambda _: slope
    follow = _gently if policy is Policy.GENTLE else _eagerly
    return _Following(slope, target, pace, follow).step


class _Resolving:
    """Do as `pricing.balance.evolve` does, month after month."""

    def __init__(self, grid: Grid, planned: Forecast, target: Target, pace: Pace) -> None:
        brackets = len(grid.brackets)
        even = planned.with_shares([Fraction(1, brackets)] * brackets)
        self._revenue = YearRevenue.of(grid, planned)
        self._units_of_share = [units * brackets for units in units_paid(grid, even)]
        self._mix = Mix.planned(planned.shares(brackets), pace.prior_nights)
        self._slope = slope_of(grid.curve)
        self._target, self._pace = target, pace

    def step(self, seen: Seen) -> float:
        """Take the month into the mix, solve the year again and move by a bounded step or not at all."""
        self._mix = self._mix.after(seen.counts, self._pace.memory)
        shares = (share.limit_denominator(SHARE_GRAIN) for share in self._mix.shares)
        units = tuple(share * of_share for share, of_share in zip(shares, self._units_of_share, strict=True))
        needed = target_with_fund(self._target, _money(seen.fund, self._target), self._pace)
        solution = solve_revenue(YearRevenue(self._revenue.rule, units), Fraction(needed.amount.decimal))
        self._slope = next_slope(self._slope, solution.slope, self._pace)
        return float(self._slope)


class _Following:
    """Answer the last month's error: what it brought beside its part of the year's need."""

    def __init__(
        self, slope: float, target: Target, pace: Pace, follow: Callable[[float, Pace], float]
    ) -> None:
        self._slope, self._target, self._pace, self._follow = slope, target, pace, follow

    def step(self, seen: Seen) -> float:
        """Multiply the slope by the policy's answer to the error."""
        needed = target_with_fund(self._target, _money(seen.fund, self._target), self._pace)
        due = float(needed.amount.decimal) * seen.part_of_year
        self._slope *= self._follow((due - seen.income) / due, self._pace)
        return self._slope


def _gently(error: float, pace: Pace) -> float:
    change = GENTLE_GAIN * error
    if abs(change) <= pace.dead_band:
        return 1.0
    most = float(pace.most_step)
    return 1 + max(-most, min(most, change))


def _eagerly(error: float, _: Pace) -> float:
    return math.exp(EAGER_GAIN * error)


def _money(amount: float, target: Target) -> Money:
    return Money.nearest(Fraction(amount), target.costs.currency)
