"""A quote: what a stay costs, what each bracket pays for it, and what is stored once the guest has chosen.

It is pure: the same grid, stay and people give the same cents, on any machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pricing.choice import BelowMinimum, Choice, PricedNight, UnknownBracket, bracket_reached, share
from pricing.costs import RoomNightCost
from pricing.grid import Grid
from pricing.household import Household
from pricing.ladder import Rung, build_ladder, room_night_dues
from pricing.money import Money
from pricing.refusal import Refusal
from pricing.room_request import RoomRequest, household_of, weights_of
from pricing.seasons import SeasonHit
from pricing.stay import Stay

__all__ = [
    "BelowMinimum",
    "Choice",
    "CostLine",
    "PricedNight",
    "Quote",
    "QuotedNight",
    "RoomRequest",
    "Rung",
    "StayTooLong",
    "UnknownBracket",
    "quote",
]


class StayTooLong(Refusal):
    """Say that a stay has more nights than the grid prices at once."""

    def __init__(self, most_nights: int) -> None:
        super().__init__(f"a stay is priced for {most_nights} nights at most; call us for a longer one")
        self.most_nights = most_nights


@dataclass(frozen=True, slots=True)
class CostLine:
    """Hold a part of the real cost of the stay: its code is fixed, room or persons."""

    code: str
    amount: Money


@dataclass(frozen=True, slots=True)
class QuotedNight:
    """Hold one room night: its season, real cost, what each bracket pays (lowest first) and the undecided."""

    room_index: int
    night: date
    season: SeasonHit
    reference: Money
    dues: tuple[Money, ...]
    undecided: Money


@dataclass(frozen=True, slots=True)
class Quote:
    """Hold the price of a stay of one household before it has chosen; amounts are for the whole stay.

    `cost_lines` add up to `cost`; `bracket_amounts` has one amount a bracket, equal ones included; `nights`
    are in order of date, then of room.
    """

    grid_hash: str
    grid_version: int
    stay: Stay
    rooms: tuple[RoomRequest, ...]
    household: Household
    is_resident: bool
    nights: tuple[QuotedNight, ...]
    cost_lines: tuple[CostLine, ...]
    cost: Money
    bracket_amounts: tuple[Money, ...]
    minimum: Money
    ladder: tuple[Rung, ...]

    @property
    def lowest(self) -> Money:
        """Return the lowest amount of the ladder."""
        return self.ladder[0].amount

    @property
    def highest(self) -> Money:
        """Return the highest amount of the ladder."""
        return self.ladder[-1].amount

    def choose(self, *, bracket: int | None = None, amount: Money | None = None) -> Choice:
        """Return what is stored for a bracket, a free amount, or neither (who would rather not choose).

        Raises: BelowMinimum, UnknownBracket, CurrencyMismatch; ValueError when both are given.
        """
        if bracket is not None and amount is not None:
            raise ValueError("a guest chooses a bracket or names an amount, not both")
        if amount is not None:
            return self._name(amount)
        if bracket is not None:
            return self._take(bracket)
        undecided = [night.undecided for night in self.nights]
        return self._priced(None, undecided, undecided)

    def _name(self, amount: Money) -> Choice:
        if amount < self.minimum:
            raise BelowMinimum(self.minimum)
        bracket = bracket_reached(self.bracket_amounts, amount)
        dues = self._dues(bracket)
        return self._priced(bracket, dues, share(amount, dues))

    def _take(self, bracket: int) -> Choice:
        if not 1 <= bracket <= len(self.bracket_amounts):
            raise UnknownBracket(f"there is no bracket {bracket}; there are 1 to {len(self.bracket_amounts)}")
        lowest_equal = self.bracket_amounts.index(self.bracket_amounts[bracket - 1]) + 1
        dues = self._dues(lowest_equal)
        return self._priced(lowest_equal, dues, dues)

    def _dues(self, bracket: int) -> list[Money]:
        return [night.dues[bracket - 1] for night in self.nights]

    def _priced(self, bracket: int | None, dues: Sequence[Money], chosen: Sequence[Money]) -> Choice:
        priced = tuple(
            PricedNight(night.room_index, night.night, night.reference, due, agreed)
            for night, due, agreed in zip(self.nights, dues, chosen, strict=True)
        )
        return Choice(bracket=bracket, due=_total(dues), amount=_total(chosen), nights=priced)


def quote(grid: Grid, stay: Stay, rooms: Sequence[RoomRequest], *, is_resident: bool = False) -> Quote:
    """Price a stay of one household in one or more rooms (spec 8.4; decisions 9 to 12).

    Raises: NoRateForNight, UnknownRoomType, HouseholdInvalid, StayTooLong.
    """
    if stay.length > grid.most_nights:
        raise StayTooLong(grid.most_nights)
    household = household_of(rooms)
    costs = [_cost(grid, room) for room in rooms]
    nights = _quoted_nights(grid, stay, rooms, costs, is_resident)
    amounts = tuple(_total(dues) for dues in zip(*(night.dues for night in nights), strict=True))
    variable = _total([cost.variable for cost in costs]) * stay.length
    real_cost = _total([night.undecided for night in nights])
    return Quote(
        grid_hash=grid.hash,
        grid_version=grid.version,
        stay=stay,
        rooms=tuple(rooms),
        household=household,
        is_resident=is_resident,
        nights=nights,
        cost_lines=_cost_lines(costs, stay.length),
        cost=_total([night.reference for night in nights]),
        bracket_amounts=amounts,
        minimum=min(variable, amounts[0]),
        ladder=build_ladder(grid, amounts, real_cost, household.units),
    )


def _quoted_nights(
    grid: Grid, stay: Stay, rooms: Sequence[RoomRequest], costs: Sequence[RoomNightCost], is_resident: bool
) -> tuple[QuotedNight, ...]:
    room_weights = [
        weight * grid.room_factor(room.type_code)
        for weight, room in zip(weights_of(rooms), rooms, strict=True)
    ]
    supplements = [_supplement(grid, room) for room in rooms]
    references = [cost.total for cost in costs]
    nights = []
    for night in stay.nights:
        season = grid.calendar.hit(night)
        for index, reference in enumerate(references):
            dues = room_night_dues(grid, season.factor, room_weights[index], supplements[index], is_resident)
            undecided = min(reference, grid.hard_ceiling)
            nights.append(QuotedNight(index, night, season, reference, dues, undecided))
    return tuple(nights)


def _cost(grid: Grid, room: RoomRequest) -> RoomNightCost:
    return grid.costs.room_night(room.adults, room.children, grid.room_factor(room.type_code))


def _supplement(grid: Grid, room: RoomRequest) -> Money:
    return grid.costs.room if room.is_beyond_fewest else Money.zero(grid.currency)


def _cost_lines(costs: Sequence[RoomNightCost], nights: int) -> tuple[CostLine, ...]:
    return (
        CostLine("fixed", _total([cost.fixed for cost in costs]) * nights),
        CostLine("room", _total([cost.room for cost in costs]) * nights),
        CostLine("persons", _total([cost.persons for cost in costs]) * nights),
    )


def _total(amounts: Sequence[Money]) -> Money:
    return Money(sum(amount.minor for amount in amounts), amounts[0].currency)
