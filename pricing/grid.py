"""The grid: one immutable, dated, validated set of the rules that make a rate; its text is TOML."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from importlib.resources import files

from pricing import grid_reader, grid_writer
from pricing.brackets import Bracket, check_brackets
from pricing.costs import CostModel
from pricing.curve import AffineCurve
from pricing.money import Money
from pricing.protection import Protection
from pricing.refusal import GridInvalid, Refusal
from pricing.seasons import NoRateForNight, SeasonCalendar

__all__ = ["Grid", "GridInvalid", "NoRateForNight", "UnknownRoomType", "example_house"]

GRIDS_KEPT = 16


class UnknownRoomType(Refusal):
    """Say that the grid has no factor for a type of room."""


@dataclass(frozen=True, eq=False)
class Grid:
    """Hold a version of the rules. Two grids are equal when their canonical texts are.

    Raises: GridInvalid.
    """

    version: int
    currency: str
    effective_from: date
    curve: AffineCurve
    brackets: tuple[Bracket, ...]
    protection: Protection
    calendar: SeasonCalendar
    room_factors: Mapping[str, Fraction]
    hard_ceiling: Money
    price_step: Money
    costs: CostModel
    most_nights: int

    def __post_init__(self) -> None:
        check_brackets(self.brackets)
        if not self.room_factors:
            raise GridInvalid("no_room_type", "room_factors", "a grid prices at least one type of room")
        for code, factor in self.room_factors.items():
            if factor <= 0:
                raise GridInvalid("factor_not_positive", f"room_factors.{code}", f"the factor is {factor}")
        if self.price_step.minor < 1:
            raise GridInvalid("not_positive", "price_step", "a price step is at least one minor unit")
        if self.hard_ceiling.minor % self.price_step.minor:
            raise GridInvalid("off_step", "hard_ceiling", "the hard ceiling is a whole number of price steps")
        if self.hard_ceiling.decimal < self.curve.ceiling:
            raise GridInvalid("ceiling_order", "hard_ceiling", "the hard ceiling is below the ceiling")

    @staticmethod
    @lru_cache(maxsize=GRIDS_KEPT)
    def loads(text: str) -> "Grid":
        """Read a grid from TOML; the same text gives the same object, for a grid never changes.

        Raises: GridInvalid, with the code and the path of the first fault.
        """
        return Grid(**grid_reader.read_grid(text))

    def dumps(self) -> str:
        """Write the grid as TOML in one canonical form, comments left out."""
        return grid_writer.write_grid(self)

    @cached_property
    def hash(self) -> str:
        """Return the SHA-256 of the canonical form, in hexadecimal."""
        return sha256(self.dumps().encode()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Grid) and self.hash == other.hash

    def __hash__(self) -> int:
        return hash(self.hash)

    @property
    def horizon(self) -> date:
        """Return the last night that has a rate."""
        return self.calendar.horizon

    @property
    def ceiling(self) -> Fraction:
        """Return the highest price of one unit in a neutral season, in major units."""
        return self.curve.ceiling

    def room_factor(self, type_code: str) -> Fraction:
        """Return the factor of a type of room. Raises: UnknownRoomType."""
        try:
            return self.room_factors[type_code]
        except KeyError:
            known = ", ".join(sorted(self.room_factors))
            raise UnknownRoomType(f"no rate for rooms of type {type_code!r}; there is for {known}") from None

    def unit_prices(self, season_factor: Fraction, is_resident: bool = False) -> tuple[Fraction, ...]:
        """Return the exact price of one weight unit at each bracket's point, lowest bracket first."""
        return tuple(
            self.curve.unit_price(bracket.point)
            * self.protection.season_factor(season_factor, bracket.point, is_resident)
            for bracket in self.brackets
        )


@cache
def example_house() -> Grid:
    """Return the grid of the example house, version 1."""
    return Grid.loads(files("pricing").joinpath("grids", "example_house.toml").read_text(encoding="utf-8"))
