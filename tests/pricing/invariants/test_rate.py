"""I1 to I6: what holds for the price of one room night, whatever the grid."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pricing.brackets import Bracket
from pricing.costs import CostModel
from pricing.grid import Grid
from pricing.ladder import room_night_dues
from pricing.money import Money
from pricing.quote import quote
from tests.pricing.invariants import of_every_grid
from tests.pricing.invariants.grids import (
    Case,
    cases,
    continuous_curves,
    factors,
    grids,
    hundredths,
    incomes,
    within_limits,
)

NOTHING = Money(0)
weights = hundredths(1, 500)
"""What sleepers weigh times the factor of their room."""


def dues(grid: Grid, season: Fraction, weight: Fraction, *, is_long: bool = False) -> tuple[Money, ...]:
    """Return what each bracket pays for a room night, the real cost not looked at."""
    return room_night_dues(grid, season, weight, NOTHING, is_resident=False, is_long=is_long)


def exact(amount: Money) -> Fraction:
    return Fraction(amount.decimal)


@of_every_grid
@given(cases(), incomes, incomes, factors)
def test_never_asks_more_of_who_has_less(
    case: Case, income: Fraction, other: Fraction, season: Fraction
) -> None:
    priced = quote(case.grid, case.stay, case.rooms)
    rule = case.grid.rate_rule
    poorer, richer = sorted([income, other])

    assert all(less <= more for less, more in pairwise(priced.bracket_amounts))
    assert all(less <= more for night in priced.nights for less, more in pairwise(night.dues))
    assert rule.unit_price(poorer, season) <= rule.unit_price(richer, season)


@of_every_grid
@given(grids(of=continuous_curves, neighbours=True).map(within_limits), weights)
def test_has_no_cliff_from_one_euro_to_the_next(grid: Grid, weight: Fraction) -> None:
    rule, step = grid.rate_rule, exact(grid.price_step)

    for season in rule.season_factors:
        asked = dues(grid, season, weight)
        for place, (below, above) in enumerate(pairwise(rule.points)):
            if above == below + 1:
                rise = rule.unit_price(above, season) - rule.unit_price(below, season)
                assert rise <= grid.limits.slope
                # rounded, within one price step more (decision 12)
                assert exact(asked[place + 1] - asked[place]) <= grid.limits.slope * weight + step


@of_every_grid
@given(grids().map(within_limits), weights)
def test_jumps_between_two_brackets_no_higher_than_it_says(grid: Grid, weight: Fraction) -> None:
    rule, step = grid.rate_rule, exact(grid.price_step)

    for season in rule.season_factors:
        for below, above in pairwise(dues(grid, season, weight)):
            if grid.limits.jump is not None:
                assert exact(above - below) <= grid.limits.jump * weight + step


@of_every_grid
@given(grids(), weights, st.booleans())
def test_stays_between_floor_and_ceiling(grid: Grid, weight: Fraction, is_long: bool) -> None:
    rule, step, most = grid.rate_rule, exact(grid.price_step), exact(grid.hard_ceiling)

    for season in rule.season_factors:
        low = grid.curve.floor * weight * min(Fraction(1), season)
        high = grid.curve.ceiling * weight * max(Fraction(1), season)
        assert all(low <= unit * weight <= high for unit in grid.unit_prices(season, is_long=is_long))
        for asked in map(exact, dues(grid, season, weight, is_long=is_long)):
            assert min(most, low - step) <= asked <= min(most, high + step)


@of_every_grid
@given(grids().map(within_limits), incomes)
def test_takes_a_bearable_part_of_every_income_and_squeezes_nobody(grid: Grid, income: Fraction) -> None:
    rule, limits = grid.rate_rule, grid.limits
    lowest = min((point for point in rule.points if point), default=Fraction(0))
    at_median = rule.effort(rule.median)
    judged = [*rule.points, income] if rule.is_continuous else list(rule.points)

    for each in judged:
        if each and each >= lowest:
            assert rule.effort(each) <= limits.effort
        if each and each >= lowest and grid.curve.floor < grid.curve.unit_price(each) < grid.curve.ceiling:
            assert rule.effort(each) <= (1 + limits.squeeze) * at_median


@of_every_grid
@given(grids(), weights, incomes)
def test_never_asks_more_of_the_poor_in_a_dear_season(grid: Grid, weight: Fraction, income: Fraction) -> None:
    rule = grid.rate_rule
    neutral = dues(grid, Fraction(1), weight)

    for season in rule.season_factors:
        for point, dear, usual in zip(rule.points, dues(grid, season, weight), neutral, strict=True):
            assert point > grid.protection.low or dear <= usual
        if income <= grid.protection.low:
            assert rule.unit_price(income, season) <= rule.unit_price(income, Fraction(1))


def indexed(grid: Grid, times: int, price_step: Money) -> Grid:
    """Return the grid when all money is worth so many times less."""
    costs = grid.costs
    dear = {code: cost * times for code, cost in costs.by_season.items()}
    return replace(
        grid,
        curve=grid.curve.indexed(Fraction(times)),
        protection=grid.protection.indexed(Fraction(times)),
        brackets=tuple(
            Bracket(each.lower * times, each.upper and each.upper * times, each.point * times)
            for each in grid.brackets
        ),
        hard_ceiling=grid.hard_ceiling * times,
        price_step=price_step,
        costs=CostModel(
            costs.fixed * times, costs.room * times, costs.grown_up * times, costs.child * times, dear
        ),
    )


@of_every_grid
@given(cases(), weights)
def test_changes_nothing_relative_when_everything_is_indexed(case: Case, weight: Fraction) -> None:
    grid = replace(case.grid, caps_at_cost=False)
    doubled = indexed(grid, 2, grid.price_step * 2)
    finer = indexed(grid, 2, grid.price_step)

    before = quote(grid, case.stay, case.rooms).bracket_amounts
    assert quote(doubled, case.stay, case.rooms).bracket_amounts == tuple(amount * 2 for amount in before)
    for season in grid.rate_rule.season_factors:
        pairs = zip(dues(grid, season, weight), dues(finer, season, weight), strict=True)
        for old, new in pairs:  # with the same price step, within one of it (decision 12)
            assert abs(new.minor - old.minor * 2) <= grid.price_step.minor
