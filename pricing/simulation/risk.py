"""The risk: how likely a year ends in deficit, for each safety margin on what the rate is to earn (spec 5.9)."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from pricing.balance.forecast import Forecast, Target
from pricing.balance.revenue import PriceRule, YearRevenue
from pricing.balance.solver import Balanced, solve_revenue
from pricing.grid import Grid
from pricing.refusal import Refusal
from pricing.simulation.luck import Noise, draw_month
from pricing.simulation.months import Month, months_of
from pricing.simulation.runs import prices_at

MARGINS = tuple(Fraction(hundredths, 100) for hundredths in (0, 1, 2, 3, 5, 8))
A_YEAR = Noise(year=0.05, month=0.05)


class MarginOutOfReach(Refusal):
    """Say that no slope earns the target with its margin."""


@dataclass(frozen=True, slots=True)
class Risk:
    """Hold for a margin (a fraction of the target) the chance of a deficit, and the deviation of the result."""

    margin: Fraction
    deficit: float
    deviation: float


def risk(
    grid: Grid,
    forecast: Forecast,
    target: Target,
    *,
    runs: int,
    seed: int,
    margins: Sequence[Fraction] = MARGINS,
    noise: Noise = A_YEAR,
) -> tuple[Risk, ...]:
    """Draw so many years under the slope that each margin asks for; all margins meet the same years.

    Raises: ForecastInvalid, NoSlope, MarginOutOfReach.
    """
    if runs < 1:
        raise ValueError("a risk is drawn from a year at least")
    rule, months = PriceRule.of(grid), months_of(grid, forecast)
    need = Fraction(target.amount.decimal)
    revenue = YearRevenue.of(grid, forecast)
    prices = [prices_at(rule, _slope(revenue, need * (1 + margin))) for margin in margins]
    years = [tuple(_results(months, target, prices, noise, Random(f"{seed}/{run}"))) for run in range(runs)]
    return tuple(
        Risk(margin, statistics.fmean(result < 0 for result in results), statistics.pstdev(results))
        for margin, results in zip(margins, zip(*years, strict=True), strict=True)
    )


def _slope(revenue: YearRevenue, amount: Fraction) -> float:
    solution = solve_revenue(revenue, amount)
    if not isinstance(solution, Balanced):
        raise MarginOutOfReach(f"no slope earns {float(amount):.2f}, the target with its margin")
    return float(solution.slope)


def _results(
    months: Sequence[Month], target: Target, prices: Sequence[tuple[float, ...]], noise: Noise, luck: Random
) -> Iterator[float]:
    """Yield what one drawn year leaves at each set of prices: nights more or less change the costs too."""
    year_factor = 1 + luck.gauss(0, noise.year)
    drawn = [(month, draw_month(luck, month, noise, year_factor)) for month in months]
    more_nights = sum(sum(came.counts) - month.expected for month, came in drawn)
    costs = float(target.amount.decimal) + float(target.night_cost.decimal) * more_nights
    for asked in prices:
        yield sum(month.income(came.counts, asked) * came.goodwill for month, came in drawn) - costs
