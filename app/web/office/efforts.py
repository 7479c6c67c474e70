"""The effort: what part of a day's income a night takes, by household and standard of living, drawn and in numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _

from app.services.availability import TypeCard
from app.web.drawings.plots import Line, Plot, draw
from app.web.filters import money
from pricing.grid import Grid
from pricing.household import Household
from pricing.invariants import DAYS_A_MONTH
from pricing.money import Money
from pricing.review import HOUSEHOLDS, EffortRow, efforts
from pricing.review.phrases import HOUSEHOLDS as HOUSEHOLD_WORDS
from pricing.words import percent

DRAWN = {"one": "is-one", "two": "is-two", "two_and_children": "is-four"}
LOWEST_INCOME, INCOME_STEP = 400, 50
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class EffortCell:
    """An effort in words and, beside another grid, what it was: empty where that is the same or not comparable."""

    words: str
    was: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class EffortTable:
    """The effort of each household at each bracket, a night of the usual season."""

    title: str
    rows: tuple[tuple[str, tuple[EffortCell, ...]], ...]


def plot_efforts(grid: Grid, rooms: Mapping[str, str], language: str) -> Plot:
    """Draw the effort of three households over the standard of living, before the last rounding."""
    end = max(bracket.point for bracket in grid.brackets)
    steps = {Fraction(income) for income in range(LOWEST_INCOME, int(end) + 1, INCOME_STEP)}
    incomes = sorted(steps | {at for at in grid.curve.breakpoints() if LOWEST_INCOME <= at <= end})
    lines = [
        Line(HOUSEHOLD_WORDS[language][name], look, _points(grid, HOUSEHOLDS[name], rooms.get(name), incomes))
        for name, look in DRAWN.items()
    ]
    return draw(
        lines,
        title=_("What a night takes of a day’s income"),
        x_words=_("standard of living, a month"),
        y_words=_("Part of what a household has for one day, in a mild season."),
        say_x=lambda value: money(Money.nearest(value, grid.currency), language),
        say_y=lambda value: percent(value, language),
    )


def _points(
    grid: Grid, household: Household, room_type: str | None, incomes: Sequence[Fraction]
) -> tuple[tuple[Fraction, Fraction], ...]:
    factor = grid.room_factor(room_type) if room_type else Fraction(1)
    weight = grid.scales.weights.of_household(household) * factor
    units = grid.scales.units.of_household(household)
    return tuple(
        (income, grid.curve.unit_price(income) * weight * DAYS_A_MONTH / (income * units))
        for income in incomes
    )


def effort_table(
    grid: Grid, rooms: Mapping[str, str], language: str, *, beside: Grid | None = None
) -> EffortTable:
    """Return the effort of every household in the usual season, on the prices that are really asked."""
    before = {row.household: row for row in _usual(beside, rooms)} if _same_brackets(grid, beside) else {}
    season = grid.calendar.usual_season.names[language]
    return EffortTable(
        title=_("What a night takes of a day’s income: %(season)s", season=season),
        rows=tuple(
            (HOUSEHOLD_WORDS[language][row.household], _cells(row, before.get(row.household), language))
            for row in _usual(grid, rooms)
        ),
    )


def rooms_by_household(grid: Grid, cards: Sequence[TypeCard]) -> dict[str, str]:
    """Return in which type of room each household sleeps: the smallest of the house that holds it."""
    priced = [card for card in cards if card.code in grid.room_factors]
    rooms = {}
    for name, household in HOUSEHOLDS.items():
        fitting = [card for card in priced if card.beds.sleeps >= household.size]
        if fitting:
            rooms[name] = min(fitting, key=lambda card: card.beds.sleeps).code
    return rooms


def _usual(grid: Grid | None, rooms: Mapping[str, str]) -> tuple[EffortRow, ...]:
    if grid is None:
        return ()
    known = {name: code for name, code in rooms.items() if code in grid.room_factors}
    usual = grid.calendar.usual_season.code
    return tuple(row for row in efforts(grid, known) if row.season.code == usual)


def _same_brackets(grid: Grid, beside: Grid | None) -> bool:
    return beside is not None and beside.brackets == grid.brackets


def _cells(row: EffortRow, before: EffortRow | None, language: str) -> tuple[EffortCell, ...]:
    olds = before.by_bracket if before else (None,) * len(row.by_bracket)
    return tuple(_cell(new, old, language) for new, old in zip(row.by_bracket, olds, strict=True))


def _cell(new: Fraction | None, old: Fraction | None, language: str) -> EffortCell:
    words = _whole_percent(new, language)
    if new is None or old is None or _whole_percent(old, language) == words:
        return EffortCell(words)
    return EffortCell(words, _whole_percent(old, language), "up" if new > old else "down")


def _whole_percent(effort: Fraction | None, language: str) -> str:
    return NOTHING if effort is None else percent(Fraction(round(effort * 100), 100), language)
