"""What a grid is expected to bring in the year that the house has budgeted, beside what that year needs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from operator import mul

from app.models import Property
from app.services.balance.budgets import current_budget
from pricing.balance import ForecastInvalid
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
    card = current_budget(house)
    if card is None or len(card.plan.shares) != len(grid.brackets) or grid.currency != house.currency:
        return None
    try:
        units = units_paid(grid, card.plan.forecast)
    except ForecastInvalid:
        return None
    prices = (grid.curve.unit_price(bracket.point) for bracket in grid.brackets)
    revenue = Money.nearest(sum(map(mul, units, prices), Fraction(0)), grid.currency)
    return Expectation(revenue, card.plan.target.amount)
