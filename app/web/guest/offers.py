"""Offers as the list of rooms shows them: plain words and sums."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from app.services.availability import Alternative, Offer, TypeCard
from app.services.parties import Sleepers
from app.web.guest.facts import list_facts
from app.web.guest.ladder import per_night, typical_ladder
from app.web.guest.trip import Trip
from pricing.grid import Grid
from pricing.household import Household
from pricing.money import Money
from pricing.stay import Stay

NO_PICTURE = "jardin.svg"


@dataclass(frozen=True, slots=True)
class RoomShown:
    """One room of an offer: what it is, what it has, who sleeps there."""

    name: str
    description: str
    facts: tuple[str, ...]
    sleepers: str


@dataclass(frozen=True, slots=True)
class OfferShown:
    """An offer with the range of its ladder, the tax beside it, and the address that picks it."""

    title: str
    picture: str
    rooms: tuple[RoomShown, ...]
    lowest: Money
    highest: Money
    lowest_night: Money
    highest_night: Money
    cost: Money
    lowest_tax: Money
    highest_tax: Money
    query: dict[str, str]


@dataclass(frozen=True, slots=True)
class FullShown:
    """A room type that would suit, and of which no room is free."""

    name: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AlternativeShown:
    """Other dates on which rooms for these people are free."""

    stay: Stay
    title: str
    query: dict[str, str]


@dataclass(frozen=True, slots=True)
class TypeShown:
    """A room type without dates: its range for one night in the base season, for as many adults as it sleeps."""

    name: str
    description: str
    picture: str
    facts: tuple[str, ...]
    adults: int
    lowest: Money
    highest: Money


def show_offer(offer: Offer, trip: Trip, language: str) -> OfferShown:
    """Return an offer as the list shows it."""
    nights = offer.stay.length
    quote, (lowest_tax, highest_tax) = offer.quote, offer.tax_range
    rooms = tuple(
        RoomShown(
            name=room.type.name(language),
            description=room.type.description(language),
            facts=list_facts(room.type, language),
            sleepers=sleepers_words(room.sleepers),
        )
        for room in offer.rooms
    )
    return OfferShown(
        title=" + ".join(room.name for room in rooms),
        picture=picture_of(offer.rooms[0].type),
        rooms=rooms,
        lowest=quote.lowest,
        highest=quote.highest,
        lowest_night=per_night(quote.lowest, nights),
        highest_night=per_night(quote.highest, nights),
        cost=quote.cost,
        lowest_tax=lowest_tax,
        highest_tax=highest_tax,
        query=Trip(trip.stay, trip.party, offer.key).query(),
    )


def show_full(card: TypeCard, language: str) -> FullShown:
    """Return a type that is full as the list shows it: without a price, which would be one for nothing."""
    return FullShown(name=card.name(language), facts=list_facts(card, language))


def show_alternative(alternative: Alternative, trip: Trip, language: str) -> AlternativeShown:
    """Return other dates as the list shows them."""
    return AlternativeShown(
        stay=alternative.stay,
        title=" + ".join(card.name(language) for card in alternative.types),
        query=trip.moved_to(alternative.stay).query(),
    )


def show_type(card: TypeCard, grid: Grid, language: str) -> TypeShown:
    """Return a room type as the page of all rooms shows it."""
    rungs = typical_ladder(grid, Household(card.beds.sleeps), card.code)
    return TypeShown(
        name=card.name(language),
        description=card.description(language),
        picture=picture_of(card),
        facts=list_facts(card, language),
        adults=card.beds.sleeps,
        lowest=rungs[0].amount,
        highest=rungs[-1].amount,
    )


def picture_of(card: TypeCard) -> str:
    """Return the file name of the picture of a type, below static/img/rooms/."""
    name = next((picture for picture in card.pictures if picture), NO_PICTURE)
    return name if "." in name else f"{name}.svg"


def sleepers_words(sleepers: Sleepers) -> str:
    """Say who sleeps in a room: "2 adults, 1 child (4)"."""
    adults = ngettext("%(num)d adult", "%(num)d adults", sleepers.adults)
    if not sleepers.children:
        return str(adults)
    children = ngettext("%(num)d child", "%(num)d children", len(sleepers.children))
    ages = ", ".join(str(age) for age in sleepers.children)
    return str(_("%(adults)s, %(children)s (aged %(ages)s)", adults=adults, children=children, ages=ages))


def party_words(party: Household) -> str:
    """Say who travels."""
    return sleepers_words(Sleepers(party.adults, party.children))
