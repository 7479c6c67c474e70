"""The ladder: what each bracket pays for a stay, ascending, equal amounts once, the real cost among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import groupby

from pricing.grid import Grid
from pricing.money import Money

HOUSEHOLDS_KEPT = 1024


@dataclass(frozen=True, slots=True)
class Rung:
    """Hold one amount of the ladder for a whole stay.

    `bracket` counts from 1 and is None for the real cost alone. `income_from` and `income_to` are the monthly
    income, of a household like the travelling one, for which the amount is meant: lower edge included, upper
    not, rounded to 5 €; None where it is open (both None for the real cost alone).
    """

    amount: Money
    bracket: int | None
    is_real_cost: bool = False
    income_from: Money | None = None
    income_to: Money | None = None


def room_night_dues(
    grid: Grid,
    season_factor: Fraction,
    room_weight: Fraction,
    supplement: Money,
    is_resident: bool,
    is_long: bool = False,
    cost: Money | None = None,
    ceiling: Money | None = None,
) -> tuple[Money, ...]:
    """Return what each bracket pays for one room night (spec 8.4, steps 2 to 5), lowest bracket first.

    `room_weight` is the guests' weight times the room's factor; `supplement` is added before the rounding;
    `is_long` says that the length rule applies to this night; `cost` is the real cost of the room night, which
    bounds what is asked where the grid says so; `ceiling` is the part of the hard ceiling that is this household's
    in a room that it shares.
    """
    step, extra = grid.price_step, Fraction(supplement.decimal)
    exact = (unit * room_weight + extra for unit in grid.unit_prices(season_factor, is_resident, is_long))
    rounded = (Money.nearest(price, grid.currency, step.minor) for price in exact)
    ceiling = ceiling or grid.hard_ceiling
    most = min(ceiling, cost) if cost and grid.caps_at_cost else ceiling
    return tuple(max(step, min(most, price)) for price in rounded)


@lru_cache(maxsize=HOUSEHOLDS_KEPT)
def income_edges(grid: Grid, units: Fraction) -> tuple[tuple[Money | None, Money | None], ...]:
    """Return the edges of every bracket as the monthly income of a household of so many consumption units."""
    return tuple(bracket.income_edges(units, grid.currency) for bracket in grid.brackets)


def build_ladder(grid: Grid, amounts: Sequence[Money], real_cost: Money, units: Fraction) -> tuple[Rung, ...]:
    """Order the amounts of all brackets (ascending already) and the real cost into rungs."""
    edges = income_edges(grid, units)
    rungs = []
    for amount, equal in groupby(range(len(amounts)), key=amounts.__getitem__):
        places = tuple(equal)
        income_from, income_to = edges[places[0]][0], edges[places[-1]][1]
        rungs.append(Rung(amount, places[0] + 1, amount == real_cost, income_from, income_to))
    if not any(rung.is_real_cost for rung in rungs):
        rungs.append(Rung(real_cost, bracket=None, is_real_cost=True))
    return tuple(sorted(rungs, key=lambda rung: rung.amount.minor))
