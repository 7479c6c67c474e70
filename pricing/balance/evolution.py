"""The evolution: each month the slope that the lately seen guests would balance, and one bounded step to it.

What comes out is a draft with its reason, for people to vote; nothing here applies it, and quotes and bookings
keep the grid under which they were made (spec 5.8).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from pricing.balance.forecast import Forecast, Target
from pricing.balance.mix import Mix
from pricing.balance.revenue import NoSlope, slope_of, with_slope
from pricing.balance.solver import Solution, solve
from pricing.grid import Grid
from pricing.invariants import RateRule, check_invariants
from pricing.money import Money
from pricing.refusal import GridInvalid

SLOPE_GRAIN = 10**9
"""A drafted slope has nine decimals, so that a grid can be written with it."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Hold how fast a rate may move: fractions of the slope, nights, years and days.

    `memory` is what a month leaves of the nights before it; the plan is worth `prior_nights`; a fund, counted
    up to `fund_bound` of the yearly costs, is to be back at nothing within `fund_years`.
    """

    memory: Fraction = Fraction("0.93")
    prior_nights: int = 400
    fund_bound: Fraction = Fraction("0.08")
    fund_years: int = 3
    dead_band: Fraction = Fraction("0.02")
    most_step: Fraction = Fraction("0.03")
    notice_days: int = 30

    def __post_init__(self) -> None:
        if not 0 < self.memory <= 1 or not 0 <= self.dead_band <= self.most_step < 1:
            raise ValueError("memory, dead band and largest step are parts of 1, the dead band within a step")
        if min(self.prior_nights, self.fund_years) < 1 or self.fund_bound < 0 or self.notice_days < 0:
            raise ValueError(
                "prior nights and years of the fund count from 1, its bound and the notice from 0"
            )


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold what a month's look at the rate found: under which grid, for which need, and the solver's answer.

    `target` is what the nights must earn, the fund's part counted in; `fund` is how it stood.
    """

    grid_version: int
    grid_hash: str
    slope: Fraction
    target: Money
    fund: Money
    solution: Solution


@dataclass(frozen=True, slots=True)
class Draft:
    """Propose another slope from a day on, to be adopted by a vote or left.

    Raises: ValueError when it would change nothing.
    """

    finding: Finding
    slope: Fraction
    effective_from: date

    def __post_init__(self) -> None:
        if self.slope == self.finding.slope or self.slope <= 0:
            raise ValueError("a draft asks for another slope, above 0")

    @property
    def change(self) -> Fraction:
        """Return the step as a fraction of the slope of today, negative downwards."""
        return Fraction(self.slope, self.finding.slope) - 1


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Say that the rate is left alone: it is near enough to what the year needs, or may not go nearer.

    `limit` is then the code with which the grid refuses the step, None when the dead band holds it.
    """

    finding: Finding
    limit: str | None = None


def evolve(
    *,
    grid: Grid,
    forecast: Forecast,
    months: Sequence[Sequence[int]],
    target: Target,
    fund: Money,
    today: date,
    pace: Pace | None = None,
) -> Draft | Unchanged:
    """Look once at the rate, and propose one bounded step or none.

    `months` are the room nights seen in each bracket, lowest first, the earliest month first. `fund` is what the
    solidarity fund holds beyond what this moment of the year was planned to leave in it, else the season would
    be taken for a drift.

    Raises: NoSlope for a curve without slope or a slope of 0, which no percentage moves; ForecastInvalid.
    """
    pace = pace or Pace()
    brackets = len(grid.brackets)
    needed = target_with_fund(target, fund, pace)
    mix = observed_mix(forecast.shares(brackets), months, pace)
    slope = slope_of(grid.curve)
    solution = solve(grid, forecast.with_shares(mix.shares), needed)
    finding = Finding(grid.version, grid.hash, slope, needed.amount, fund, solution)
    proposed = next_slope(slope, solution.slope, pace)
    if proposed == slope:
        return Unchanged(finding)
    try:
        check_invariants(RateRule.of(replace(grid, curve=with_slope(grid.curve, proposed))))
    except GridInvalid as refusal:
        return Unchanged(finding, refusal.code)
    return Draft(finding, proposed, first_month_after(today, pace.notice_days))


def observed_mix(planned: Sequence[Fraction], months: Sequence[Sequence[int]], pace: Pace) -> Mix:
    """Return the mix after all these months, the plan counting as nights seen before them."""
    mix = Mix.planned(planned, pace.prior_nights)
    for month in months:
        mix = mix.after(month, pace.memory)
    return mix


def target_with_fund(target: Target, fund: Money, pace: Pace) -> Target:
    """Return the target less the year's part of the fund: a debt is earned back, a surplus given back."""
    bound = Fraction(target.costs.decimal) * pace.fund_bound
    counted = min(bound, max(-bound, Fraction(fund.decimal)))
    part = Money.nearest(Fraction(counted, pace.fund_years), target.costs.currency)
    nothing = Money.zero(part.currency)
    return Target(
        target.costs,
        target.reserve + max(nothing, -part),
        target.grants + max(nothing, part),
        target.night_cost,
    )


def next_slope(slope: Fraction, sought: Fraction, pace: Pace) -> Fraction:
    """Return the slope itself within the dead band, else one step towards the sought one.

    What nine decimals cannot hold is left for the next month, so that no step is ever larger than allowed.
    """
    if slope <= 0:
        raise NoSlope("a slope of 0 is not moved by a percentage: vote a first slope")
    ratio = Fraction(sought, slope)
    if abs(ratio - 1) <= pace.dead_band:
        return slope
    exact = slope * min(1 + pace.most_step, max(1 - pace.most_step, ratio)) * SLOPE_GRAIN
    if ratio > 1:
        return max(slope, Fraction(exact // 1, SLOPE_GRAIN))
    return min(slope, Fraction(-(-exact // 1), SLOPE_GRAIN))


def first_month_after(today: date, notice_days: int) -> date:
    """Return the first of the month that is at least so many days ahead.

    >>> first_month_after(date(2026, 11, 22), 30), first_month_after(date(2027, 1, 30), 30)
    (datetime.date(2027, 1, 1), datetime.date(2027, 3, 1))
    """
    earliest = today + timedelta(days=notice_days)
    if earliest.day == 1:
        return earliest
    return (earliest.replace(day=1) + timedelta(days=32)).replace(day=1)
