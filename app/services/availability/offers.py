"""Search: every type that is free and holds the party, priced; else several rooms; else the nearest alternatives.

A search takes a fixed number of queries, whatever the size of the hotel: the grid, the tax, the types, their rooms,
the taken nights; and one more when nothing is free.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from app.models import Property
from app.services.availability.alternatives import Alternative, find_alternatives
from app.services.availability.cards import TypeCard, list_type_cards
from app.services.availability.limits import check_stay
from app.services.inventory import RoomNotAvailable, list_taken
from app.services.parties import Beds, Sleepers, fewest_rooms, list_combinations, share_out
from app.services.rates import DatedGrid, current_grid, stay_tax, tax_for_sale
from pricing.household import Household
from pricing.money import Money
from pricing.quote import Choice, Quote, RoomRequest, quote
from pricing.stay import Stay
from pricing.tourist_tax import UnclassifiedTax

MOST_COMBINATIONS = 3


class OfferNotFound(LookupError):
    """The key of an offer names a type that the house does not have, or that does not hold the party."""


@dataclass(frozen=True, slots=True)
class OfferedRoom:
    """One room of an offer: its type, who sleeps there, and the rooms of that type that are free."""

    type: TypeCard
    sleepers: Sleepers
    free_room_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A quote, and rooms that are free. `key` names its types: "double", or "double+single"."""

    key: str
    stay: Stay
    rooms: tuple[OfferedRoom, ...]
    grid: DatedGrid
    quote: Quote
    tax: UnclassifiedTax | None

    @property
    def free_count(self) -> int:
        """Return how many times it could be sold."""
        return min(len(room.free_room_ids) for room in self.rooms)

    @property
    def is_instant(self) -> bool:
        """Tell whether the house confirms all of its types without asking reception."""
        return all(room.type.is_instant for room in self.rooms)

    def tax_of(self, choice: Choice) -> Money:
        """Return the tourist tax of the stay at the prices of a choice."""
        parties = tuple((room.sleepers.adults, room.sleepers.size) for room in self.rooms)
        return stay_tax(self.tax, choice.nights, parties, self.grid.grid.currency)

    @property
    def tax_range(self) -> tuple[Money, Money]:
        """Return the tourist tax at the lowest and at the highest rung."""
        lowest, highest = self.quote.lowest, self.quote.highest
        return self.tax_of(self.quote.choose(amount=lowest)), self.tax_of(self.quote.choose(amount=highest))


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What the house can offer: single rooms, else several rooms, else what comes nearest.

    `full`: the types of which one room would hold the party, were it not taken.
    """

    offers: tuple[Offer, ...]
    combinations: tuple[Offer, ...]
    alternatives: tuple[Alternative, ...]
    full: tuple[TypeCard, ...]
    is_party_too_large: bool


def search(*, house: Property, stay: Stay, party: Household, now: datetime, today: date) -> SearchResult:
    """Find what is free for a stay and a party.

    Raises: ArrivalInThePast, StayTooLong, NoRateForNight (beyond the horizon), NoGrid, NoVotedTax.
    """
    check_stay(house, stay, today)
    counter = _Counter(house, stay, party, now, today)
    offers = tuple(counter.offer((code,)) for code in counter.free if counter.sells((code,)))
    if offers:
        return SearchResult(offers, (), (), counter.full, False)
    sets = list_combinations(party, counter.beds, {code: len(ids) for code, ids in counter.free.items()})
    combinations = tuple(counter.offer(codes) for codes in islice(sets, MOST_COMBINATIONS))
    if combinations:
        return SearchResult((), combinations, (), counter.full, False)
    everything = {code: len(card.room_ids) for code, card in counter.cards.items()}
    code_sets = tuple(islice(list_combinations(party, counter.beds, everything), MOST_COMBINATIONS))
    alternatives = find_alternatives(
        house=house,
        stay=stay,
        code_sets=code_sets,
        cards=counter.cards,
        now=now,
        today=today,
        horizon=counter.grid.grid.horizon,
    )
    return SearchResult((), (), alternatives, counter.full, not code_sets)


def offer_for(
    *, house: Property, stay: Stay, party: Household, key: str, now: datetime, today: date
) -> Offer:
    """Return one offer again, freshly priced, with the rooms that are free now.

    Raises: OfferNotFound, RoomNotAvailable, and what `search` raises.
    """
    check_stay(house, stay, today)
    counter = _Counter(house, stay, party, now, today)
    codes = tuple(key.split("+"))
    if any(code not in counter.cards for code in codes) or counter.sleepers(codes) is None:
        raise OfferNotFound(key)
    if not counter.sells(codes):
        raise RoomNotAvailable(stay)
    return counter.offer(codes)


class _Counter:
    """One look at the house for one stay and party: what stands on the counter before the prices are made."""

    def __init__(self, house: Property, stay: Stay, party: Household, now: datetime, today: date) -> None:
        self.stay, self.party = stay, party
        self.grid = current_grid(house, today)
        self.tax = tax_for_sale(house, stay.arrival)
        self.cards: Mapping[str, TypeCard] = {card.code: card for card in list_type_cards(house.id)}
        self.beds: Mapping[str, Beds] = {code: card.beds for code, card in self.cards.items()}
        taken = list_taken(property_id=house.id, stay=stay, now=now)
        self.free = {
            code: tuple(room_id for room_id in card.room_ids if room_id not in taken)
            for code, card in self.cards.items()
        }
        self.fewest = fewest_rooms(party, self.beds)

    def sleepers(self, codes: tuple[str, ...]) -> tuple[Sleepers, ...] | None:
        return share_out(self.party, [self.beds[code] for code in codes])

    @property
    def full(self) -> tuple[TypeCard, ...]:
        return tuple(
            card
            for code, card in self.cards.items()
            if not self.free[code] and self.sleepers((code,)) is not None
        )

    def sells(self, codes: tuple[str, ...]) -> bool:
        is_free = all(codes.count(code) <= len(self.free[code]) for code in codes)
        return is_free and self.sleepers(codes) is not None

    def offer(self, codes: tuple[str, ...]) -> Offer:
        sleepers = self.sleepers(codes)
        if sleepers is None:
            raise OfferNotFound("+".join(codes))
        requests = [
            RoomRequest(
                type_code=code,
                adults=who.adults,
                children=who.children,
                is_beyond_fewest=place >= self.fewest,
            )
            for place, (code, who) in enumerate(zip(codes, sleepers, strict=True))
        ]
        rooms = tuple(
            OfferedRoom(self.cards[code], who, self.free[code])
            for code, who in zip(codes, sleepers, strict=True)
        )
        return Offer(
            key="+".join(codes),
            stay=self.stay,
            rooms=rooms,
            grid=self.grid,
            quote=quote(self.grid.grid, self.stay, requests),
            tax=self.tax,
        )
