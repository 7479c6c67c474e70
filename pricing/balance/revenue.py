"""The revenue of a year as the slope turns: continuous, never falling, and made of straight pieces."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from operator import mul
from typing import Self

from pricing.balance.forecast import Forecast, ForecastInvalid
from pricing.curve import AffineCurve, Curve, LinearEffort
from pricing.grid import Grid
from pricing.refusal import Refusal


class NoSlope(Refusal):
    """Say that the curve of a grid has no slope that could be solved for."""


@dataclass(frozen=True, slots=True)
class Line:
    """Hold how the unit price of one bracket follows the slope between floor and ceiling."""

    start: Fraction
    rise: Fraction


@dataclass(frozen=True, slots=True)
class Edge:
    """Hold a slope at which a bracket leaves the floor or meets the ceiling, and what all pay there."""

    slope: Fraction
    unit_prices: tuple[Fraction, ...]


@dataclass(frozen=True)
class PriceRule:
    """Hold floor, ceiling and one line for each bracket, lowest first: all that a slope acts through.

    The unit price of a bracket is `start + rise × slope`, at least the floor, at most the ceiling, in major
    units a night and neutral season.
    """

    floor: Fraction
    ceiling: Fraction
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, grid: Grid) -> Self:
        """Read the rule of a grid at the points of its brackets. Raises: NoSlope."""
        points = [bracket.point for bracket in grid.brackets]
        match grid.curve:
            case AffineCurve(floor=floor, ceiling=ceiling, protected_income=protected):
                return cls.affine(floor, ceiling, protected, points)
            case LinearEffort(floor=floor, ceiling=ceiling):
                return cls.linear_effort(floor, ceiling, points)
        raise _no_slope(grid.curve)

    @classmethod
    def affine(
        cls, floor: Fraction, ceiling: Fraction, protected: Fraction, points: Sequence[Fraction]
    ) -> Self:
        """Rise from the floor above a protected income (spec 5.2, family 2)."""
        lines = (Line(floor, max(Fraction(0), point - protected)) for point in points)
        return cls(floor, ceiling, tuple(lines))

    @classmethod
    def linear_effort(cls, floor: Fraction, ceiling: Fraction, points: Sequence[Fraction]) -> Self:
        """Ask the same part of every income between floor and ceiling (spec 5.2, family 1)."""
        return cls(floor, ceiling, tuple(Line(Fraction(0), point) for point in points))

    def unit_prices(self, slope: Fraction) -> tuple[Fraction, ...]:
        """Return the exact unit price of every bracket, lowest first."""
        return tuple(
            min(self.ceiling, max(self.floor, line.start + line.rise * slope)) for line in self.lines
        )

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Return slope 0 and every breakpoint above it, ascending (spec 5.7)."""
        flat = Fraction(0)
        slopes = {
            max(flat, Fraction(price - line.start, line.rise))
            for line in self.lines
            if line.rise
            for price in (self.floor, self.ceiling)
        }
        return tuple(Edge(slope, self.unit_prices(slope)) for slope in sorted({flat} | slopes))


@dataclass(frozen=True, slots=True)
class YearRevenue:
    """Hold a rule, and how often each bracket pays its unit price in a year, seasons and weights counted in.

    Left out, for the fund to show: roundings, free amounts, the hard ceiling, long stays, who counts as a
    resident, a cap at cost. Together they move a year by less than its guests do.
    """

    rule: PriceRule
    units: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        if len(self.units) != len(self.rule.lines) or sum(self.units) <= 0:
            raise ForecastInvalid(f"{len(self.units)} brackets are expected, {len(self.rule.lines)} priced")

    @classmethod
    def of(cls, grid: Grid, forecast: Forecast) -> Self:
        """Join a grid and the expected year. Raises: ForecastInvalid, NoSlope."""
        return cls(PriceRule.of(grid), units_paid(grid, forecast))

    def at(self, slope: Fraction) -> Fraction:
        """Return what the year brings at a slope, exactly, in major units."""
        return self.paid(self.rule.unit_prices(slope))

    def paid(self, unit_prices: Sequence[Fraction]) -> Fraction:
        """Return what the year brings at these unit prices."""
        return sum(map(mul, self.units, unit_prices), Fraction(0))

    def segment(self, amount: Fraction) -> tuple[Edge, Edge]:
        """Return the two edges between which the revenue reaches an amount on one straight piece.

        The piece is the one below the amount, so that it says what a smaller amount would change. Both edges
        are slope 0 when the amount is what that brings. The amount is within reach.
        """
        edges = self.rule.edges
        upper = bisect_left(edges, amount, key=lambda edge: self.paid(edge.unit_prices))
        return edges[max(0, upper - 1)], edges[upper]


def units_paid(grid: Grid, forecast: Forecast) -> tuple[Fraction, ...]:
    """Return for each bracket the sum of nights × weight × season as it is felt there. Raises: ForecastInvalid."""
    factors = {season.code: season.factor for season in grid.calendar.seasons}
    units = [Fraction(0)] * len(grid.brackets)
    for cell in forecast.expected:
        if cell.season not in factors or cell.bracket > len(units):
            raise ForecastInvalid(f"the grid has no season {cell.season!r} or no bracket {cell.bracket}")
        point = grid.brackets[cell.bracket - 1].point
        felt = grid.protection.season_factor(factors[cell.season], point)
        units[cell.bracket - 1] += cell.nights * cell.weight * felt
    return tuple(units)


def slope_of(curve: Curve) -> Fraction:
    """Return the one number that a curve rises by: a slope, or the rate of linear effort. Raises: NoSlope."""
    match curve:
        case AffineCurve(slope=slope) | LinearEffort(rate=slope):
            return slope
    raise _no_slope(curve)


def with_slope(curve: Curve, slope: Fraction) -> Curve:
    """Return the same curve with another slope, as a draft of a grid needs it. Raises: NoSlope, GridInvalid."""
    match curve:
        case AffineCurve():
            return replace(curve, slope=slope)
        case LinearEffort():
            return replace(curve, rate=slope)
    raise _no_slope(curve)


def _no_slope(curve: Curve) -> NoSlope:
    return NoSlope(f"a curve of kind {curve.kind!r} has no slope that could balance a year")
