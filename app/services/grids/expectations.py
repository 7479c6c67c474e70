"""What a grid is expected to bring in the year that the house has budgeted, beside what that year needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from operator import mul

from sqlalchemy import select

from app.database import session
from app.models import Budget, Property
from pricing.balance import Forecast, ForecastInvalid, Target
from pricing.balance.revenue import units_paid
from pricing.grid import Grid
from pricing.money import Money


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the nights of a year bring under a grid, and what they must earn: costs and reserve without grants."""

    revenue: Money
    needed: Money

    @property
    def missing(self) -> Money:
        """Return what the year lacks; negative where something is left."""
        return self.needed - self.revenue


def expect(house: Property, grid: Grid) -> Expectation | None:
    """Return what the newest budget makes of a grid; None without a budget, or with one for other brackets or seasons.

    Left out are roundings, free amounts and the hard ceiling, as in the balance of a year (spec 5.7).
    """
    budget = session.scalars(
        select(Budget).filter_by(property_id=house.id).order_by(Budget.id.desc()).limit(1)
    ).first()
    if budget is None or len(budget.shares) != len(grid.brackets):
        return None
    nights = {code: Fraction(number) for code, number in budget.nights.items()}
    try:
        forecast = Forecast.spread(
            nights, [Fraction(share) for share in budget.shares], Fraction(budget.weight)
        )
        units = units_paid(grid, forecast)
    except ForecastInvalid:
        return None
    prices = (grid.curve.unit_price(bracket.point) for bracket in grid.brackets)
    revenue = Money.nearest(sum(map(mul, units, prices), Fraction(0)), grid.currency)
    return Expectation(revenue, _needed(budget, nights, grid.currency))


def _needed(budget: Budget, nights: Mapping[str, Fraction], currency: str) -> Money:
    of_nights = Fraction(Money(budget.night_cost_minor, currency).decimal) * sum(nights.values(), Fraction(0))
    costs = Money(budget.fixed_minor, currency) + Money.nearest(of_nights, currency)
    reserve, grants = Money(budget.reserve_minor, currency), Money(budget.grants_minor, currency)
    return Target.of(costs, reserve=reserve, grants=grants).amount
