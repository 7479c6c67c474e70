"""What solver and evolution make of a house: the grid in force, the plan of its year, who came, what the fund holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache

from app.models import GridDraft, Property
from app.services import fund
from app.services.balance.budgets import YearPlan, current_budget
from app.services.balance.mix import SeenMonth, nights_of, seen_months
from app.services.grids import start_draft
from app.services.rates import current_grid
from pricing.balance import (
    Balanced,
    Draft,
    Forecast,
    GrantWorth,
    Pace,
    Solution,
    Target,
    Unchanged,
    YearRevenue,
    evolve,
    reason,
    slope_of,
    solve,
    with_slope,
    worth_of_grant,
)
from pricing.balance.evolution import observed_mix
from pricing.fund import Ledger, statement
from pricing.grid import Grid
from pricing.money import Money
from pricing.periods import Period
from pricing.refusal import Refusal
from pricing.simulation.risk import MarginOutOfReach, Risk, risk

RUNS, SEED = 200, 1
"""Enough years for whole per cents, few enough for a page; the same seed gives the same answer to everybody."""
GRANT = 1000
DAYS_OF_A_YEAR = 365


class NothingToAdopt(Exception):
    """The rate is left alone, or nobody has planned the year: there is no draft to adopt."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Everything that the balance of a house rests on, and what follows from it.

    `revenue` is what the planned year brings at the slope of today; `planned` and `mix` are the parts of the brackets
    as planned and with what was seen; `worth` and `risks` are empty where no slope balances the year.
    """

    grid: Grid
    plan: YearPlan
    months: tuple[SeenMonth, ...]
    revenue: Money
    solution: Solution
    outcome: Draft | Unchanged
    planned: tuple[Fraction, ...]
    mix: tuple[Fraction, ...]
    worth: GrantWorth | None
    risks: tuple[Risk, ...]


def look(house: Property, *, today: date) -> Outlook | None:
    """Look at the balance of a house; None before anybody has planned a year.

    Raises: NoGrid; NoSlope or ForecastInvalid where the plan and the grid in force do not fit.
    """
    budget = current_budget(house)
    if budget is None:
        return None
    grid, plan = current_grid(house, today).grid, budget.plan
    forecast, target = plan.forecast, plan.target
    months = seen_months(house, len(grid.brackets), today=today)
    planned = forecast.shares(len(grid.brackets))
    solution = solve(grid, forecast, target)
    is_balanced = isinstance(solution, Balanced)
    brought = YearRevenue.of(grid, forecast).at(slope_of(grid.curve))
    return Outlook(
        grid=grid,
        plan=plan,
        months=months,
        revenue=Money.nearest(brought, grid.currency),
        solution=solution,
        outcome=evolve(
            grid=grid,
            forecast=forecast,
            months=nights_of(months),
            target=target,
            fund=beyond_plan(fund.ledger_of(house), target.grants, today),
            today=today,
        ),
        planned=planned,
        mix=observed_mix(planned, nights_of(months), Pace()).shares,
        worth=worth_of_grant(grid, forecast, solution, Money.of(GRANT, grid.currency))
        if isinstance(solution, Balanced)
        else None,
        risks=risks_of(grid, forecast, target) if is_balanced else (),
    )


def adopt(
    house: Property, *, author: str, language: str, actor: str, today: date, now: datetime
) -> GridDraft:
    """Begin the draft that the evolution proposes, with its reason in one sentence; people vote it. Commits.

    Raises: NothingToAdopt, and what `look` raises.
    """
    outlook = look(house, today=today)
    if outlook is None or not isinstance(outlook.outcome, Draft):
        raise NothingToAdopt(house.code)
    proposed = outlook.outcome
    grid = replace(
        outlook.grid,
        curve=with_slope(outlook.grid.curve, proposed.slope),
        effective_from=proposed.effective_from,
    )
    return start_draft(
        house=house, grid=grid, reason=reason(proposed, language), author=author, actor=actor, now=now
    )


def beyond_plan(ledger: Ledger, grants: Money, today: date) -> Money:
    """Return what the fund holds beyond what the plan would have left in it at this moment of the year.

    The grants that a year counts on are spent evenly over its days; what has come of them and is still to be spent is
    no surplus.
    """
    come = statement(ledger, Period.of_year(today.year)).grants
    counted = Fraction(min(come, grants).decimal)
    gone = Fraction((today - date(today.year, 1, 1)).days, DAYS_OF_A_YEAR)
    to_spend = max(Fraction(0), counted - Fraction(grants.decimal) * gone)
    return ledger.balance - Money.nearest(to_spend, grants.currency)


@lru_cache(maxsize=8)
def _drawn(grid: Grid, forecast: Forecast, target: Target) -> tuple[Risk, ...]:
    # The same question has the same answer for ever: every process may keep it for itself.
    try:
        return risk(grid, forecast, target, runs=RUNS, seed=SEED)
    except MarginOutOfReach:
        return risk(grid, forecast, target, runs=RUNS, seed=SEED, margins=(Fraction(0),))


def risks_of(grid: Grid, forecast: Forecast, target: Target) -> tuple[Risk, ...]:
    """Return the chance of a deficit for each margin; empty where the calendar is too short to draw a year."""
    try:
        return _drawn(grid, forecast, target)
    except Refusal:
        return ()
