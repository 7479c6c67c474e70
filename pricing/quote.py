"""Making a quote: what a stay costs, what each bracket pays for it, and until when that is honoured.

It is pure: the same grid, stay and people give the same cents, on any machine.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter

from pricing.choice import BelowMinimum, Choice, PricedNight, UnknownBracket
from pricing.costs import RoomNightCost
from pricing.grid import Grid
from pricing.household import Household, HouseholdInvalid
from pricing.ladder import HOUSEHOLDS_KEPT, Rung, build_ladder, room_night_dues
from pricing.money import Money
from pricing.quoted import CostLine, Quote, QuotedNight, QuoteExpired
from pricing.refusal import Refusal
from pricing.residents import NoResidentRule
from pricing.room_request import RoomRequest, first_with_adult, household_of
from pricing.seasons import SeasonHit
from pricing.stay import Stay

ROOM_NIGHTS_KEPT = 4096

__all__ = [
    "BelowMinimum",
    "Choice",
    "CostLine",
    "NoResidentRule",
    "PricedNight",
    "Quote",
    "QuoteExpired",
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
class _RoomNight:
    """Hold what one room costs and pays on every night of one season, of one side of the length rule."""

    cost: RoomNightCost
    reference: Money
    dues: tuple[Money, ...]
    undecided: Money


_Counted = list[tuple[_RoomNight, int]]
_FIXED = attrgetter("cost.fixed.minor")
_ROOM = attrgetter("cost.room.minor")
_PERSONS = attrgetter("cost.persons.minor")
_UNDECIDED = attrgetter("undecided.minor")


def quote(
    grid: Grid,
    stay: Stay,
    rooms: Sequence[RoomRequest],
    *,
    is_resident: bool = False,
    today: date | None = None,
) -> Quote:
    """Price a stay of one household in one or more rooms (spec 8.4; decisions 9 to 12).

    Made `today`, it is honoured for the days that the grid says; without a day it has no end.

    Raises: NoRateForNight, UnknownRoomType, HouseholdInvalid, StayTooLong, NoResidentRule.
    """
    if stay.length > grid.most_nights:
        raise StayTooLong(grid.most_nights)
    if is_resident and grid.residents is None:
        raise NoResidentRule(f"version {grid.version} of the grid has no rule for residents")
    household = household_of(rooms)
    nights, counted = _price_nights(grid, stay, rooms, is_resident)
    amounts = tuple(
        Money(sum(each.dues[place].minor * count for each, count in counted), grid.currency)
        for place in range(len(grid.brackets))
    )
    fixed, room, persons = (_sum(counted, part) for part in (_FIXED, _ROOM, _PERSONS))
    undecided = _sum(counted, _UNDECIDED)
    return Quote(
        grid_hash=grid.hash,
        grid_version=grid.version,
        stay=stay,
        rooms=tuple(rooms),
        household=household,
        is_resident=is_resident,
        nights=nights,
        cost_lines=(CostLine("fixed", fixed), CostLine("room", room), CostLine("persons", persons)),
        cost=fixed + room + persons,
        bracket_amounts=amounts,
        minimum=min(room + persons, amounts[0]),
        ladder=build_ladder(grid, amounts, undecided, _units(grid, household)),
        quoted_on=today,
        honoured_until=today + timedelta(grid.quote_days) if today else None,
    )


@lru_cache(maxsize=HOUSEHOLDS_KEPT)
def _units(grid: Grid, household: Household) -> Fraction:
    return grid.scales.units.of_household(household)


def _price_nights(
    grid: Grid, stay: Stay, rooms: Sequence[RoomRequest], is_resident: bool
) -> tuple[tuple[QuotedNight, ...], _Counted]:
    """Price every room night; also return each kind of room night, and how many there are of it.

    Nights differ by their season and their side of the length rule alone, so each kind is priced once.
    """
    kinds: dict[tuple[str, bool], list[_RoomNight]] = {}
    nights: list[QuotedNight] = []
    counts: Counter[tuple[str, bool]] = Counter()
    for number, night in enumerate(stay.nights, 1):
        season = grid.calendar.hit(night)
        key = season.code, grid.is_long(number)
        if key not in kinds:
            kinds[key] = _price_rooms(grid, rooms, season, is_resident, is_long=key[1])
        counts[key] += 1
        nights += [
            QuotedNight(index, night, season, each.reference, each.dues, each.undecided)
            for index, each in enumerate(kinds[key])
        ]
    return tuple(nights), [(each, counts[key]) for key, priced in kinds.items() for each in priced]


def _price_rooms(
    grid: Grid, rooms: Sequence[RoomRequest], season: SeasonHit, is_resident: bool, is_long: bool
) -> list[_RoomNight]:
    first = first_with_adult(rooms)
    return [
        _price_room(grid, room, place == first, season.code, season.factor, is_resident, is_long)
        for place, room in enumerate(rooms)
    ]


@lru_cache(maxsize=ROOM_NIGHTS_KEPT)
def _price_room(
    grid: Grid,
    room: RoomRequest,
    has_first_adult: bool,
    season: str,
    season_factor: Fraction,
    is_resident: bool,
    is_long: bool,
) -> _RoomNight:
    factor = grid.room_factor(room.type_code)
    weight = grid.scales.weights.of(room.adults, room.children, has_first_adult=has_first_adult)
    whole = grid.costs.room_night(room.adults, room.children, factor, season)
    cost = RoomNightCost(room.part_of(whole.fixed), room.part_of(whole.room), whole.persons)
    supplement = (
        room.part_of(grid.costs.room_in(season)) if room.is_beyond_fewest else Money.zero(grid.currency)
    )
    reference, ceiling = cost.total, _ceiling(grid, room)
    dues = room_night_dues(
        grid, season_factor, weight * factor, supplement, is_resident, is_long, reference, ceiling
    )
    return _RoomNight(cost, reference, dues, min(reference, ceiling))


def _ceiling(grid: Grid, room: RoomRequest) -> Money:
    """Return the most that is asked for this part of a room: whole price steps, so that the parts keep to it."""
    steps = grid.hard_ceiling.minor // grid.price_step.minor // room.parts
    if not steps:
        raise HouseholdInvalid(f"no room is shared by {room.parts} households")
    return grid.price_step * steps


def _sum(counted: _Counted, minor: Callable[[_RoomNight], int]) -> Money:
    return Money(sum(minor(each) * count for each, count in counted), counted[0][0].reference.currency)
