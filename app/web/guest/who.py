"""Who comes: the last question, and with its answer the house keeps the room."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request
from flask_babel import gettext as _

from app.models import Booking
from app.services import bookings
from app.services.bookings import HoldLimits, HoldWish, PriceChoice
from app.services.inventory import RoomNotAvailable
from app.web.guest import draft
from app.web.guest.door import UNPROCESSABLE, Page, config, guest, house, now, today
from app.web.guest.forms.who import WhoForm, known_details
from app.web.guest.offers import party_words
from app.web.guest.trip import Trip, address, trip_of_address
from app.web.network import network_key
from pricing.money import Money


@guest.route("/who", methods=["GET", "POST"])
def who() -> Page:
    """Ask who comes, then keep the room; without a price, back to choosing one."""
    trip = trip_of_address()
    chosen = draft.price_for(trip)
    if chosen is None:
        return redirect(address("guest.price", trip.query()))
    form = WhoForm(request.form, house=house(), data=known_details(draft.find_held()) | draft.typed())
    if request.method == "POST" and form.validate():
        _keep(trip, chosen, form)
        return redirect(address("guest.review", trip.query()))
    page = render_template(
        "guest/who.html", form=form, trip=trip, party=party_words(trip.party), amount=chosen[1]
    )
    return (page, UNPROCESSABLE) if form.errors else page


def _keep(trip: Trip, chosen: tuple[PriceChoice, Money], form: WhoForm) -> None:
    held = draft.find_held_for(trip, now())
    if held is not None:
        bookings.change_guest(booking=held, guest=form.details(), now=now())
        return
    choice, shown = chosen
    try:
        booking = _hold(trip, choice, form)
    except RoomNotAvailable:
        draft.keep_typed({field.name: field.data or "" for field in form})
        raise
    draft.keep_hold(trip, booking.reference)
    if bookings.price_of(booking) != shown:
        flash(_("The prices changed while you were choosing. Please look at yours again."), "warning")


def _hold(trip: Trip, choice: PriceChoice, form: WhoForm) -> Booking:
    settings = config()
    wish = HoldWish(
        stay=trip.stay,
        party=trip.party,
        offer_key=trip.rooms,
        choice=choice,
        guest=form.details(),
        language=g.language,
        session_key=draft.session_key(),
        network_key=network_key(),
    )
    limits = HoldLimits(
        hold_minutes=settings.hold_minutes,
        most_per_network=settings.holds_per_network,
        most_repeated=settings.repeated_holds_per_network,
    )
    return bookings.hold(house=house(), wish=wish, limits=limits, now=now(), today=today())
