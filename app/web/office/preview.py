"""What a grid would do, beside the one it follows: curve, efforts, prices, a year, and the validator's word."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.models import Property
from app.services.availability import list_type_cards
from app.services.balance.expecting import Expectation, expect
from app.web.drawings.plots import Plot
from app.web.drawings.portrait import BracketWords, PriceTable, bracket_words, plot_curve, price_tables
from app.web.drawings.season_calendar import YearSheet, year_sheet
from app.web.office.efforts import EffortTable, effort_table, plot_efforts, rooms_by_household
from pricing.explain import explain_rule
from pricing.grid import Grid
from pricing.review import GridReport, describe, review

HALF_A_YEAR = timedelta(182)


@dataclass(frozen=True, slots=True)
class NightCount:
    """How many nights of the calendar a season takes, and how many it took in the grid beside."""

    name: str
    nights: int
    was: int | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why nights of the year shown are in their season, in words, and how many they are."""

    effect: str
    words: str
    nights: int


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything that stands beside a grid that is being written; `unpriced` are rooms that it leaves out.

    `expected` and `expected_before` are what the budget's year brings, None where no budget fits the grid.
    """

    rule: str
    curve: Plot
    efforts_plot: Plot
    efforts: EffortTable
    brackets: tuple[BracketWords, ...]
    tables: tuple[PriceTable, ...]
    sheet: YearSheet
    reasons: tuple[Reason, ...]
    nights: tuple[NightCount, ...]
    expected: Expectation | None
    expected_before: Expectation | None
    is_accepted: bool
    report: tuple[str, ...]
    unpriced: tuple[str, ...]


def preview_of(
    grid: Grid,
    *,
    beside: Grid,
    house: Property,
    day: date,
    language: str,
    name: str = "",
) -> Preview:
    """Look at a grid beside another; `day` says which year of the calendar to show."""
    cards = list_type_cards(house.id)
    rooms = rooms_by_household(grid, cards)
    sheet = _year(grid, day, language)
    report = review(grid, rooms=rooms)
    return Preview(
        rule=explain_rule(grid, language),
        curve=plot_curve(grid, language, beside=beside, name=name),
        efforts_plot=plot_efforts(grid, rooms, language),
        efforts=effort_table(grid, rooms, language, beside=beside),
        brackets=bracket_words(grid, language),
        tables=price_tables(grid, cards, language, beside=beside),
        sheet=sheet,
        reasons=_reasons(sheet),
        expected=expect(house, grid),
        expected_before=expect(house, beside),
        nights=_nights(report, beside, language),
        is_accepted=report.is_accepted,
        report=describe(report, language),
        unpriced=tuple(card.name(language) for card in cards if card.code not in grid.room_factors),
    )


def _year(grid: Grid, day: date, language: str) -> YearSheet:
    first, last = grid.calendar.first_night.year, grid.horizon.year
    year = min(max((day + HALF_A_YEAR).year, first), last)
    return replace(year_sheet(grid, year, language), earlier=None, later=None)


def _reasons(sheet: YearSheet) -> tuple[Reason, ...]:
    cells = (cell for month in sheet.months for week in month.weeks for cell in week)
    counted = Counter((cell.effect, cell.words) for cell in cells if cell is not None and cell.words)
    return tuple(Reason(effect, words, nights) for (effect, words), nights in counted.most_common())


def _nights(report: GridReport, beside: Grid, language: str) -> tuple[NightCount, ...]:
    grid, counted = report.grid, report.nights_by_season
    if grid is None or counted is None:
        return ()
    before = beside.calendar.nights_by_season
    return tuple(
        NightCount(season.names[language], counted[season.code], before.get(season.code))
        for season in grid.calendar.seasons
    )
