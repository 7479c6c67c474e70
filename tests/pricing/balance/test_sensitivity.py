"""What a grant is worth: exactly, on the straight piece where the year stands."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given

from pricing.balance.forecast import Forecast, Target
from pricing.balance.revenue import Line, PriceRule, YearRevenue
from pricing.balance.sensitivity import GrantWorth, units_on_floor, worth_of_grant
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


def test_is_exact_down_to_the_end_of_the_piece_and_not_a_cent_further() -> None:
    balanced = solve(GRID, FORECAST, needing(175_000))
    assert isinstance(balanced, Balanced)
    whole = balanced.target - balanced.exact_from
    at_the_end = replace(balanced, exact_from=balanced.target - 1000)

    assert whole > 1000
    assert worth_of_grant(GRID, FORECAST, at_the_end, Money.of(1000)).is_exact
    assert not worth_of_grant(GRID, FORECAST, at_the_end, Money.of("1000.01")).is_exact


LINEAR = PriceRule.linear_effort(Fraction(12), Fraction(82), [Fraction(500), Fraction(1000), Fraction(4000)])
AFFINE = PriceRule.affine(
    Fraction(12), Fraction(82), Fraction(500), [Fraction(500), Fraction(1200), Fraction(4000)]
)


@pytest.mark.parametrize(
    ("rule", "slope", "standing"),
    [
        (LINEAR, "0.005", 12),  # 12, 12, 20
        (LINEAR, "0.012", 5),  # 12, 12 by the rate alone, 48
        (LINEAR, "0.020", 5),
        (LINEAR, "0.024", 0),
        (AFFINE, "0", 23),
        (AFFINE, "0.020", 23),  # 12, 26, 82 exactly
        (AFFINE, "0.021", 12),
        (AFFINE, "0.1", 12),  # 12, 82 exactly, 82
        (AFFINE, "0.2", 5),
    ],
)
def test_counts_those_whose_price_falls_with_the_floor(rule: PriceRule, slope: str, standing: int) -> None:
    year = YearRevenue(rule, (Fraction(5), Fraction(7), Fraction(11)))
    down = Fraction(1, 1000)
    lower = replace(
        rule,
        floor=rule.floor - down,
        lines=tuple(Line(line.start - down if line.start else line.start, line.rise) for line in rule.lines),
    )

    assert units_on_floor(year, Fraction(slope)) == standing
    assert YearRevenue(lower, year.units).at(Fraction(slope)) == year.at(Fraction(slope)) - down * standing
