"""A grid as people see it: its curve as a plot, and what every bracket pays in each kind of room and season."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _

from app.services.availability import TypeCard
from app.web.drawings.plots import Line, Plot, draw
from app.web.filters import money
from pricing.grid import Grid
from pricing.household import Household
from pricing.ladder import room_night_dues
from pricing.money import Money
from pricing.seasons import Season
from pricing.words import percent

INCOME_STEP = 500


@dataclass(frozen=True, slots=True)
class BracketWords:
    """A bracket: its number, and the standard of living it is meant for, in words."""

    number: int
    incomes: str


@dataclass(frozen=True, slots=True)
class PriceCell:
    """An amount and, beside another grid, what it was there: None where that is the same or cannot be compared."""

    amount: Money
    was: Money | None = None

    @property
    def change(self) -> str:
        """Return "up", "down" or nothing."""
        if self.was is None:
            return ""
        return "up" if self.amount > self.was else "down"


@dataclass(frozen=True, slots=True)
class PriceTable:
    """What each bracket pays for one night of one kind of room, its beds full, a row for each season."""

    type_name: str
    guests: int
    rows: tuple[tuple[str, tuple[PriceCell, ...]], ...]


def plot_curve(grid: Grid, language: str, *, beside: Grid | None = None, name: str = "") -> Plot:
    """Draw the price of one person over the standard of living; `beside` is an older grid to compare with.

    `name` says what the grid is called while it has no number.
    """
    highest = max(bracket.point for other in (grid, beside or grid) for bracket in other.brackets)
    end = Fraction(-(-highest // INCOME_STEP) * INCOME_STEP)
    lines = [Line(name or _("Grid %(number)s", number=grid.version), "is-new", _points(grid, end))]
    if beside is not None:
        lines.insert(0, Line(_("Grid %(number)s", number=beside.version), "is-old", _points(beside, end)))
    dots = tuple((bracket.point, grid.curve.unit_price(bracket.point)) for bracket in grid.brackets)
    lines.append(Line(_("the brackets"), "is-dots", dots, has_dots=True))
    return draw(
        lines,
        title=_("What one person pays for a night in a mild season"),
        x_words=_("standard of living, a month"),
        y_words=_("Price of a night for one person, in a room of factor 1."),
        say_x=lambda value: _euros(grid, value, language),
        say_y=lambda value: _euros(grid, value, language),
    )


def _points(grid: Grid, end: Fraction) -> tuple[tuple[Fraction, Fraction], ...]:
    incomes = {Fraction(0), end, *(at for at in grid.curve.breakpoints() if 0 <= at <= end)}
    return tuple((income, grid.curve.unit_price(income)) for income in sorted(incomes))


def price_tables(
    grid: Grid, cards: Sequence[TypeCard], language: str, *, beside: Grid | None = None
) -> tuple[PriceTable, ...]:
    """Return what every bracket pays in every season, for each kind of room of the house that the grid prices.

    With `beside`, an older grid, each amount says what it was where season, room and bracket are in both.
    """
    return tuple(
        PriceTable(
            type_name=card.name(language),
            guests=card.beds.sleeps,
            rows=tuple(
                (_season_words(season, language), _cells(grid, season, card, beside))
                for season in grid.calendar.seasons
            ),
        )
        for card in cards
        if card.code in grid.room_factors
    )


def _cells(grid: Grid, season: Season, card: TypeCard, beside: Grid | None) -> tuple[PriceCell, ...]:
    party = Household(card.beds.sleeps)
    now = night_dues(grid, season, party, card.code)
    before = dues_before(grid, season, party, card.code, beside)
    return tuple(
        PriceCell(amount, None if was == amount else was) for amount, was in zip(now, before, strict=True)
    )


def dues_before(
    grid: Grid, season: Season, party: Household, room_type: str, beside: Grid | None
) -> tuple[Money | None, ...]:
    """Return what each bracket of `grid` paid under the grid beside it, None where that cannot be compared."""
    nothing: tuple[Money | None, ...] = (None,) * len(grid.brackets)
    if beside is None or room_type not in beside.room_factors or beside.currency != grid.currency:
        return nothing
    then = next((other for other in beside.calendar.seasons if other.code == season.code), None)
    if then is None:
        return nothing
    edges = {(bracket.lower, bracket.upper): place for place, bracket in enumerate(beside.brackets)}
    places = (edges.get((bracket.lower, bracket.upper)) for bracket in grid.brackets)
    dues = night_dues(beside, then, party, room_type)
    return tuple(None if place is None else dues[place] for place in places)


def night_dues(grid: Grid, season: Season, party: Household, room_type: str) -> tuple[Money, ...]:
    """Return what each bracket pays for one night of a party alone in one room."""
    factor = grid.room_factor(room_type)
    weight = grid.scales.weights.of_household(party) * factor
    cost = grid.costs.room_night(party.adults, party.children, factor, season.code).total
    nothing = Money.zero(grid.currency)
    return room_night_dues(grid, season.factor, weight, nothing, is_resident=False, cost=cost)


def bracket_words(grid: Grid, language: str) -> tuple[BracketWords, ...]:
    """Return the brackets, each with its interval of the standard of living."""
    return tuple(
        BracketWords(number, _interval(grid, bracket.lower, bracket.upper, language))
        for number, bracket in enumerate(grid.brackets, 1)
    )


def _season_words(season: Season, language: str) -> str:
    name = season.names[language]
    if season.factor == 1:
        return name
    sign = "+" if season.factor > 1 else "−"
    return f"{name} ({sign}{percent(abs(season.factor - 1), language)})"


def _interval(grid: Grid, lower: Fraction, upper: Fraction | None, language: str) -> str:
    if upper is None:
        return _("%(low)s and more", low=_euros(grid, lower, language))
    if not lower:
        return _("under %(high)s", high=_euros(grid, upper, language))
    return _("%(low)s to %(high)s", low=_euros(grid, lower, language), high=_euros(grid, upper, language))


def _euros(grid: Grid, value: Fraction, language: str) -> str:
    return money(Money.nearest(value, grid.currency), language)
