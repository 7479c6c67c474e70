"""The invariants of a rate (spec 5.4, I1 to I6), proved where they could first break: around every breakpoint.

Between two breakpoints the price of a unit is a polynomial of second degree at most, whose slope and whose share
of an income are greatest at the ends, so looking there is enough. They hold before the last rounding
(decision 12), for one weight unit in a room of factor 1: weight and room only multiply both sides. I4 judges
the curve, in a neutral season; what seasons and rooms add to an effort is in the report.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Self

from pricing.curve import Curve
from pricing.limits import Limits
from pricing.money import round_half_up
from pricing.protection import Protection
from pricing.refusal import GridInvalid

if TYPE_CHECKING:
    from pricing.grid import Grid

CENT = Fraction(1, 100)
ONE = Fraction(1)
TWICE = Fraction(2)
DAYS_A_MONTH = Fraction(1461, 48)
"""365.25 days over 12 months."""


@dataclass(frozen=True)
class RateRule:
    """Hold what decides of the price of a unit, and what it is measured by.

    `edges` and `points` are those of the brackets; `most_weight` is the most that a household weighs for each
    of its consumption units; `median` is the income to which efforts are compared.
    """

    curve: Curve
    protection: Protection
    limits: Limits
    season_factors: tuple[Fraction, ...]
    edges: tuple[Fraction, ...]
    points: tuple[Fraction, ...]
    most_weight: Fraction
    median: Fraction

    @classmethod
    def of(cls, grid: "Grid") -> Self:
        """Take from a grid what the invariants are about."""
        return cls(
            curve=grid.curve,
            protection=grid.protection,
            limits=grid.limits,
            season_factors=tuple(sorted({season.factor for season in grid.calendar.seasons} | {ONE})),
            edges=tuple(bracket.lower for bracket in grid.brackets),
            points=tuple(bracket.point for bracket in grid.brackets),
            most_weight=grid.scales.most_weight_per_unit,
            median=grid.index.monthly if grid.index else grid.protection.high,
        )

    @property
    def is_continuous(self) -> bool:
        """Tell whether the curve has a slope; one of steps is judged at the points of the brackets alone."""
        return self.curve.slope_bound() is not None

    @cached_property
    def incomes(self) -> tuple[Fraction, ...]:
        """List every breakpoint, and the cent on either side of it, ascending."""
        middle = {*self.curve.breakpoints(), *self.edges, *self.points, self.median}
        middle |= {self.protection.low, self.protection.high}
        around = {income + cents for income in middle for cents in (-CENT, Fraction(0), CENT)}
        return tuple(sorted(income for income in around if income >= 0))

    @cached_property
    def prices(self) -> dict[Fraction, tuple[Fraction, ...]]:
        """Return the price of a unit at each of the incomes, by season factor."""
        return {
            factor: tuple(self.unit_price(income, factor) for income in self.incomes)
            for factor in self.season_factors
        }

    def unit_price(self, income: Fraction, season_factor: Fraction) -> Fraction:
        """Return the exact price of a unit in a season, for somebody who is no resident."""
        return self.curve.unit_price(income) * self.protection.season_factor(season_factor, income)

    def effort(self, income: Fraction) -> Fraction:
        """Return the most that a neutral night takes of a day's income of any household."""
        return Fraction(self.curve.unit_price(income) * self.most_weight * DAYS_A_MONTH, income)


def check_invariants(rule: RateRule) -> None:
    """Refuse a rule that breaks an invariant: GridInvalid with the first that it breaks."""
    for fault in broken_invariants(rule):
        raise fault


def broken_invariants(rule: RateRule) -> Iterator[GridInvalid]:
    """Yield each invariant that the rule breaks, at the income where it is worst."""
    yield from _falls(rule)
    yield from _is_steep(rule) if rule.is_continuous else _jumps_unbounded(rule)
    yield from _jumps(rule)
    yield from _leaves_bounds(rule)
    yield from _takes_too_much(rule)
    yield from _squeezes_the_middle(rule)
    yield from _is_dear_to_the_poor(rule)
    yield from _depends_on_the_index(rule)


def steepest(rule: RateRule) -> tuple[Fraction, Fraction, Fraction]:
    """Return the most that one more unit of monthly income adds to a unit's price, from where, in which season."""
    starts = {start for income in rule.incomes for start in (income, income - 1) if start >= 0}
    return max(
        (rule.unit_price(start + 1, factor) - rule.unit_price(start, factor), start, factor)
        for factor in rule.season_factors
        for start in starts
    )


def largest_jump(rule: RateRule) -> tuple[Fraction, Fraction, Fraction]:
    """Return the largest jump of a unit's price between neighbouring brackets, its upper edge, its season."""
    jumps = [
        (rule.unit_price(above, factor) - rule.unit_price(below, factor), edge, factor)
        for factor in rule.season_factors
        for (below, above), edge in zip(pairwise(rule.points), rule.edges[1:], strict=True)
    ]
    return max(jumps, default=(Fraction(0), Fraction(0), ONE))


