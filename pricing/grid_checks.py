"""What no grid may be, whatever its form: parts that do not fit each other."""

import re
from typing import TYPE_CHECKING

from pricing.brackets import check_brackets
from pricing.refusal import GridInvalid

if TYPE_CHECKING:
    from pricing.grid import Grid

MOST_QUOTE_DAYS = 366
_DIGEST = re.compile(r"[0-9a-f]{64}")


def check_parts(grid: "Grid") -> None:
    """Refuse parts that do not fit each other: GridInvalid with the first fault."""
    check_brackets(grid.brackets)
    _check_rooms(grid)
    _check_prices(grid)
    _check_index(grid)
    _check_nights(grid)
    if grid.previous_hash is not None and not _DIGEST.fullmatch(grid.previous_hash):
        raise GridInvalid("not_a_hash", "previous_hash", "a SHA-256 has 64 hexadecimal digits")
    codes = {season.code for season in grid.calendar.seasons}
    for code in grid.costs.by_season:
        if code not in codes:
            raise GridInvalid("unknown_season", f"costs.by_season.{code}", f"there is no season {code!r}")


def _check_rooms(grid: "Grid") -> None:
    if not grid.room_factors:
        raise GridInvalid("no_room_type", "room_factors", "a grid prices at least one type of room")
    for code, factor in grid.room_factors.items():
        if factor <= 0:
            raise GridInvalid("factor_not_positive", f"room_factors.{code}", f"the factor is {factor}")


def _check_prices(grid: "Grid") -> None:
    if grid.price_step.minor < 1:
        raise GridInvalid("not_positive", "price_step", "a price step is at least one minor unit")
    if grid.hard_ceiling.minor % grid.price_step.minor:
        raise GridInvalid("off_step", "hard_ceiling", "the hard ceiling is a whole number of price steps")
    if grid.hard_ceiling.decimal < grid.curve.ceiling:
        raise GridInvalid("ceiling_order", "hard_ceiling", "the hard ceiling is below the ceiling")


def _check_index(grid: "Grid") -> None:
    if grid.has_indexed_incomes and grid.index is None:
        raise GridInvalid("no_index", "incomes_in", "incomes are multiples of an index that is not there")
    if grid.index is not None and grid.index.published > grid.effective_from:
        raise GridInvalid(
            "index_too_late", "index.published", "the index came out after the grid took effect"
        )


def _check_nights(grid: "Grid") -> None:
    if grid.most_nights_a_year is not None and grid.most_nights_a_year < grid.most_nights:
        raise GridInvalid("nights_order", "most_nights_a_year", "a year holds at least one longest stay")
    if not 1 <= grid.quote_days <= MOST_QUOTE_DAYS:
        raise GridInvalid(
            "quote_days_range", "quote_days", f"a quote is honoured for 1 to {MOST_QUOTE_DAYS} days"
        )
