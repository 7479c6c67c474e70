"""Who comes: the last question, and with its answer the house keeps the room."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request
from flask_babel import gettext as _

from app.services import bookings
from app.services.bookings import HoldWish, LinkNeeded, PriceChoice
from app.services.inventory import RoomNotAvailable
from app.services.partner_codes import CodeNotUsable
from app.web.guest import draft
from app.web.guest.beside import code_words
from app.web.guest.door import UNPROCESSABLE, Page, guest, house, now, today
from app.web.guest.forms.who import WhoForm, known_details
from app.web.guest.keep import ask_for_link, limits_for
from app.web.guest.offers import party_words
from app.web.guest.platforms import hear_platforms_of
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
    told = draft.find_waiting(now()) or draft.find_held()
    form = WhoForm(request.form, house=house(), data=known_details(told) | draft.typed())
    if request.method == "POST" and form.validate():
        return _keep(trip, chosen, form)
    page = render_template(
        "guest/who.html", form=form, trip=trip, party=party_words(trip.party), amount=chosen[1]
    )
    return (page, UNPROCESSABLE) if form.errors else page


def _keep(trip: Trip, chosen: tuple[PriceChoice, Money], form: WhoForm) -> Page:
    review = redirect(address("guest.review", trip.query()))
    held = draft.find_held_for(trip, now())
    if held is not None:
        bookings.change_guest(booking=held, guest=form.details(), now=now())
        return review
    choice, shown = chosen
    wish = _wish(trip, choice, form)
    try:
        hear_platforms_of(trip)
        booking = bookings.hold(
            house=house(), wish=wish, limits=limits_for(wish.guest), now=now(), today=today()
        )
    except CodeNotUsable as refusal:
        draft.keep_typed(form.typed())
        draft.forget_code(trip)
        flash(code_words(refusal.fault), "warning")
        return redirect(address("guest.price", trip.query()))
    except RoomNotAvailable:
        draft.keep_typed(form.typed())
        raise
    except LinkNeeded:
        draft.keep_typed(form.typed())
        return ask_for_link(trip, wish, shown)
    draft.keep_hold(trip, booking.reference)
    if bookings.price_of(booking) != shown:
        flash(_("The prices changed while you were choosing. Please look at yours again."), "warning")
    return review


def _wish(trip: Trip, choice: PriceChoice, form: WhoForm) -> HoldWish:
    return HoldWish(
        stay=trip.stay,
        party=trip.party,
        offer_key=trip.rooms,
        choice=choice,
        guest=form.details(),
        language=g.language,
        session_key=draft.session_key(),
        network_key=network_key(),
        support=draft.support_for(trip),
    )
