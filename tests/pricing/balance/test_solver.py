"""The solver: golden digits, exactness, and what it says when no slope will do."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pricing.balance.forecast import Forecast, ForecastInvalid, Target
from pricing.balance.revenue import NoSlope, PriceRule, YearRevenue, slope_of, with_slope
from pricing.balance.solver import Balanced, FloorTooHigh, OutOfReach, Solution, solve, solve_revenue
from pricing.curve import LinearEffort, Step, StepCurve
from pricing.money import Money
from tests.pricing.balance.years import FORECAST, GRID, LEAST, MOST, REVENUE, amounts, needing, revenues

GOLDEN = [
    ("150000", "0.020852632984", "12 15.1279 21.7799 29.5996 38.5558 49.5035 62.9326 82"),
    ("175000", "0.027187844715", "12 16.0782 24.7511 34.9465 46.6237 60.8973 78.4063 82"),
    ("188486", "0.031319341853", "12 16.6979 26.6888 38.4335 51.8852 68.3278 82 82"),
    ("200000", "0.035307589442", "12 17.2961 28.5593 41.7996 56.9642 75.5007 82 82"),
]


def shown(value: Fraction, decimals: int) -> Fraction:
    return Fraction(int(value * 10**decimals + Fraction(1, 2)), 10**decimals)


def solved(revenue: YearRevenue, part: Fraction) -> tuple[Fraction, Solution]:
    """Solve for a target between what slope 0 and the steepest slope bring."""
    least, most = revenue.at(Fraction(0)), revenue.at(revenue.rule.edges[-1].slope)
    target = least + (most - least) * part
    return target, solve_revenue(revenue, target)


@pytest.mark.parametrize(("target", "slope", "prices"), GOLDEN)
def test_balances_the_year_to_twelve_digits(target: str, slope: str, prices: str) -> None:
    solution = solve(GRID, FORECAST, needing(target))

    assert isinstance(solution, Balanced)
    assert shown(solution.slope, 12) == Fraction(slope)
    assert [shown(price, 4) for price in solution.unit_prices] == [
        Fraction(price) for price in prices.split()
    ]
    assert REVENUE.at(solution.slope) == Fraction(target)


def test_knows_what_the_year_brings_at_the_slope_of_the_house_and_within_which_range() -> None:
    assert shown(REVENUE.at(Fraction("0.025")), 2) == Fraction("166366.33")
    assert shown(LEAST, 2) == Fraction("43322.61")
    assert shown(MOST, 2) == Fraction("282425.64")


def test_meets_the_ceiling_at_one_breakpoint_for_each_bracket_that_pays_by_the_slope() -> None:
    slopes = [edge.slope for edge in REVENUE.rule.edges]

    assert slopes == [0, *sorted(Fraction(70) / (bracket.point - 650) for bracket in GRID.brackets[1:])]
    assert shown(slopes[1], 4) == Fraction("0.0182")


def test_needs_costs_and_reserve_less_grants() -> None:
    target = Target.of(Money.of(188000), reserve=Money.of("9000.50"), grants=Money.of("22000.50"))

    assert target.amount == Money.of(175000)
    assert solve(GRID, FORECAST, target) == solve(GRID, FORECAST, needing(175000))


@given(revenues(), st.fractions(0, 1, max_denominator=1000))
def test_earns_the_target_exactly(revenue: YearRevenue, part: Fraction) -> None:
    target, solution = solved(revenue, part)

    assert isinstance(solution, Balanced)
    assert revenue.at(solution.slope) == target
    assert solution.exact_from <= target <= solution.exact_to
    assert all(revenue.rule.floor <= price <= revenue.rule.ceiling for price in solution.unit_prices)


@given(revenues(), st.fractions(0, 1, max_denominator=100), st.fractions(0, 1, max_denominator=100))
def test_asks_no_less_when_it_needs_more(revenue: YearRevenue, one: Fraction, other: Fraction) -> None:
    (_, less), (_, more) = (solved(revenue, part) for part in sorted((one, other)))

    assert less.slope <= more.slope


# Not all the way down to the end of the segment: where nobody pays more than the floor below it, many slopes bring in
# the same, and the lowest is taken.
@given(
    revenues(),
    st.fractions(Fraction(1, 100), 1, max_denominator=100),
    st.fractions(0, Fraction(99, 100), max_denominator=100),
)
def test_knows_what_the_next_euro_changes(revenue: YearRevenue, part: Fraction, less: Fraction) -> None:
    target, solution = solved(revenue, part)
    assert isinstance(solution, Balanced)
    assume(solution.exact_from < target)

    saved = (target - solution.exact_from) * less
    nearer = solve_revenue(revenue, target - saved)

    assert isinstance(nearer, Balanced)
    fallen = zip(solution.unit_prices, solution.prices_per_unit, strict=True)
    assert nearer.unit_prices == tuple(price - saved * per_unit for price, per_unit in fallen)


def test_says_what_is_missing_and_which_lever_would_do() -> None:
    solution = solve(GRID, FORECAST, needing(300_000))

    assert isinstance(solution, OutOfReach)
    assert shown(solution.missing, 2) == Fraction("17574.36")
    assert solution.slope == Fraction(70, 150)
    assert solution.ceiling is not None
    assert shown(solution.ceiling, 4) == Fraction("87.1451")
    assert solution.occupancy is not None
    assert shown(solution.occupancy, 6) == Fraction("1.062226")


@given(amounts(MOST, 900_000), st.integers(0, 20))
def test_closes_the_gap_by_each_lever_exactly(amount: Fraction, night_cost: int) -> None:
    target = Target.of(Money.of(amount), night_cost=Money.of(night_cost))
    solution = solve(GRID, FORECAST, target)
    assert isinstance(solution, OutOfReach)

    assert solution.ceiling is not None
    points = [bracket.point for bracket in GRID.brackets]
    rule = PriceRule.affine(Fraction(12), solution.ceiling, Fraction(650), points)
    assert YearRevenue(rule, REVENUE.units).at(rule.edges[-1].slope) == amount

    assert solution.occupancy is not None
    more_nights = (solution.occupancy - 1) * FORECAST.nights
    assert MOST * solution.occupancy == amount + more_nights * night_cost

    assert REVENUE.at(solution.slope) + solution.grant == amount


def test_names_no_lever_that_cannot_work() -> None:
    poor = Forecast.spread({"neutral": Fraction(100)}, [Fraction(1)], Fraction(1))
    target = Target.of(Money.of(5000), night_cost=Money.of(12))

    solution = solve(GRID, poor, target)

    assert isinstance(solution, OutOfReach)
    assert (solution.missing, solution.ceiling, solution.occupancy) == (3800, None, None)


@given(amounts(0, LEAST - 1))
def test_lowers_the_floor_to_where_the_year_balances(amount: Fraction) -> None:
    solution = solve(GRID, FORECAST, needing(amount))

    assert isinstance(solution, FloorTooHigh)
    assert solution.floor < 12
    assert solution.floor * sum(REVENUE.units) == amount
    assert solution.slope == 0


def test_needs_no_floor_where_grants_pay_for_everything() -> None:
    solution = solve(GRID, FORECAST, Target.of(Money.of(10), grants=Money.of(11)))

    assert isinstance(solution, FloorTooHigh)
    assert solution.floor == 0


@pytest.mark.parametrize("amount", [LEAST, MOST])
def test_balances_at_both_ends_of_its_reach(amount: Fraction) -> None:
    solution = solve_revenue(REVENUE, amount)
    beyond = solve_revenue(REVENUE, amount + (1 if amount == MOST else -1) * Fraction(1, 100))

    assert isinstance(solution, Balanced)
    assert solution.slope == (Fraction(70, 150) if amount == MOST else 0)
    assert not isinstance(beyond, Balanced)


def test_balances_linear_effort_between_its_two_clamps() -> None:
    rule = PriceRule.linear_effort(
        Fraction(10), Fraction(40), [Fraction(500), Fraction(1000), Fraction(4000)]
    )
    revenue = YearRevenue(rule, (Fraction(1), Fraction(1), Fraction(1)))

    solution = solve_revenue(revenue, Fraction(65))

    assert isinstance(solution, Balanced)
    assert solution.slope == Fraction(15, 1000)  # 10, 15, 40
    assert solution.unit_prices == (10, 15, 40)
    assert [edge.slope for edge in rule.edges] == [
        Fraction(ten_thousandths, 10_000) for ten_thousandths in (0, 25, 100, 200, 400, 800)
    ]


def test_counts_a_dear_season_only_where_it_is_felt() -> None:
    poor, rich = (
        YearRevenue.of(GRID, Forecast.spread({"high": Fraction(10)}, shares, Fraction(2)))
        for shares in ([1, 0], [0, 0, 0, 0, 0, 0, 1])
    )

    assert poor.units[0] == 20
    assert rich.units[6] == 24


@pytest.mark.parametrize(("bracket", "season"), [(9, "high"), (1, "mid")])
def test_refuses_nights_that_the_grid_does_not_price(bracket: int, season: str) -> None:
    shares = [Fraction(0)] * (bracket - 1) + [Fraction(1)]

    with pytest.raises(ForecastInvalid):
        solve(GRID, Forecast.spread({season: Fraction(5)}, shares, Fraction(1)), needing(100))


def test_reads_the_slope_of_a_curve_that_has_one_and_sets_another() -> None:
    effort = LinearEffort(Fraction(12), Fraction("0.03"), Fraction(82))

    assert slope_of(GRID.curve) == Fraction("0.025")
    assert slope_of(effort) == Fraction("0.03")
    assert slope_of(with_slope(GRID.curve, Fraction(1))) == slope_of(with_slope(effort, Fraction(1))) == 1
    assert replace(GRID.curve, slope=Fraction(1)) == with_slope(GRID.curve, Fraction(1))


@given(st.sampled_from(["affine", "linear"]), st.fractions(0, 1, max_denominator=1000))
def test_follows_the_curve_itself(kind: str, slope: Fraction) -> None:
    curve = GRID.curve if kind == "affine" else LinearEffort(Fraction(12), Fraction("0.03"), Fraction(82))
    grid = replace(GRID, curve=curve)

    prices = PriceRule.of(grid).unit_prices(slope)

    turned = with_slope(curve, slope)
    assert prices == tuple(turned.unit_price(bracket.point) for bracket in GRID.brackets)


def test_refuses_a_curve_without_a_slope() -> None:
    steps = StepCurve((Step(Fraction(0), Fraction(12)), Step(Fraction(900), Fraction(15))))

    for attempt in (slope_of, lambda curve: with_slope(curve, Fraction(1))):
        with pytest.raises(NoSlope):
            attempt(steps)
