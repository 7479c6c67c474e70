"""A year of seasons, month by month, each night coloured by what its season does to the price, with the reason."""

from __future__ import annotations

from calendar import Calendar, monthrange
from dataclasses import dataclass
from datetime import date

from babel.dates import get_day_names, get_month_names

from app.web.filters import LOCALES
from pricing.grid import Grid, NoRateForNight

MONTHS = 12


@dataclass(frozen=True, slots=True)
class NightCell:
    """A night of the calendar: its date, what the season does ("less", "same", "more", "none"), and the words."""

    day: date
    effect: str
    words: str


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """A month: its name and its weeks from Monday; a cell is None outside the month."""

    name: str
    weeks: tuple[tuple[NightCell | None, ...], ...]


@dataclass(frozen=True, slots=True)
class YearSheet:
    """The months of a year that have a rate, the letters of the weekdays, and the years around it that have one too."""

    year: int
    weekdays: tuple[str, ...]
    months: tuple[MonthSheet, ...]
    earlier: int | None
    later: int | None


def year_sheet(grid: Grid, year: int, language: str) -> YearSheet:
    """Lay out a year of the grid's calendar; a night without a rate says so."""
    locale = LOCALES[language]
    names = get_month_names("wide", locale=locale)
    weekdays = get_day_names("short", locale=locale)
    first, last = grid.calendar.first_night.year, grid.horizon.year
    return YearSheet(
        year=year,
        weekdays=tuple(weekdays[number][:2] for number in range(7)),
        months=tuple(
            MonthSheet(f"{names[month].capitalize()} {year}", _weeks(grid, year, month, language))
            for month in range(1, MONTHS + 1)
            if grid.calendar.first_night <= _last_day(year, month) and date(year, month, 1) <= grid.horizon
        ),
        earlier=year - 1 if year > first else None,
        later=year + 1 if year < last else None,
    )


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _weeks(grid: Grid, year: int, month: int, language: str) -> tuple[tuple[NightCell | None, ...], ...]:
    weeks = Calendar().monthdatescalendar(year, month)
    return tuple(
        tuple(_cell(grid, day, language) if day.month == month else None for day in week) for week in weeks
    )


def _cell(grid: Grid, day: date, language: str) -> NightCell:
    try:
        season = grid.calendar.hit(day)
    except NoRateForNight:
        return NightCell(day, "none", "")
    effect = "same" if season.factor == 1 else "more" if season.factor > 1 else "less"
    reason = season.reason(language)
    return NightCell(
        day, effect, f"{season.names[language]} – {reason}" if reason else season.names[language]
    )
