"""Which price to type on a platform: what a night of each kind of room costs the house, season by season.

The real cost, never a rung: on a platform everybody pays the same, and nobody is asked anything (decision 13).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

from app.services.availability import TypeCard
from app.web.guest.ladder import household_words, night_cost
from pricing.grid import Grid
from pricing.household import Household
from pricing.money import Money
from pricing.seasons import Season
from pricing.stay import Stay

SHOWN_DAYS = 366
PARTIES = ((4, Household(2, (4, 7))), (2, Household(2)), (1, Household(1)))  # from so many beds on
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SeasonColumn:
    """A season, and its nights of the coming year as stays from the first night to the day after the last."""

    name: str
    spans: tuple[Stay, ...]


@dataclass(frozen=True, slots=True)
class CostRow:
    """A kind of room, its usual party, and the price to type for each season."""

    room: str
    party: str
    amounts: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class CostTable:
    """The table of a grid. One column without spans where no season changes what a night costs the house."""

    seasons: tuple[SeasonColumn, ...]
    rows: tuple[CostRow, ...]
    has_one_price: bool


def cost_table(grid: Grid, cards: tuple[TypeCard, ...], *, today: date, language: str) -> CostTable:
    """Lay out the real costs of the kinds of rooms that the grid prices, rounded to the step of its prices."""
    seasons = grid.calendar.seasons
    rows = tuple(_row(grid, card, seasons, language) for card in cards if card.code in grid.room_factors)
    if all(len(set(row.amounts)) == 1 for row in rows):
        rows = tuple(CostRow(row.room, row.party, row.amounts[:1]) for row in rows)
        return CostTable((), rows, has_one_price=True)
    spans = _spans(grid, today)
    columns = tuple(SeasonColumn(season.names[language], spans.get(season.code, ())) for season in seasons)
    return CostTable(columns, rows, has_one_price=False)


def _row(grid: Grid, card: TypeCard, seasons: tuple[Season, ...], language: str) -> CostRow:
    party = next(household for beds, household in PARTIES if card.beds.sleeps >= beds)
    costs = (night_cost(grid, party, card.code, season).total for season in seasons)
    rounded = tuple(
        Money.nearest(Fraction(cost.decimal), grid.currency, grid.price_step.minor) for cost in costs
    )
    return CostRow(card.name(language), household_words(party), rounded)


def _spans(grid: Grid, today: date) -> dict[str, tuple[Stay, ...]]:
    found: dict[str, list[Stay]] = {}
    for code, nights in groupby(_nights(grid, today), key=lambda night: grid.calendar.hit(night).code):
        span = tuple(nights)
        found.setdefault(code, []).append(Stay(span[0], span[-1] + ONE_DAY))
    return {code: tuple(stays) for code, stays in found.items()}


def _nights(grid: Grid, today: date) -> Iterator[date]:
    first = max(today, grid.calendar.first_night)
    for offset in range(SHOWN_DAYS):
        night = first + offset * ONE_DAY
        if night <= grid.horizon:
            yield night
