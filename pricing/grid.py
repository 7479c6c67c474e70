"""The grid: one immutable, dated, validated set of the rules that make a rate; its text is TOML."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from importlib.resources import files

from pricing import grid_checks, grid_reader, grid_writer
from pricing.brackets import Bracket
from pricing.costs import CostModel
from pricing.curve import Curve
from pricing.household_scales import HouseholdScales
from pricing.index import Index
from pricing.invariants import RateRule, check_invariants
from pricing.length_rule import LengthRule
from pricing.limits import Limits
from pricing.money import Money
from pricing.protection import Protection
from pricing.refusal import GridInvalid, Refusal
from pricing.residents import ResidentRule
from pricing.seasons import NoRateForNight, SeasonCalendar

__all__ = ["Grid", "GridInvalid", "NoRateForNight", "UnknownRoomType", "example_house"]

GRIDS_KEPT = 16


class UnknownRoomType(Refusal):
    """Say that the grid has no factor for a type of room."""


@dataclass(frozen=True, eq=False)
class Grid:
    """Hold a version of the rules. Two grids are equal when they say the same, however they are written.

    `author` and `vote_reference` say who wrote it and who adopted it, `previous_hash` which document it follows.
    `index` may be tied to the incomes of brackets and protection (`has_indexed_incomes`): they are held here
    as amounts, and written as its multiples. `most_nights` bounds a stay, `most_nights_a_year` what one guest
    may have at these rates in a year: it is carried, for who knows the guest. A quote is honoured for
    `quote_days`. With `caps_at_cost` no bracket pays more than the real cost, which remains free to everybody's
    own amount.

    Raises: GridInvalid.
    """

    version: int
    currency: str
    effective_from: date
    curve: Curve
    brackets: tuple[Bracket, ...]
    protection: Protection
    calendar: SeasonCalendar
    room_factors: Mapping[str, Fraction]
    hard_ceiling: Money
    price_step: Money
    costs: CostModel
    most_nights: int
    most_nights_a_year: int | None = None
    quote_days: int = grid_reader.QUOTE_DAYS
    author: str | None = None
    vote_reference: str | None = None
    previous_hash: str | None = None
    index: Index | None = None
    has_indexed_incomes: bool = False
    scales: HouseholdScales = field(default_factory=HouseholdScales)
    residents: ResidentRule | None = None
    length: LengthRule | None = None
    limits: Limits = field(default_factory=Limits)
    caps_at_cost: bool = False
    form: str = field(default=grid_reader.FORM, init=False, repr=False)
    _text: str | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        grid_checks.check_parts(self)

    @staticmethod
    @lru_cache(maxsize=GRIDS_KEPT)
    def loads(text: str) -> "Grid":
        """Read a grid from TOML; the same text gives the same object, for a grid never changes.

        A document of form 2 must also keep the invariants (spec 5.4); one of form 1 was accepted before they
        were asked for, and stays readable for ever.

        Raises: GridInvalid, with the code and the path of the first fault.
        """
        grid = Grid.read(text)
        if grid.form == grid_reader.FORM:
            check_invariants(grid.rate_rule)
        return grid

    @staticmethod
    def read(text: str) -> "Grid":
        """Read a grid without asking it to keep the invariants, for who wants to know which it breaks.

        Raises: GridInvalid.
        """
        form, parts = grid_reader.read_grid(text)
        grid = Grid(**parts)
        object.__setattr__(grid, "_text", text)
        object.__setattr__(grid, "form", form)
        return grid

    def dumps(self) -> str:
        """Write the grid as TOML in one canonical form, comments left out."""
        return self._canonical

    @property
    def text(self) -> str:
        """Return the document itself: the text that was read or, for a grid made here, the canonical one."""
        return self.dumps() if self._text is None else self._text

    @cached_property
    def hash(self) -> str:
        """Return the SHA-256 of the document, in hexadecimal."""
        return sha256(self.text.encode()).hexdigest()

    @cached_property
    def _canonical(self) -> str:
        return grid_writer.write_grid(self)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Grid) and self.dumps() == other.dumps())

    def __hash__(self) -> int:
        return hash(self.dumps())

    @property
    def horizon(self) -> date:
        """Return the last night that has a rate."""
        return self.calendar.horizon

    @property
    def ceiling(self) -> Fraction:
        """Return the highest price of one unit in a neutral season, in major units."""
        return self.curve.ceiling

    @property
    def rate_rule(self) -> RateRule:
        """Return what the invariants are about."""
        return RateRule.of(self)

    def room_factor(self, type_code: str) -> Fraction:
        """Return the factor of a type of room. Raises: UnknownRoomType."""
        try:
            return self.room_factors[type_code]
        except KeyError:
            known = ", ".join(sorted(self.room_factors))
            raise UnknownRoomType(f"no rate for rooms of type {type_code!r}; there is for {known}") from None

    def is_long(self, night_number: int) -> bool:
        """Tell whether the length rule applies to a night of a stay, counted from 1."""
        return self.length is not None and night_number >= self.length.from_night

    def unit_prices(
        self, season_factor: Fraction, is_resident: bool = False, is_long: bool = False
    ) -> tuple[Fraction, ...]:
        """Return the exact price of one weight unit at each bracket's point, lowest bracket first."""
        return tuple(
            self._unit_price(bracket.point, is_long)
            * self.protection.season_factor(season_factor, bracket.point, is_resident)
            for bracket in self.brackets
        )

    def _unit_price(self, income: Fraction, is_long: bool) -> Fraction:
        price = self.curve.unit_price(income)
        return self.length.unit_price(price, self.curve.floor) if self.length and is_long else price


@cache
def example_house() -> Grid:
    """Return the grid of the example house, version 1."""
    return Grid.loads(files("pricing").joinpath("grids", "example_house.toml").read_text(encoding="utf-8"))
