"""The first two pages: when and who, then what is free."""

from __future__ import annotations

from flask import g, redirect, render_template, request

from app.services import availability
from app.services.availability import ArrivalInThePast, OfferNotFound, StayTooLong, list_type_cards
from app.services.rates import NoGrid, current_grid
from app.web.guest import draft
from app.web.guest.door import Page, config, guest, house, now, today
from app.web.guest.forms.search import SearchForm
from app.web.guest.ladder import typical_ladder
from app.web.guest.offers import party_words, show_alternative, show_full, show_offer, show_type
from app.web.guest.trip import Trip, TripUnclear, address, trip_of
from pricing.household import Household
from pricing.money import Money
from pricing.quote import StayTooLong as TooLongForTheGrid
from pricing.seasons import NoRateForNight

COUPLE = Household(2)


@guest.get("/")
def home() -> Page:
    """Ask for the dates and the party; say what a night costs two people."""
    return render_template(
        "guest/home.html",
        form=_empty_form(),
        price_range=_range_for_two(),
        takes_cards=config().takes_cards,
    )


@guest.get("/rooms")
def rooms() -> Page:
    """Show what is free for the dates of the address; without dates, the rooms of the house."""
    if not request.args:
        return _all_rooms(_empty_form())
    form = SearchForm(request.args, today=today(), house=house())
    if not form.validate():
        return _all_rooms(form)
    return _free_rooms(form, trip_of(form))


@guest.errorhandler(TripUnclear)
@guest.errorhandler(OfferNotFound)
@guest.errorhandler(ArrivalInThePast)
@guest.errorhandler(StayTooLong)
@guest.errorhandler(TooLongForTheGrid)
@guest.errorhandler(NoRateForNight)
def look_again(_error: Exception) -> Page:
    """Lead an address that cannot be sold to the list of rooms, which says what is the matter."""
    return redirect(address("guest.rooms", request.args))


def _empty_form() -> SearchForm:
    return SearchForm(today=today(), house=house())


def _range_for_two() -> tuple[Money, Money] | None:
    """Return the lowest and the highest amount of one night for two, or None for a house without grid or double."""
    try:
        grid = current_grid(house(), today()).grid
    except NoGrid:
        return None
    card = next((card for card in list_type_cards(house().id) if card.beds.sleeps >= COUPLE.size), None)
    if card is None:
        return None
    rungs = typical_ladder(grid, COUPLE, card.code)
    return rungs[0].amount, rungs[-1].amount


def _all_rooms(form: SearchForm) -> Page:
    grid = current_grid(house(), today()).grid
    types = [show_type(card, grid, g.language) for card in list_type_cards(house().id)]
    return render_template("guest/all_rooms.html", form=form, types=types)


def _free_rooms(form: SearchForm, trip: Trip) -> Page:
    words = {"form": form, "trip": trip, "party": party_words(trip.party), "day": today()}
    try:
        found = availability.search(house=house(), stay=trip.stay, party=trip.party, now=now(), today=today())
    except (StayTooLong, TooLongForTheGrid) as refusal:
        return render_template("guest/not_sold.html", most_nights=refusal.most_nights, **words)
    except NoRateForNight as refusal:
        return render_template("guest/not_sold.html", horizon=refusal.horizon, **words)
    held = draft.find_held()
    return render_template(
        "guest/rooms.html",
        offers=[show_offer(offer, trip, g.language) for offer in (*found.offers, *found.combinations)],
        full=[show_full(card, g.language) for card in found.full],
        are_combinations=bool(found.combinations),
        alternatives=[show_alternative(other, trip, g.language) for other in found.alternatives],
        is_party_too_large=found.is_party_too_large,
        held_until=held.lapses_at if held and draft.is_live(held, now()) else None,
        held_query=draft.held_trip_query(),
        **words,
    )
