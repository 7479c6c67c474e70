"""What a grant is worth: exactly, on the straight piece where the year stands."""

from fractions import Fraction

import pytest
from hypothesis import given

from pricing.balance.forecast import Forecast, Target
from pricing.balance.revenue import PriceRule, YearRevenue
from pricing.balance.sensitivity import GrantWorth, _units_on_floor, worth_of_grant
from pricing.balance.solver import Balanced, solve
from pricing.money import Money
from tests.pricing.balance.years import FORECAST, GRID, LEAST, MOST, REVENUE, amounts, needing


def worth(target: Fraction | int, grant: Fraction | int) -> tuple[Balanced, GrantWorth]:
    balanced = solve(GRID, FORECAST, needing(target))
    assert isinstance(balanced, Balanced)
    return balanced, worth_of_grant(GRID, FORECAST, balanced, Money.of(grant))


def test_takes_a_thousand_euros_off_the_lowest_rungs() -> None:
    balanced, gift = worth(175_000, 1000)
    poorer = solve(GRID, FORECAST, Target.of(Money.of(175_000), grants=Money.of(1000)))

    assert isinstance(poorer, Balanced)
    assert gift.is_exact
    assert gift.prices == tuple(map(Fraction.__sub__, balanced.unit_prices, poorer.unit_prices))
    assert gift.prices[0] == gift.prices[7] == 0  # one pays the floor, one the ceiling
    assert gift.first_helped == 2
    assert gift.efforts[1] == gift.prices[1] / (800 * 12 / Fraction("365.25"))


@given(amounts(LEAST, MOST), amounts(0, 90_000))
def test_says_when_a_grant_reaches_beyond_the_straight_piece(target: Fraction, grant: Fraction) -> None:
    balanced, gift = worth(target, grant)
    nearer = solve(GRID, FORECAST, Target.of(Money.of(target), grants=Money.of(grant)))

    fallen = tuple(map(Fraction.__sub__, balanced.unit_prices, gift.prices))
    assert gift.is_exact == (target - grant >= balanced.exact_from)
    assert not gift.is_exact or (isinstance(nearer, Balanced) and nearer.unit_prices == fallen)


def test_could_lower_the_floor_instead() -> None:
    balanced, gift = worth(175_000, 1000)

    points = [bracket.point for bracket in GRID.brackets]
    lower = PriceRule.affine(12 - gift.floor, Fraction(82), Fraction(650), points)
    assert YearRevenue(lower, REVENUE.units).at(balanced.slope) == 174_000


def test_reaches_everybody_by_the_floor_alone_where_all_pay_it() -> None:
    poor = Forecast.spread({"neutral": Fraction(100)}, [Fraction(1)], Fraction(1))
    balanced = solve(GRID, poor, needing(1200))
    assert isinstance(balanced, Balanced)

    gift = worth_of_grant(GRID, poor, balanced, Money.of(100))

    assert gift.first_helped is None
    assert gift.floor == 1
    assert not gift.is_exact


@pytest.mark.parametrize("slope", ["0.005", "0.02", "0.05"])
def test_lowers_the_floor_of_those_who_stand_on_it_under_linear_effort(slope: str) -> None:
    rule = PriceRule.linear_effort(
        Fraction(12), Fraction(82), [Fraction(500), Fraction(1000), Fraction(3000)]
    )
    year = YearRevenue(rule, (Fraction(5), Fraction(7), Fraction(11)))

    on_floor = sum(
        units
        for units, price in zip(year.units, rule.unit_prices(Fraction(slope)), strict=True)
        if price == 12
    )
    assert _units_on_floor(year, Fraction(slope)) == (on_floor or 23)
