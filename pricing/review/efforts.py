"""The effort: what part of a day's income a night takes, by household, bracket and season."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from pricing.grid import Grid
from pricing.household import Household
from pricing.invariants import DAYS_A_MONTH
from pricing.ladder import room_night_dues
from pricing.money import Money
from pricing.seasons import Season

HOUSEHOLDS: Mapping[str, Household] = {
    "one": Household(1),
    "one_and_child": Household(1, (8,)),
    "two": Household(2),
    "two_and_child": Household(2, (8,)),
    "two_and_children": Household(2, (4, 8)),
    "two_and_baby": Household(2, (1,)),
}


@dataclass(frozen=True, slots=True)
class EffortRow:
    """Hold the effort of one household in one season: a fraction of its day's income for each bracket.

    It is that of the price that is really asked of it, rounded, for one room of this type, at the bracket's
    representative point; None where that is no income at all.
    """

    household: str
    room_type: str
    season: Season
    by_bracket: tuple[Fraction | None, ...]

    @property
    def most(self) -> Fraction:
        """Return the largest effort of all brackets."""
        return max((effort for effort in self.by_bracket if effort is not None), default=Fraction(0))


def efforts(grid: Grid, rooms: Mapping[str, str] | None = None) -> Iterator[EffortRow]:
    """Yield the effort of every household in every season.

    `rooms` says in which type of room each household sleeps (default: the one whose factor is nearest to 1).

    Raises: UnknownRoomType.
    """
    nearest = min(sorted(grid.room_factors), key=lambda code: abs(grid.room_factors[code] - 1))
    for name, household in HOUSEHOLDS.items():
        room_type = (rooms or {}).get(name, nearest)
        for season in grid.calendar.seasons:
            by_bracket = tuple(_efforts(grid, household, room_type, season))
            yield EffortRow(name, room_type, season, by_bracket)


def _efforts(grid: Grid, household: Household, room_type: str, season: Season) -> Iterator[Fraction | None]:
    factor, weight = grid.room_factor(room_type), grid.scales.weights.of_household(household)
    units = grid.scales.units.of_household(household)
    nothing = Money.zero(grid.currency)
    cost = grid.costs.room_night(household.adults, household.children, factor, season.code).total
    dues = room_night_dues(grid, season.factor, weight * factor, nothing, is_resident=False, cost=cost)
    for due, bracket in zip(dues, grid.brackets, strict=True):
        income = bracket.point * units
        yield Fraction(Fraction(due.decimal) * DAYS_A_MONTH, income) if income else None
