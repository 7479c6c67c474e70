"""What a grid would do, beside the one it follows: curve, efforts, prices, a year, and the validator's word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.services.availability import TypeCard
from app.web.office.efforts import EffortTable, effort_table, plot_efforts, rooms_by_household
from app.web.office.plots import Plot
from app.web.office.portrait import BracketWords, PriceTable, bracket_words, plot_curve, price_tables
from app.web.office.season_calendar import YearSheet, year_sheet
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
class Preview:
    """Everything that stands beside a grid that is being written; `unpriced` are rooms that it leaves out."""

    rule: str
    curve: Plot
    efforts_plot: Plot
    efforts: EffortTable
    brackets: tuple[BracketWords, ...]
    tables: tuple[PriceTable, ...]
    sheet: YearSheet
    nights: tuple[NightCount, ...]
    is_accepted: bool
    report: tuple[str, ...]
    unpriced: tuple[str, ...]


def preview_of(
    grid: Grid,
    *,
    beside: Grid,
    cards: Sequence[TypeCard],
    day: date,
    language: str,
    name: str = "",
) -> Preview:
    """Look at a grid beside another; `day` says which year of the calendar to show."""
    rooms = rooms_by_household(grid, cards)
    report = review(grid, rooms=rooms)
    return Preview(
        rule=explain_rule(grid, language),
        curve=plot_curve(grid, language, beside=beside, name=name),
        efforts_plot=plot_efforts(grid, rooms, language),
        efforts=effort_table(grid, rooms, language, beside=beside),
        brackets=bracket_words(grid, language),
        tables=price_tables(grid, cards, language, beside=beside),
        sheet=_year(grid, day, language),
        nights=_nights(report, beside, language),
        is_accepted=report.is_accepted,
        report=describe(report, language),
        unpriced=tuple(card.name(language) for card in cards if card.code not in grid.room_factors),
    )


def _year(grid: Grid, day: date, language: str) -> YearSheet:
    first, last = grid.calendar.first_night.year, grid.horizon.year
    year = min(max((day + HALF_A_YEAR).year, first), last)
    return replace(year_sheet(grid, year, language), earlier=None, later=None)


def _nights(report: GridReport, beside: Grid, language: str) -> tuple[NightCount, ...]:
    grid, counted = report.grid, report.nights_by_season
    if grid is None or counted is None:
        return ()
    before = beside.calendar.nights_by_season
    return tuple(
        NightCount(season.names[language], counted[season.code], before.get(season.code))
        for season in grid.calendar.seasons
    )
