"""What a room night costs the house: a share of the roof, and what the room and its sleepers use up."""

from dataclasses import dataclass
from fractions import Fraction

from pricing.household import grown_ups, small_children
from pricing.money import Money
from pricing.refusal import GridInvalid


@dataclass(frozen=True, slots=True)
class RoomNightCost:
    """Hold the three parts of the real cost of one room for one night, to the cent."""

    fixed: Money
    room: Money
    persons: Money

    @property
    def variable(self) -> Money:
        """Return what would not have been spent without this night."""
        return self.room + self.persons

    @property
    def total(self) -> Money:
        """Return the real cost of the room night."""
        return self.fixed + self.variable


@dataclass(frozen=True, slots=True)
class CostModel:
    """Hold the costs of a night: fixed for a room of factor 1, each room, each person from 14, each child.

    A child is one from 3 to 13; under 3 nothing is counted.

    Raises: GridInvalid for a negative cost.
    """

    fixed: Money
    room: Money
    grown_up: Money
    child: Money

    def __post_init__(self) -> None:
        for name in ("fixed", "room", "grown_up", "child"):
            if getattr(self, name).minor < 0:
                raise GridInvalid("cost_negative", f"costs.{name}", "a cost is not negative")

    def room_night(self, adults: int, children: tuple[int, ...], room_factor: Fraction) -> RoomNightCost:
        """Return the cost of one night of one room with these sleepers, each part rounded to the cent."""
        persons = self.grown_up * grown_ups(adults, children) + self.child * small_children(children)
        fixed = Money.nearest(Fraction(self.fixed.decimal) * room_factor, self.fixed.currency)
        return RoomNightCost(fixed, self.room, persons)
