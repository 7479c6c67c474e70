"""What a grant is worth to the guests: by how much each bracket's price falls when the nights must earn less."""

from dataclasses import dataclass
from fractions import Fraction

from pricing.balance.forecast import Forecast
from pricing.balance.revenue import YearRevenue
from pricing.balance.solver import Balanced
from pricing.grid import Grid
from pricing.money import Money

DAYS_A_MONTH = Fraction("30.4375")


@dataclass(frozen=True, slots=True)
class GrantWorth:
    """Hold what a grant takes off, bracket by bracket from the lowest.

    `prices` is off the unit price of a neutral night, in major units, when the slope falls; `efforts` the same
    as a part of one day's income at the bracket's point (None where that is 0). `floor` is what the grant could
    take off the floor instead, the slope kept: the only way in which it reaches those who pay the floor (None
    where no price stands on it); it holds at the margin. `is_exact` tells whether `prices` hold for the whole
    grant, or for its first part only.
    """

    grant: Money
    prices: tuple[Fraction, ...]
    efforts: tuple[Fraction | None, ...]
    floor: Fraction | None
    is_exact: bool

    @property
    def first_helped(self) -> int | None:
        """Return the lowest bracket whose price falls with the slope, from 1; None when none does."""
        return next((bracket for bracket, price in enumerate(self.prices, 1) if price > 0), None)


def worth_of_grant(grid: Grid, forecast: Forecast, balanced: Balanced, grant: Money) -> GrantWorth:
    """Say what a grant is worth on the straight piece of a solution (dP/dT of spec 5.7).

    Raises: ForecastInvalid, NoSlope.
    """
    amount = Fraction(grant.decimal)
    prices = tuple(amount * price for price in balanced.prices_per_unit)
    incomes = (bracket.point for bracket in grid.brackets)
    standing = units_on_floor(YearRevenue.of(grid, forecast), balanced.slope)
    return GrantWorth(
        grant=grant,
        prices=prices,
        efforts=tuple(
            Fraction(price * DAYS_A_MONTH, income) if income else None
            for price, income in zip(prices, incomes, strict=True)
        ),
        floor=Fraction(amount, standing) if standing else None,
        is_exact=amount <= balanced.target - balanced.exact_from,
    )


def units_on_floor(revenue: YearRevenue, slope: Fraction) -> Fraction:
    """Count the units whose price would fall with the floor: those that pay it, and those that rise from it."""
    rule, standing = revenue.rule, Fraction(0)
    for units, line in zip(revenue.units, rule.lines, strict=True):
        price = line.start + line.rise * slope
        if price < rule.floor or (line.start == rule.floor and price <= rule.ceiling):
            standing += units
    return standing
