"""What a room night costs the house: a share of the roof, and what the room and its sleepers use up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from pricing.household import grown_ups, small_children
from pricing.money import Money
from pricing.refusal import GridInvalid

NOWHERE: Mapping[str, Money] = MappingProxyType({})


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
class YearlyCosts:
    """Hold what the roof costs a year, and over how many room nights of factor 1 it is shared out.

    Raises: GridInvalid for costs under 0 or a year without a night.
    """

    fixed: Money
    room_nights: Fraction

    def __post_init__(self) -> None:
        if self.fixed.minor < 0:
            raise GridInvalid("cost_negative", "costs.fixed_yearly", "a cost is not negative")
        if self.room_nights <= 0:
            raise GridInvalid("not_positive", "costs.room_nights_yearly", "costs are shared over some nights")

    @property
    def per_room_night(self) -> Money:
        """Return the share of a room night of factor 1, to the cent."""
        return Money.nearest(Fraction(Fraction(self.fixed.decimal), self.room_nights), self.fixed.currency)


@dataclass(frozen=True, slots=True)
class CostModel:
    """Hold the costs of a night: fixed for a room of factor 1, each room, each person from 14, each child.

    A child is one from 3 to 13; under 3 nothing is counted. `by_season` says what a room costs more in some
    seasons (heating). `yearly` is what `fixed` was made from, where the house says it.

    Raises: GridInvalid for a negative cost, or a fixed part that is not the share of the year.
    """

    fixed: Money
    room: Money
    grown_up: Money
    child: Money
    by_season: Mapping[str, Money] = field(default_factory=lambda: NOWHERE)
    yearly: YearlyCosts | None = None

    def __post_init__(self) -> None:
        named = {name: getattr(self, name) for name in ("fixed", "room", "grown_up", "child")}
        named |= {f"by_season.{code}": cost for code, cost in self.by_season.items()}
        for name, cost in named.items():
            if cost.minor < 0:
                raise GridInvalid("cost_negative", f"costs.{name}", "a cost is not negative")
        if self.yearly is not None and self.yearly.per_room_night != self.fixed:
            raise GridInvalid("costs_disagree", "costs.fixed", f"a year gives {self.yearly.per_room_night}")

    def room_in(self, season: str | None) -> Money:
        """Return what a room costs in a season, whoever sleeps there; None where no season is spoken of."""
        more = self.by_season.get(season) if season is not None else None
        return self.room + more if more else self.room

    def room_night(
        self, adults: int, children: tuple[int, ...], room_factor: Fraction, season: str | None = None
    ) -> RoomNightCost:
        """Return the cost of one night of one room with these sleepers, each part rounded to the cent."""
        persons = self.grown_up * grown_ups(adults, children) + self.child * small_children(children)
        fixed = Money.nearest(Fraction(self.fixed.decimal) * room_factor, self.fixed.currency)
        return RoomNightCost(fixed, self.room_in(season), persons)
