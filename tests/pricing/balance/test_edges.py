"""What stands just on the edge between a year that can be balanced and one that cannot."""

from fractions import Fraction

import pytest

from pricing.balance.forecast import Forecast, ForecastInvalid, ForecastNights
from pricing.balance.revenue import Line, PriceRule, YearRevenue
from pricing.balance.solver import Balanced, FloorTooHigh, OutOfReach, solve_revenue

ONE = Fraction(1)
RULE = PriceRule(
    Fraction(10), Fraction(30), (Line(Fraction(10), Fraction(0)), Line(Fraction(10), Fraction(1000)))
)
YEAR = YearRevenue(RULE, (Fraction(10), Fraction(20)))  # 300 when flat, 700 at the ceiling


@pytest.mark.parametrize(
    ("target", "kind", "slope"),
    [
        ("299.99", FloorTooHigh, "0"),
        ("300", Balanced, "0"),
        ("300.2", Balanced, "0.00001"),
        ("700", Balanced, "0.02"),
        ("700.01", OutOfReach, "0.02"),
    ],
)
def test_balances_from_the_least_to_the_most_that_a_year_can_bring(
    target: str, kind: type, slope: str
) -> None:
    solution = solve_revenue(YEAR, Fraction(target))

    assert type(solution) is kind
    assert solution.slope == Fraction(slope)


def test_refuses_an_answer_that_is_none() -> None:
    OutOfReach(Fraction("7.01"), Fraction(7), ONE, None, None)
    FloorTooHigh(Fraction("6.99"), Fraction(7), Fraction(0))
    Balanced(ONE, Fraction(0), (ONE, ONE), (ONE, ONE), ONE, ONE)
    for refused in (
        lambda: OutOfReach(Fraction(7), Fraction(7), ONE, None, None),
        lambda: FloorTooHigh(Fraction(7), Fraction(7), ONE),
        lambda: FloorTooHigh(Fraction(6), Fraction(7), Fraction(-1, 2)),
        lambda: Balanced(ONE, Fraction(-1, 2), (ONE, ONE), (ONE, ONE), ONE, ONE),
        lambda: Balanced(ONE, ONE, (ONE, ONE), (ONE, ONE), Fraction(101, 100), Fraction(2)),
        lambda: Balanced(ONE, ONE, (ONE, ONE), (ONE, ONE), Fraction(0), Fraction(99, 100)),
        lambda: Balanced(ONE, ONE, (ONE, Fraction(99, 100)), (ONE, ONE), ONE, ONE),
    ):
        with pytest.raises(ValueError, match="balance|within reach|is not under|would pay less"):
            refused()


@pytest.mark.parametrize(("units", "is_taken"), [("0.01", True), ("1", True), ("0", False), ("-0.5", False)])
def test_needs_some_night_however_few(units: str, is_taken: bool) -> None:
    paid = (Fraction(0), Fraction(units))
    if is_taken:
        assert YearRevenue(RULE, paid).at(Fraction(0)) == 10 * Fraction(units)
    else:
        with pytest.raises(ForecastInvalid):
            YearRevenue(RULE, paid)


@pytest.mark.parametrize(
    ("bracket", "nights", "weight", "is_taken"),
    [
        (1, "0", "0.01", True),
        (100, "0.5", "1", True),
        (0, "1", "1", False),
        (101, "1", "1", False),
        (1, "-0.5", "1", False),
        (1, "1", "0", False),
        (1, "1", "-0.5", False),
    ],
)
def test_expects_nights_from_none_up_and_people_who_weigh(
    bracket: int, nights: str, weight: str, is_taken: bool
) -> None:
    if is_taken:
        assert ForecastNights(bracket, "low", Fraction(nights), Fraction(weight)).bracket == bracket
    else:
        with pytest.raises(ForecastInvalid):
            ForecastNights(bracket, "low", Fraction(nights), Fraction(weight))


def test_expects_half_a_night_and_not_none() -> None:
    assert Forecast((ForecastNights(1, "low", Fraction(1, 2), ONE),)).nights == Fraction(1, 2)
    with pytest.raises(ForecastInvalid, match="no night"):
        Forecast((ForecastNights(1, "low", Fraction(0), ONE),))


@pytest.mark.parametrize(
    ("shares", "is_taken"), [((1, 0), True), ((0, 0), False), ((2, "-0.5"), False), ((), False)]
)
def test_spreads_a_year_over_shares_that_are_not_negative(shares: tuple[str, ...], is_taken: bool) -> None:
    parts = [Fraction(share) for share in shares]
    if is_taken:
        assert Forecast.spread({"low": ONE}, parts, ONE).shares(len(parts)) == tuple(parts)
    else:
        with pytest.raises(ForecastInvalid, match="not negative, and not all 0"):
            Forecast.spread({"low": ONE}, parts, ONE)
