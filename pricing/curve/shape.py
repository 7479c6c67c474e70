"""What every family of curves can do, and what each refuses: a floor that is none, a price that falls."""

from fractions import Fraction
from typing import ClassVar, Protocol, Self

from pricing.document import Table
from pricing.refusal import GridInvalid


class Curve(Protocol):
    """Price one unit; never falls, is constant above its last breakpoint, and stays within floor and ceiling."""

    kind: ClassVar[str]

    @property
    def floor(self) -> Fraction:
        """Return the lowest price of a unit."""

    @property
    def ceiling(self) -> Fraction:
        """Return the highest price of a unit."""

    def unit_price(self, income: Fraction) -> Fraction:
        """Return the exact price of one unit at this standard of living (spec 8.4, step 2)."""

    def slope_bound(self) -> Fraction | None:
        """Return the steepest slope, or None for a curve that jumps."""

    def breakpoints(self) -> tuple[Fraction, ...]:
        """List the incomes at which the curve bends or jumps, ascending, none twice."""

    def indexed(self, times: Fraction) -> Self:
        """Return the same curve for incomes and prices that are all so many times higher (I6)."""

    def explain(self, language: str, currency: str) -> str:
        """Say the curve in one sentence, the same for everybody. Raises: UnknownLanguage."""

    def written(self) -> dict[str, str]:
        """Return the keys and values by which `read` finds the same curve again."""

    @classmethod
    def read(cls, table: Table) -> Self:
        """Read the keys of this family. Raises: GridInvalid."""


def check_floor(floor: Fraction, path: str) -> None:
    """Refuse a lowest price of nothing or less: GridInvalid."""
    if floor <= 0:
        raise GridInvalid("floor_not_positive", path, f"the floor is {floor}")


def check_ceiling(floor: Fraction, ceiling: Fraction) -> None:
    """Refuse a ceiling below the floor: GridInvalid."""
    if ceiling < floor:
        raise GridInvalid("ceiling_below_floor", "curve.ceiling", "the ceiling is below the floor")


def check_income(income: Fraction, path: str) -> None:
    """Refuse an income below nothing: GridInvalid."""
    if income < 0:
        raise GridInvalid("income_negative", path, "an income is not negative")


def check_slope(slope: Fraction, path: str) -> None:
    """Refuse a slope by which who has more would pay less: GridInvalid."""
    if slope < 0:
        raise GridInvalid("curve_falls", path, "who has more would pay less")


def check_ascending(before: Fraction, income: Fraction, path: str) -> None:
    """Refuse an income that does not come after the one before: GridInvalid."""
    if income <= before:
        raise GridInvalid("curve_order", path, f"{income} does not come after {before}")
