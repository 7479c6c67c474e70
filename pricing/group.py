"""Groups: several households in one booking, each with its own rung and minimum, and one total for the invoice.

A household is weighed once, however many rooms it sleeps in (decision 11). Households that share a room each pay
for their own people at their own rung; the costs of the room, what it adds when it is one more than needed, and its
hard ceiling are shared in equal parts. So nothing in one household's part depends on who the others are or on what they
choose: no bracket can be read from it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from pricing.choice import Choice, PricedNight
from pricing.grid import Grid
from pricing.household import HouseholdInvalid
from pricing.money import Money
from pricing.quote import quote
from pricing.quoted import CostLine, Quote, total
from pricing.room_request import RoomRequest
from pricing.stay import Stay


@dataclass(frozen=True, slots=True)
class Sleepers:
    """Hold those of one household who sleep in a room; households are numbered from 1."""

    household: int
    adults: int
    children: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupRoom:
    """Hold one room of a group, and who sleeps there, household by household.

    Raises: HouseholdInvalid when nobody sleeps there, or a household is named twice.
    """

    type_code: str
    sleepers: tuple[Sleepers, ...]
    is_beyond_fewest: bool = False

    def __post_init__(self) -> None:
        numbers = self.households
        if not numbers or len(set(numbers)) != len(numbers):
            raise HouseholdInvalid("in a room sleeps one household at least, and each is named once")

    @property
    def households(self) -> tuple[int, ...]:
        """List the households that sleep there, as they are named."""
        return tuple(who.household for who in self.sleepers)

    def request_of(self, household: int) -> RoomRequest:
        """Return the room as one household asks for it: whole, or an equal part of it."""
        place = self.households.index(household)
        who = self.sleepers[place]
        return RoomRequest(
            type_code=self.type_code,
            adults=who.adults,
            children=who.children,
            is_beyond_fewest=self.is_beyond_fewest,
            part=place + 1,
            parts=len(self.sleepers),
        )


@dataclass(frozen=True, slots=True)
class GroupPart:
    """Hold what one household is quoted, complete in itself; `rooms` are the places of its rooms in the group."""

    rooms: tuple[int, ...]
    quote: Quote


@dataclass(frozen=True, slots=True)
class GroupChoice:
    """Hold what all households agreed to: one amount for the invoice.

    `nights` are the room nights of the whole group, in order of date, then of room, each with the sum of those who
    share it: for the account of the house. An invoice shows `amount` alone.
    """

    choices: tuple[Choice, ...] = field(repr=False)
    nights: tuple[PricedNight, ...] = field(repr=False)
    amount: Money


@dataclass(frozen=True, slots=True)
class GroupQuote:
    """Hold the price of a stay of several households before they have chosen; the first part is household 1's.

    `cost_lines` add up to `cost`, the real cost of all rooms.
    """

    stay: Stay
    rooms: tuple[GroupRoom, ...]
    parts: tuple[GroupPart, ...]
    cost_lines: tuple[CostLine, ...]
    cost: Money

    def agree(self, choices: Sequence[Choice]) -> GroupChoice:
        """Put together what each household chose from the quote of its part, in the order of the parts.

        Raises: ValueError for a choice that was not made from its part.
        """
        if len(choices) != len(self.parts):
            raise ValueError(f"{len(self.parts)} households choose, not {len(choices)}")
        nights: dict[tuple[date, int], list[PricedNight]] = {}
        for part, choice in zip(self.parts, choices, strict=True):
            if _asked(part.quote) != [
                (each.night, each.room_index, each.reference) for each in choice.nights
            ]:
                raise ValueError("a household chooses from the quote of its own part")
            for each in choice.nights:
                nights.setdefault((each.night, part.rooms[each.room_index]), []).append(each)
        return GroupChoice(
            choices=tuple(choices),
            nights=tuple(_together(room, nights[night, room]) for night, room in sorted(nights)),
            amount=total([choice.amount for choice in choices]),
        )


def quote_group(
    grid: Grid,
    stay: Stay,
    rooms: Sequence[GroupRoom],
    *,
    residents: Collection[int] = (),
    today: date | None = None,
) -> GroupQuote:
    """Price a stay of several households; `residents` are the numbers of those of the neighbourhood.

    Raises: what `quote` raises for any of them; HouseholdInvalid for households that are not numbered 1, 2, 3 …
    """
    numbers = sorted({number for room in rooms for number in room.households})
    if numbers != list(range(1, len(numbers) + 1)) or not numbers:
        raise HouseholdInvalid(f"households are numbered 1, 2, 3 …, not {numbers}")
    if stray := set(residents) - set(numbers):
        raise HouseholdInvalid(f"no household has the number {min(stray)}")
    parts = tuple(_part(grid, stay, rooms, number, number in residents, today) for number in numbers)
    lines = zip(*(part.quote.cost_lines for part in parts), strict=True)
    return GroupQuote(
        stay=stay,
        rooms=tuple(rooms),
        parts=parts,
        cost_lines=tuple(CostLine(same[0].code, total([line.amount for line in same])) for same in lines),
        cost=total([part.quote.cost for part in parts]),
    )


def _part(
    grid: Grid, stay: Stay, rooms: Sequence[GroupRoom], number: int, is_resident: bool, today: date | None
) -> GroupPart:
    places = tuple(place for place, room in enumerate(rooms) if number in room.households)
    requests = [rooms[place].request_of(number) for place in places]
    return GroupPart(places, quote(grid, stay, requests, is_resident=is_resident, today=today))


def _asked(priced: Quote) -> list[tuple[date, int, Money]]:
    return [(each.night, each.room_index, each.reference) for each in priced.nights]


def _together(room: int, shared: list[PricedNight]) -> PricedNight:
    return PricedNight(
        room_index=room,
        night=shared[0].night,
        reference=total([each.reference for each in shared]),
        due=total([each.due for each in shared]),
        chosen=total([each.chosen for each in shared]),
    )
