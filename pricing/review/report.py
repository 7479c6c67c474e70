"""The report: everything that a person should have seen of a grid before voting it, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from pricing.grid import Grid
from pricing.invariants import broken_invariants, largest_jump, steepest
from pricing.refusal import GridInvalid
from pricing.review.crowds import Crowds, ExpectedNights, count_crowds
from pricing.review.efforts import EffortRow, efforts


@dataclass(frozen=True, slots=True)
class Jump:
    """Say how much more a unit costs above an edge between two brackets, in a season of this factor."""

    amount: Fraction
    edge: Fraction
    upper_bracket: int
    season_factor: Fraction


@dataclass(frozen=True, slots=True)
class Slope:
    """Say how much more a unit costs for one unit of monthly income more, from where, in which season."""

    amount: Fraction
    income: Fraction
    season_factor: Fraction


@dataclass(frozen=True, slots=True)
class GridReport:
    """Hold what was refused and why and, of a grid that can be read, what it does.

    `cliff` is the largest jump between brackets (None where there is one), `steepest` the steepest place of the
    curve itself, `nights_by_season` how many nights of the calendar each season takes.
    """

    refusals: tuple[GridInvalid, ...]
    grid: Grid | None = None
    cliff: Jump | None = None
    steepest: Slope | None = None
    efforts: tuple[EffortRow, ...] = ()
    crowds: Crowds | None = None
    nights_by_season: Mapping[str, int] | None = None

    @property
    def is_accepted(self) -> bool:
        """Tell whether nothing was refused; a price that too few share is a warning, not a refusal."""
        return not self.refusals


def review(
    grid: Grid, expected: ExpectedNights | None = None, rooms: Mapping[str, str] | None = None
) -> GridReport:
    """Report on a grid; `expected` are the nights of a year, `rooms` the type in which each household sleeps.

    Raises: UnknownRoomType, ValueError when other brackets are expected than the grid has.
    """
    return GridReport(
        refusals=tuple(broken_invariants(grid.rate_rule)),
        grid=grid,
        cliff=_cliff(grid),
        steepest=Slope(*steepest(grid.rate_rule)),
        efforts=tuple(efforts(grid, rooms)),
        crowds=count_crowds(grid, expected),
        nights_by_season=grid.calendar.nights_by_season,
    )


def review_text(
    text: str, expected: ExpectedNights | None = None, rooms: Mapping[str, str] | None = None
) -> GridReport:
    """Report on the text of a grid, which may be refused as a whole."""
    try:
        grid = Grid.read(text)
    except GridInvalid as refusal:
        return GridReport(refusals=(refusal,))
    return review(grid, expected, rooms)


def _cliff(grid: Grid) -> Jump | None:
    if len(grid.brackets) == 1:
        return None
    amount, edge, factor = largest_jump(grid.rate_rule)
    upper = next(number for number, bracket in enumerate(grid.brackets, 1) if bracket.lower == edge)
    return Jump(amount, edge, upper, factor)
