"""The simulation: a policy lives through some years, many times over, with a clientele that is not the planned one."""

import math
import statistics
from collections import deque
from dataclasses import dataclass, field
from random import Random

from pricing.balance.forecast import Forecast, Target
from pricing.balance.revenue import PriceRule, slope_of
from pricing.grid import Grid
from pricing.simulation.luck import Noise, draw_month
from pricing.simulation.months import Month, months_of
from pricing.simulation.policies import Policy, Seen, start

LEAD_MONTHS = 3
"""A night is booked in the month itself or up to so many before, each as often, and pays the slope of then."""
SETTLED_MONTHS = 24


@dataclass(frozen=True)
class Setting:
    """Hold what is simulated: the grid, the year that was planned, the one that really comes, and the need."""

    grid: Grid
    planned: Forecast
    real: Forecast
    target: Target
    noise: Noise = field(default_factory=Noise)


@dataclass(frozen=True, slots=True)
class Life:
    """Hold one run: the years' results, the slope at the end of each month, the fund at the end."""

    results: tuple[float, ...]
    slopes: tuple[float, ...]
    fund: float

    @property
    def steps(self) -> tuple[float, ...]:
        """Return by what fraction the slope changed from month to month."""
        return tuple(after / before - 1 for before, after in zip(self.slopes, self.slopes[1:], strict=False))

    @property
    def wobble(self) -> float:
        """Return the standard deviation of the slope's logarithm over the last two years."""
        return statistics.pstdev(math.log(slope) for slope in self.slopes[-SETTLED_MONTHS:])


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold what a policy did over all runs; fractions, changes a year, and the fund at the end in major units."""

    policy: Policy
    deficits: tuple[float, ...]
    changes_a_year: float
    largest_step: float
    wobble: float
    fund: tuple[float, float, float]


def simulate(setting: Setting, policy: Policy, *, runs: int, years: int, seed: int) -> Outcome:
    """Live through so many years so many times; the same seed gives the same numbers, and the same guests to all.

    `deficits` is the chance of one in each year, `fund` the 5th, 50th and 95th hundredth. Raises: ForecastInvalid.
    """
    if min(runs, years) < 1:
        raise ValueError("a simulation has a run and a year at least")
    months = months_of(setting.grid, setting.planned), months_of(setting.grid, setting.real)
    lives = [_live(setting, policy, months, years, Random(f"{seed}/{run}")) for run in range(runs)]
    steps = [step for life in lives for step in life.steps]
    return Outcome(
        policy=policy,
        deficits=tuple(statistics.fmean(life.results[year] < 0 for life in lives) for year in range(years)),
        changes_a_year=sum(step != 0 for step in steps) / runs / years,
        largest_step=max(map(abs, steps)),
        wobble=statistics.fmean(life.wobble for life in lives),
        fund=_hundredths([life.fund for life in lives]),
    )


def _live(
    setting: Setting,
    policy: Policy,
    months: tuple[tuple[Month, ...], tuple[Month, ...]],
    years: int,
    luck: Random,
) -> Life:
    step = start(policy, setting.grid, setting.planned, setting.target)
    rule, need = PriceRule.of(setting.grid), float(setting.target.amount.decimal)
    night_cost = float(setting.target.night_cost.decimal)
    slopes = [float(slope_of(setting.grid.curve))]
    asked = deque([prices_at(rule, slopes[0])] * (LEAD_MONTHS + 1), maxlen=LEAD_MONTHS + 1)
    nights = sum(month.expected for month in months[0])
    fund, results = 0.0, []
    for _ in range(years):
        year_factor, result = 1 + luck.gauss(0, setting.noise.year), 0.0
        for planned, real in zip(*months, strict=True):
            drawn = draw_month(luck, real, setting.noise, year_factor)
            income = statistics.fmean(real.income(drawn.counts, prices) for prices in asked) * drawn.goodwill
            part_of_year = planned.expected / nights
            result += income - need * part_of_year - night_cost * (sum(drawn.counts) - planned.expected)
            slopes.append(step(Seen(drawn.counts, income, part_of_year, fund + result)))
            asked.append(prices_at(rule, slopes[-1]))
        fund += result
        results.append(result)
    return Life(tuple(results), tuple(slopes), fund)


def prices_at(rule: PriceRule, slope: float) -> tuple[float, ...]:
    """Return the unit price of every bracket, near enough for an estimate."""
    floor, ceiling = float(rule.floor), float(rule.ceiling)
    return tuple(
        min(ceiling, max(floor, float(line.start) + float(line.rise) * slope)) for line in rule.lines
    )


def _hundredths(values: list[float]) -> tuple[float, float, float]:
    ordered = sorted(values)
    last = len(ordered) - 1
    low, middle, high = (ordered[round(last * part)] for part in (0.05, 0.5, 0.95))
    return low, middle, high
