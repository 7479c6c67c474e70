"""The treasurer's books: what the year of the example costs, whom it expects, and the grants that have come."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from app.demo.steps import Scene
from app.services import balance, fund
from app.services.balance import YearPlan
from app.services.fund import Grant
from pricing.grid import Grid
from pricing.money import Money

SHARES = tuple(Fraction(part) for part in (10, 12, 15, 15, 17, 15, 9, 7))
RESERVE, GRANTS, NIGHT_COST = Money.of(5_000), Money.of(4_000), Money.of(16)
# days ago, euros, who, why
GIVEN = (
    (75, 4_000, "Ville de Lens", "solidarité de l'année"),
    (12, 1_500, "Fondation des Corons", "nuits près de l'hôpital"),
)


def keep_books(scene: Scene, grid: Grid, *, treasurer: str, actor: str) -> None:
    """Enter a year that the grid of the example does not quite balance, and two grants. Commits."""
    planned = balance.first_plan(grid)
    plan = YearPlan(
        fixed=planned.fixed,
        reserve=RESERVE,
        grants=GRANTS,
        night_cost=NIGHT_COST,
        nights=planned.nights,
        shares=SHARES,
        weight=planned.weight,
    )
    balance.enter_budget(house=scene.house, plan=plan, author=treasurer, actor=actor, now=scene.now)
    for days, euros, source, note in GIVEN:
        grant = Grant(Money.of(euros), source, scene.today - timedelta(days=days), note)
        at = scene.at(grant.received_on, 14)
        fund.enter_grant(house=scene.house, grant=grant, actor=actor, today=grant.received_on, now=at)
