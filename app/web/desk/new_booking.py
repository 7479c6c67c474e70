"""Book for somebody at the counter or on the telephone: what is free, then who comes (decision 14).

The list shows what anybody may know: the real cost and the range of the ladder. Which rung is the guest's to choose.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.services import availability, bookings
from app.services.availability import OfferNotFound, StayTooLong, TypeCard, list_type_cards
from app.web.desk.door import UNPROCESSABLE, Page, actor, at_the_desk, desk, house, now, today
from app.web.desk.guest_form import DeskGuestForm
from app.web.desk.prices import below_minimum_words
from app.web.guest.forms.fields import read_day
from app.web.guest.forms.search import SearchForm
from app.web.guest.offers import party_words, show_alternative, show_offer
from app.web.guest.trip import Trip, TripUnclear, trip_of, trip_of_address
from pricing.choice import BelowMinimum
from pricing.quote import StayTooLong as TooLongForTheGrid
from pricing.seasons import NoRateForNight

USUAL_ADULTS = 2
NOT_SOLD = (StayTooLong, TooLongForTheGrid, NoRateForNight)


@dataclass(frozen=True, slots=True)
class WishedRoom:
    """The room that reception has pointed at on the planning, and its type."""

    id: int
    name: str
    type: TypeCard


@desk.get("/bookings/new")
@at_the_desk
def new_booking() -> Page:
    """Ask for dates and party, and show what is free for them."""
    wished = _wished_room()
    if "arrival" not in request.args:
        return _show(SearchForm(today=today(), house=house()), wished)
    form = SearchForm(_completed(wished), today=today(), house=house())
    if not form.validate():
        return _show(form, wished)
    trip = trip_of(form)
    try:
        found = availability.search(house=house(), stay=trip.stay, party=trip.party, now=now(), today=today())
    except NOT_SOLD as refusal:
        return _show(form, wished, not_sold=_not_sold_words(refusal))
    offers = sorted(
        (*found.offers, *found.combinations), key=lambda offer: not (wished and offer.key == wished.type.code)
    )
    return _show(
        form,
        wished,
        trip=trip,
        offers=[(show_offer(offer, trip, g.language), offer.free_count, offer.key) for offer in offers],
        alternatives=[show_alternative(other, trip, g.language) for other in found.alternatives],
        is_party_too_large=found.is_party_too_large,
    )


@desk.route("/bookings/new/guest", methods=["GET", "POST"])
@at_the_desk
def book_guest() -> Page:
    """Ask who comes, and book at once through the same rooms, rules and prices."""
    trip, wished = trip_of_address(), _wished_room()
    offer = availability.offer_for(
        house=house(), stay=trip.stay, party=trip.party, key=trip.rooms, now=now(), today=today()
    )
    form = DeskGuestForm(request.form, house=house())
    if not request.form:
        form.language.data = g.language
    if request.method == "POST" and form.validate():
        try:
            booking = bookings.book_at_desk(
                house=house(),
                stay=trip.stay,
                party=trip.party,
                offer_key=trip.rooms,
                choice=form.choice,
                guest=form.details(),
                language=form.language.data,
                actor=actor(),
                now=now(),
                today=today(),
                room_id=wished.id if wished else None,
            )
        except BelowMinimum:
            form.amount.errors = (below_minimum_words(),)
        else:
            flash(_("The room is booked."), "success")
            return redirect(url_for("desk.booking", reference=booking.reference))
    page = render_template(
        "desk/book_guest.html",
        form=form,
        trip=trip,
        offer=show_offer(offer, trip, g.language),
        party=party_words(trip.party),
        wished=_given(wished, trip),
    )
    return page, UNPROCESSABLE if form.errors else 200


@desk.errorhandler(TripUnclear)
@desk.errorhandler(OfferNotFound)
def search_again(_error: Exception) -> Page:
    """Lead an address that cannot be booked back to the search, which says what is the matter."""
    said: dict[str, Any] = request.args.to_dict()
    return redirect(url_for("desk.new_booking", **said))


def _completed(wished: WishedRoom | None) -> MultiDict[str, str]:
    """Complete what a click on the planning says: one night, as many adults as usual or as the room sleeps."""
    said = MultiDict(request.args)
    adults = min(USUAL_ADULTS, wished.type.beds.sleeps) if wished else USUAL_ADULTS
    said.setdefault("adults", str(adults))
    with suppress(ValueError, OverflowError):  # the form says what is the matter with the day
        said.setdefault("departure", (read_day(said["arrival"]) + timedelta(days=1)).isoformat())
    return said


def _wished_room() -> WishedRoom | None:
    room_id = request.args.get("room", type=int)
    return next(
        (
            WishedRoom(room_id, name, card)
            for card in list_type_cards(house().id)
            for found, name in zip(card.room_ids, card.room_names, strict=True)
            if found == room_id
        ),
        None,
    )


def _given(wished: WishedRoom | None, trip: Trip) -> WishedRoom | None:
    return wished if wished and wished.type.code == trip.rooms else None


def _not_sold_words(refusal: Exception) -> str:
    if isinstance(refusal, NoRateForNight):
        return _("The house has no prices yet for these dates.")
    return _("This stay is longer than the house books at once. Make two bookings, one after the other.")


def _show(form: SearchForm, wished: WishedRoom | None, **found: object) -> Page:
    page = render_template("desk/new_booking.html", form=form, wished=wished, **found)
    return page, UNPROCESSABLE if form.errors else 200
