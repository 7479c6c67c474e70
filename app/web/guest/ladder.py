"""The price sheet: every amount of a stay as rows to choose from, and where they come from (decision 9).

The guest's own page, the page behind a mailed link and the screen that reception turns round show the same sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _

from pricing.costs import RoomNightCost
from pricing.explain import describe_income, explain_amounts
from pricing.grid import Grid
from pricing.household import Household
from pricing.ladder import Rung, build_ladder, income_edges, room_night_dues
from pricing.money import Money
from pricing.phrases import COSTS
from pricing.quote import Choice, Quote
from pricing.seasons import Season

HOUSEHOLDS = (Household(1), Household(2), Household(1, (7,)), Household(2, (7,)), Household(2, (4, 7)))


@dataclass(frozen=True, slots=True)
class RungRow:
    """One row: what the form sends (the amount in minor units), the amount, its sentence, its size from 0 to 100."""

    value: str
    amount: Money
    sentence: str
    share: int
    is_real_cost: bool


@dataclass(frozen=True, slots=True)
class HelpRow:
    """One row of "help me find mine": an amount, and up to which monthly income of each household it is meant.

    `edges` has a monthly income for each of the households, None where there is no upper edge; `unit_edge` is the
    edge of one consumption unit in minor units, for the calculator.
    """

    amount: Money
    edges: tuple[Money | None, ...]
    unit_edge: int | None


@dataclass(frozen=True, slots=True)
class PriceSheet:
    """Everything the price page shows of one stay."""

    rows: tuple[RungRow, ...]
    minimum: Money
    cost: Money
    undecided: Money
    night_cost: Money
    cost_lines: tuple[tuple[str, Money], ...]
    rule: str
    lowest_tax: Money
    highest_tax: Money
    households: tuple[str, ...]
    help_rows: tuple[HelpRow, ...]


def price_sheet(grid: Grid, quote: Quote, tax_of: Callable[[Choice], Money], language: str) -> PriceSheet:
    """Lay out the quote of a stay; `tax_of` gives the tourist tax of a choice."""
    return PriceSheet(
        rows=rung_rows(quote.ladder, language, _("what your stay costs the house")),
        minimum=quote.minimum,
        cost=quote.cost,
        undecided=quote.choose().amount,
        night_cost=per_night(quote.cost, quote.stay.length),
        cost_lines=tuple((COSTS[language][line.code], line.amount) for line in quote.cost_lines),
        rule=explain_amounts(grid, quote, language),
        lowest_tax=tax_of(quote.choose(amount=quote.lowest)),
        highest_tax=tax_of(quote.choose(amount=quote.highest)),
        households=tuple(household_words(household) for household in HOUSEHOLDS),
        help_rows=_help_rows(grid, quote),
    )


def rung_rows(rungs: Sequence[Rung], language: str, cost_words: str) -> tuple[RungRow, ...]:
    """Return the rows of a ladder in its own order, each as wide as its amount is large."""
    highest = max(rung.amount.minor for rung in rungs)
    return tuple(
        RungRow(
            value=str(rung.amount.minor),
            amount=rung.amount,
            sentence=_sentence(rung, language, cost_words),
            share=rung.amount.minor * 100 // highest,
            is_real_cost=rung.is_real_cost,
        )
        for rung in rungs
    )


def typical_ladder(
    grid: Grid, household: Household, type_code: str, season: Season | None = None
) -> tuple[Rung, ...]:
    """Return the ladder of one night in a season, else the usual one, for pages that speak of no stay."""
    season = season or grid.calendar.usual_season
    cost = night_cost(grid, household, type_code, season).total
    amounts = night_amounts(grid, household, type_code, season)
    return build_ladder(grid, amounts, cost, grid.scales.units.of_household(household))


def night_amounts(grid: Grid, household: Household, type_code: str, season: Season) -> tuple[Money, ...]:
    """Return what each bracket pays for one night of a household alone in one room, lowest bracket first."""
    weight = grid.scales.weights.of_household(household) * grid.room_factor(type_code)
    cost = night_cost(grid, household, type_code, season).total
    nothing = Money.zero(grid.currency)
    return room_night_dues(grid, season.factor, weight, nothing, is_resident=False, cost=cost)


def night_cost(grid: Grid, household: Household, type_code: str, season: Season) -> RoomNightCost:
    """Return what one night of a household alone in one room costs the house."""
    factor = grid.room_factor(type_code)
    return grid.costs.room_night(household.adults, household.children, factor, season.code)


def per_night(amount: Money, nights: int) -> Money:
    """Return what an amount is for one night, to the cent."""
    return Money.nearest(Fraction(amount.decimal) / nights, amount.currency)


def household_words(household: Household) -> str:
    """Say who lives together."""
    if not household.children:
        return _("one person") if household.adults == 1 else _("two adults")
    if household.adults == 1:
        return _("one adult, one child")
    return _("two adults, one child") if len(household.children) == 1 else _("two adults, two children")


def _sentence(rung: Rung, language: str, cost_words: str) -> str:
    income = describe_income(rung, language)
    if not rung.is_real_cost:
        return income
    return f"{income} · {cost_words}" if income else cost_words


def _help_rows(grid: Grid, quote: Quote) -> tuple[HelpRow, ...]:
    edges = [income_edges(grid, grid.scales.units.of_household(household)) for household in HOUSEHOLDS]
    rows: list[HelpRow] = []
    for place, (bracket, amount) in enumerate(zip(grid.brackets, quote.bracket_amounts, strict=True)):
        upper = bracket.upper
        row = HelpRow(
            amount=amount,
            edges=tuple(of_household[place][1] for of_household in edges),
            unit_edge=None if upper is None else Money.nearest(upper, grid.currency).minor,
        )
        if rows and rows[-1].amount == amount:
            rows.pop()  # equal rungs show once, for the incomes of both
        rows.append(row)
    return tuple(rows)
