"""Quotes as text: canonical JSON with a schema, amounts as strings, and no income anywhere.

A quote keeps every amount that was shown. What only describes them is taken from the stored version of its grid when
it is read again: the names and reasons of seasons, and the incomes that a rung is meant for.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from pricing.grid import Grid
from pricing.ladder import build_ladder
from pricing.money import Money
from pricing.quoted import CostLine, Quote, QuotedNight, total
from pricing.room_request import RoomRequest, household_of
from pricing.stay import Stay
from pricing.stored.values import (
    QuoteInvalid,
    read_amount,
    read_day,
    read_day_or_none,
    read_of,
    read_table,
    read_text,
    write_amount,
    write_day,
    write_text,
)

QUOTE_SCHEMA = "pricing-quote/1"
COSTS = ("fixed", "room", "persons")
QUOTE_KEYS = {
    "schema", "grid", "currency", "stay", "quoted_on", "honoured_until", "is_resident", "rooms", "nights", "costs",
    "minimum",
}  # fmt: skip
ROOM_KEYS = {"type", "adults", "children", "is_beyond_fewest", "part", "parts"}
NIGHT_KEYS = {"room", "night", "season", "rule", "reference", "dues", "undecided"}


def dump_quote(quote: Quote) -> str:
    """Write a quote in one canonical form."""
    return write_text(
        {
            "schema": QUOTE_SCHEMA,
            "grid": {"hash": quote.grid_hash, "version": quote.grid_version},
            "currency": quote.cost.currency,
            "stay": {"arrival": str(quote.stay.arrival), "departure": str(quote.stay.departure)},
            "quoted_on": write_day(quote.quoted_on),
            "honoured_until": write_day(quote.honoured_until),
            "is_resident": quote.is_resident,
            "rooms": [_room(room) for room in quote.rooms],
            "nights": [_night(night) for night in quote.nights],
            "costs": {line.code: write_amount(line.amount) for line in quote.cost_lines},
            "minimum": write_amount(quote.minimum),
        }
    )


def load_quote(text: str, grid: Grid) -> Quote:
    """Read a quote under the stored version of its grid; nothing is priced again.

    Raises: QuoteInvalid for another text, another grid, or amounts that do not add up.
    """
    return read_text(text, lambda told: _quote(read_table(told, QUOTE_KEYS, QUOTE_SCHEMA), grid))


def _room(room: RoomRequest) -> dict[str, object]:
    return {
        "type": room.type_code,
        "adults": room.adults,
        "children": list(room.children),
        "is_beyond_fewest": room.is_beyond_fewest,
        "part": room.part,
        "parts": room.parts,
    }


def _night(night: QuotedNight) -> dict[str, object]:
    return {
        "room": night.room_index,
        "night": str(night.night),
        "season": night.season.code,
        "rule": night.season.rule,
        "reference": write_amount(night.reference),
        "dues": [write_amount(due) for due in night.dues],
        "undecided": write_amount(night.undecided),
    }


def _quote(told: Mapping[str, Any], grid: Grid) -> Quote:
    made_under = read_table(told["grid"], {"hash", "version"})
    if made_under != {"hash": grid.hash, "version": grid.version} or told["currency"] != grid.currency:
        raise QuoteInvalid(f"the quote was made under another grid than version {grid.version}")
    dates = read_table(told["stay"], {"arrival", "departure"})
    stay = Stay(read_day(dates["arrival"]), read_day(dates["departure"]))
    if stay.length > grid.most_nights:
        raise QuoteInvalid(f"this grid quotes {grid.most_nights} nights at most")
    rooms = tuple(_read_room(read_table(room, ROOM_KEYS), grid) for room in read_of(list, told["rooms"]))
    nights = tuple(
        _read_night(read_table(night, NIGHT_KEYS), grid) for night in read_of(list, told["nights"])
    )
    _check_order(stay, rooms, nights)
    costs = read_table(told["costs"], set(COSTS))
    lines = tuple(CostLine(code, read_amount(costs[code], grid.currency)) for code in COSTS)
    amounts = tuple(total(amounts) for amounts in zip(*(night.dues for night in nights), strict=True))
    cost, minimum = total([line.amount for line in lines]), read_amount(told["minimum"], grid.currency)
    _check_sums(grid, nights, amounts, cost, minimum)
    household = household_of(rooms)
    undecided, units = total([night.undecided for night in nights]), grid.scales.units.of_household(household)
    return Quote(
        grid_hash=grid.hash,
        grid_version=grid.version,
        stay=stay,
        rooms=rooms,
        household=household,
        is_resident=read_of(bool, told["is_resident"]),
        nights=nights,
        cost_lines=lines,
        cost=cost,
        bracket_amounts=amounts,
        minimum=minimum,
        ladder=build_ladder(grid, amounts, undecided, units),
        quoted_on=read_day_or_none(told["quoted_on"]),
        honoured_until=read_day_or_none(told["honoured_until"]),
    )


def _check_order(stay: Stay, rooms: tuple[RoomRequest, ...], nights: tuple[QuotedNight, ...]) -> None:
    places = [(night.night, night.room_index) for night in nights]
    if places != [(night, place) for night in stay.nights for place in range(len(rooms))]:
        raise QuoteInvalid("the nights of a quote are those of its stay, for every room, in order")


def _check_sums(
    grid: Grid, nights: tuple[QuotedNight, ...], amounts: tuple[Money, ...], cost: Money, minimum: Money
) -> None:
    if len(amounts) != len(grid.brackets) or any(higher < lower for lower, higher in pairwise(amounts)):
        raise QuoteInvalid("there is an amount for each bracket of the grid, and they ascend")
    if total([night.reference for night in nights]) != cost or minimum > amounts[0]:
        raise QuoteInvalid(
            "the real cost is that of the nights, and the minimum no more than the lowest rung"
        )


def _read_room(told: Mapping[str, Any], grid: Grid) -> RoomRequest:
    grid.room_factor(read_of(str, told["type"]))  # an unknown type is refused here, not when it is explained
    return RoomRequest(
        type_code=told["type"],
        adults=read_of(int, told["adults"]),
        children=tuple(read_of(int, age) for age in read_of(list, told["children"])),
        is_beyond_fewest=read_of(bool, told["is_beyond_fewest"]),
        part=read_of(int, told["part"]),
        parts=read_of(int, told["parts"]),
    )


def _read_night(told: Mapping[str, Any], grid: Grid) -> QuotedNight:
    season = grid.calendar.hit(read_day(told["night"]))
    if (season.code, season.rule) != (told["season"], told["rule"]):
        raise QuoteInvalid(f"under this grid the night of {told['night']} is in the season {season.code!r}")
    return QuotedNight(
        room_index=read_of(int, told["room"]),
        night=read_day(told["night"]),
        season=season,
        reference=read_amount(told["reference"], grid.currency),
        dues=tuple(read_amount(due, grid.currency) for due in read_of(list, told["dues"])),
        undecided=read_amount(told["undecided"], grid.currency),
    )