def _falls(rule: RateRule) -> Iterator[GridInvalid]:  # I1
    for prices in rule.prices.values():
        for income, (poorer, richer) in zip(rule.incomes, pairwise(prices), strict=False):
            if richer < poorer:
                message = f"who has more than {_shown(income)} a month pays less"
                yield GridInvalid("price_falls", "curve", message)
                return


def _is_steep(rule: RateRule) -> Iterator[GridInvalid]:  # I2, exact
    rise, start, factor = steepest(rule)
    if rise > rule.limits.slope:
        where = f"at {_shown(start)} a month and season factor {_shown(factor)}"
        yield GridInvalid("cliff", "limits.slope", f"{where} one more costs {_shown(rise)} more")


def _jumps_unbounded(rule: RateRule) -> Iterator[GridInvalid]:
    if rule.limits.jump is None:
        yield GridInvalid("jump_unbounded", "limits.jump", "a curve of steps says how high a step may be")


def _jumps(rule: RateRule) -> Iterator[GridInvalid]:  # I2, between brackets
    jump, edge, factor = largest_jump(rule)
    if rule.limits.jump is not None and jump > rule.limits.jump:
        where = f"at {_shown(edge)} a month and season factor {_shown(factor)}"
        yield GridInvalid("jump", "limits.jump", f"{where} the next bracket pays {_shown(jump)} more")


def _leaves_bounds(rule: RateRule) -> Iterator[GridInvalid]:  # I3
    for factor in rule.season_factors:
        low, high = rule.curve.floor * min(ONE, factor), rule.curve.ceiling * max(ONE, factor)
        for income, price in zip(rule.incomes, rule.prices[factor], strict=True):
            if not low <= price <= high:
                message = f"the price at {_shown(income)} a month is not between floor and ceiling"
                yield GridInvalid("out_of_bounds", "curve", message)
                return


def _takes_too_much(rule: RateRule) -> Iterator[GridInvalid]:  # I4, for all
    incomes = [income for income in _judged(rule) if income >= _lowest_point(rule)]
    most, income = max((rule.effort(income), income) for income in incomes)
    if most > rule.limits.effort:
        message = f"at {_shown(income)} a month a night takes {_shown(most)} of a day's income"
        yield GridInvalid("effort", "limits.effort", message)


def _squeezes_the_middle(rule: RateRule) -> Iterator[GridInvalid]:  # I4, no hump
    most = (1 + rule.limits.squeeze) * rule.effort(rule.median)
    between = [(rule.effort(income), income) for income in _judged(rule) if _rises_at(rule, income)]
    worst, income = max(between, default=(most, rule.median))
    if worst > most:
        message = (
            f"at {_shown(income)} a month a night takes {_shown(worst)} of a day's income, at the median less"
        )
        yield GridInvalid("squeezed_middle", "limits.squeeze", message)


def _is_dear_to_the_poor(rule: RateRule) -> Iterator[GridInvalid]:  # I5
    for prices in rule.prices.values():
        for income, price, neutral in zip(rule.incomes, prices, rule.prices[ONE], strict=True):
            if income <= rule.protection.low and price > neutral:
                message = f"a season is dearer for who has {_shown(income)} a month"
                yield GridInvalid("season_unsafe", "protection", message)
                return


def _depends_on_the_index(rule: RateRule) -> Iterator[GridInvalid]:  # I6
    curve, protection = rule.curve.indexed(TWICE), rule.protection.indexed(TWICE)
    for factor in rule.season_factors:
        for income, price in zip(rule.incomes, rule.prices[factor], strict=True):
            doubled = curve.unit_price(income * 2) * protection.season_factor(factor, income * 2)
            if doubled != price * 2:
                message = f"at {_shown(income)} a month twice the money is not twice the price"
                yield GridInvalid("index_changes", "curve", message)
                return


def _judged(rule: RateRule) -> tuple[Fraction, ...]:
    return tuple(income for income in (rule.incomes if rule.is_continuous else rule.points) if income)


def _lowest_point(rule: RateRule) -> Fraction:
    """Return the lowest representative point that is an income at all: no price is a part of nothing."""
    return min((point for point in rule.points if point), default=Fraction(0))


def _rises_at(rule: RateRule, income: Fraction) -> bool:
    """Tell whether an income lies from the last one at the floor up to the first one at the ceiling."""
    if income < _lowest_point(rule):
        return False
    before, after = rule.curve.unit_price(income - CENT), rule.curve.unit_price(income + CENT)
    return after > rule.curve.floor and before < rule.curve.ceiling


def _shown(number: Fraction) -> str:
    return f"{Decimal(f'{round_half_up(number * 10_000)}E-4').normalize():f}"
