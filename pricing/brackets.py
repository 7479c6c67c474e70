"""The brackets: intervals of the standard of living, without gap or overlap, numbered from 1.

The lower edge is included. Incomes are in major units a month and consumption unit.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from pricing.money import Money
from pricing.refusal import GridInvalid

MOST_BRACKETS = 100
INCOME_STEP_MINOR = 500
"""An edge shown to a guest is rounded to 5 € a month: it describes, nobody measures against it."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """Hold an interval [lower, upper) and the point at which its price is computed; the last is open."""

    lower: Fraction
    upper: Fraction | None
    point: Fraction

    def income_edges(self, units: Fraction, currency: str) -> tuple[Money | None, Money | None]:
        """Return the edges as the monthly income of a household of so many units; None where it is open."""
        lower = _shown(self.lower * units, currency) if self.lower else None
        upper = None if self.upper is None else _shown(self.upper * units, currency)
        return lower, upper


def _shown(income: Fraction, currency: str) -> Money:
    return Money.nearest(income, currency, INCOME_STEP_MINOR)


def check_brackets(brackets: tuple[Bracket, ...]) -> None:
    """Refuse brackets that leave out, share or misplace an income: GridInvalid."""
    if not brackets:
        raise GridInvalid("no_bracket", "brackets", "a grid has at least one bracket")
    if len(brackets) > MOST_BRACKETS:
        raise GridInvalid("too_many_brackets", "brackets", f"a grid has at most {MOST_BRACKETS} brackets")
    if brackets[0].lower != 0:
        raise GridInvalid("bracket_gap", "brackets[1].from", "the first bracket begins at 0")
    for number, bracket in enumerate(brackets, 1):
        _check_bracket(bracket, f"brackets[{number}]", is_last=number == len(brackets))
    for number, (bracket, following) in enumerate(pairwise(brackets), 2):
        _check_neighbours(bracket, following, f"brackets[{number}].from")


def _check_bracket(bracket: Bracket, path: str, is_last: bool) -> None:
    if is_last != (bracket.upper is None):
        raise GridInvalid("bracket_open", f"{path}.below", "the last bracket, and no other, is open")
    if bracket.upper is not None and bracket.upper <= bracket.lower:
        raise GridInvalid("bracket_order", f"{path}.below", "the upper edge is not above the lower one")
    is_above = bracket.upper is not None and bracket.point >= bracket.upper
    if bracket.point < bracket.lower or is_above:
        raise GridInvalid("point_outside", f"{path}.point", "the representative point is not in its bracket")


def _check_neighbours(bracket: Bracket, following: Bracket, path: str) -> None:
    if following.lower <= bracket.lower:
        raise GridInvalid("bracket_order", path, "the brackets do not ascend")
    if bracket.upper is not None and following.lower > bracket.upper:
        raise GridInvalid("bracket_gap", path, f"no bracket holds {bracket.upper}")
    if bracket.upper is not None and following.lower < bracket.upper:
        raise GridInvalid("bracket_overlap", path, f"two brackets hold {following.lower}")
