"""What a year is expected to cost and to bring: typed once, kept with its date; a new one leaves the old."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select

from app.database import session
from app.models import Budget, Property
from app.services.events import record
from pricing.balance import Forecast, Target
from pricing.balance.forecast import ForecastInvalid
from pricing.grid import Grid
from pricing.money import Money

MANY_NIGHTS = Fraction(1000)


@dataclass(frozen=True, slots=True)
class YearPlan:
    """Hold a year as its people plan it.

    `night_cost` is what one room night more costs; `nights` the room nights by season code; `shares` the part of each
    bracket, lowest first, in any unit; `weight` the mean weight of a night (two adults in a double: 1.5).

    Raises: ForecastInvalid when nothing can be computed from it.
    """

    fixed: Money
    reserve: Money
    grants: Money
    night_cost: Money
    nights: Mapping[str, Fraction]
    shares: Sequence[Fraction]
    weight: Fraction

    def __post_init__(self) -> None:
        if self.fixed < Money.zero(self.fixed.currency):
            raise ForecastInvalid(f"costs are not negative: {self.fixed}")
        _ = self.target, self.forecast  # each refuses what makes no sense

    @property
    def forecast(self) -> Forecast:
        """Return the expected nights. Raises: ForecastInvalid."""
        return Forecast.spread(self.nights, self.shares, self.weight)

    @property
    def target(self) -> Target:
        """Return what the nights must earn: fixed costs and those of the expected nights. Raises: ForecastInvalid."""
        many = sum(self.nights.values(), Fraction(0))
        variable = Money.nearest(Fraction(self.night_cost.decimal) * many, self.fixed.currency)
        return Target(self.fixed + variable, self.reserve, self.grants, self.night_cost)


@dataclass(frozen=True, slots=True)
class BudgetCard:
    """A plan as it was entered: when, by whom."""

    plan: YearPlan
    author: str
    entered_at: datetime


def enter_budget(*, house: Property, plan: YearPlan, author: str, actor: str, now: datetime) -> Budget:
    """Keep a plan beside those before it. Commits."""
    budget = Budget(
        property_id=house.id,
        fixed_minor=plan.fixed.minor,
        reserve_minor=plan.reserve.minor,
        grants_minor=plan.grants.minor,
        night_cost_minor=plan.night_cost.minor,
        nights={season: str(nights) for season, nights in plan.nights.items()},
        shares=[str(share) for share in plan.shares],
        weight=str(plan.weight),
        created_at=now,
        author=author,
        actor=actor,
    )
    session.add(budget)
    session.flush()
    record(property_id=house.id, actor=actor, verb="enter", noun="budget", noun_id=budget.id, now=now)
    session.commit()
    return budget


def current_budget(house: Property) -> BudgetCard | None:
    """Return the plan that was entered last, or None where nobody has entered one."""
    budget = session.scalars(
        select(Budget).filter_by(property_id=house.id).order_by(Budget.id.desc()).limit(1)
    ).first()
    if budget is None:
        return None
    plan = YearPlan(
        fixed=Money(budget.fixed_minor, house.currency),
        reserve=Money(budget.reserve_minor, house.currency),
        grants=Money(budget.grants_minor, house.currency),
        night_cost=Money(budget.night_cost_minor, house.currency),
        nights={season: Fraction(nights) for season, nights in budget.nights.items()},
        shares=tuple(Fraction(share) for share in budget.shares),
        weight=Fraction(budget.weight),
    )
    return BudgetCard(plan, budget.author, budget.created_at)


def first_plan(grid: Grid) -> YearPlan:
    """Return where a house may begin: the costs of its grid, nights spread as its calendar, an even mix."""
    nothing = Money.zero(grid.currency)
    seasons = grid.calendar.nights_by_season
    yearly = grid.costs.yearly
    whole = yearly.room_nights if yearly else MANY_NIGHTS
    days = sum(seasons.values())
    return YearPlan(
        fixed=yearly.fixed if yearly else nothing,
        reserve=nothing,
        grants=nothing,
        night_cost=grid.costs.room + grid.costs.grown_up * 2,
        nights={code: Fraction(round(whole * many / days)) for code, many in seasons.items()},
        shares=tuple(Fraction(1) for _ in grid.brackets),
        weight=Fraction(3, 2),
    )
