"""The year of the golden example (spec 5.7), and years that hypothesis invents."""

from fractions import Fraction

from hypothesis import strategies as st

from pricing.balance.forecast import Forecast, Target
from pricing.balance.revenue import PriceRule, YearRevenue
from pricing.grid import example_house
from pricing.money import Money

GRID = example_house()
SHARES = tuple(Fraction(thousandths, 1000) for thousandths in (56, 76, 122, 138, 202, 195, 117, 94))
NIGHTS = {"low": Fraction(600), "neutral": Fraction(1025), "high": Fraction(780)}
FORECAST = Forecast.spread(NIGHTS, SHARES, Fraction(3, 2))
REVENUE = YearRevenue.of(GRID, FORECAST)
LEAST, MOST = REVENUE.at(Fraction(0)), REVENUE.at(Fraction(1))


def needing(amount: str | int | Fraction) -> Target:
    """Return a target of so many euros."""
    return Target.of(Money.of(amount))


def amounts(low: int | Fraction, high: int | Fraction) -> st.SearchStrategy[Fraction]:
    """Draw sums of whole cents."""
    return st.integers(int(low * 100) + 1, int(high * 100)).map(lambda cents: Fraction(cents, 100))


small = st.fractions(0, 5000, max_denominator=10)


@st.composite
def revenues(draw: st.DrawFn) -> YearRevenue:
    """Draw a year of one to eight brackets under an affine rule or one of linear effort."""
    points = sorted(draw(st.lists(small, min_size=1, max_size=8)))
    floor = draw(st.fractions(Fraction(1, 2), 40, max_denominator=10))
    ceiling = floor + draw(st.fractions(0, 100, max_denominator=10))
    if draw(st.booleans()):
        rule = PriceRule.affine(floor, ceiling, draw(small), points)
    else:
        rule = PriceRule.linear_effort(floor, ceiling, points)
    units = draw(st.lists(small, min_size=len(points), max_size=len(points)).filter(any))
    return YearRevenue(rule, tuple(units))
