"""While most holds lapse: a link is mailed first, and the button behind it keeps the room (decision 21)."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.database import session
from app.models import Letter, WaitingHold
from app.services import bookings
from app.services.bookings import GuestDetails, HoldLimits, HoldWish, LapseLimits, Visit
from app.services.correspondence import tell_waiting
from app.services.partner_codes import CodeNotUsable
from app.web.guest import draft
from app.web.guest.beside import code_words
from app.web.guest.door import Page, config, guest, house, now, today
from app.web.guest.forms.who import known_details
from app.web.guest.link_limit import count_link
from app.web.guest.platforms import hear_platforms_of
from app.web.guest.trip import Trip, address
from app.web.letters import compose
from app.web.network import network_key
from pricing.household import Household
from pricing.money import Money
from pricing.quote import BelowMinimum
from pricing.stay import Stay

CONFLICT = 409


def limits_for(comer: GuestDetails) -> HoldLimits:
    """Return the limits of a hold; whoever has opened a link in this visit needs no other."""
    settings = config()
    lapses = LapseLimits(
        hours=settings.lapsed_holds_hours,
        fewest=settings.lapsed_holds,
        percent=settings.lapsed_holds_percent,
    )
    return HoldLimits(
        hold_minutes=settings.hold_minutes,
        most_per_network=settings.holds_per_network,
        most_repeated=settings.repeated_holds_per_network,
        lapses=None if draft.has_mailbox(comer.contact_key) else lapses,
    )


def ask_for_link(trip: Trip, wish: HoldWish, shown: Money) -> Page:
    """Mail the link and lead to the page that says so; without a mailbox, give the telephone number."""
    if not wish.guest.email:
        return render_template("guest/keep_by_telephone.html", trip=trip), CONFLICT
    count_link(wish.guest.email, now())
    waiting = bookings.mail_hold_link(house=house(), wish=wish, shown=shown, now=now())
    draft.wait_for_link(waiting.reference)
    return redirect(address("guest.keep", trip.query()))


@guest.get("/keep")
def keep() -> Page:
    """Say that a link is in the mailbox; to whoever came by it, show the button that keeps the room."""
    waiting = draft.find_waiting(now())
    if waiting is None:
        return _go_on()
    trip = trip_of_waiting(waiting)
    told = tell_waiting(waiting)
    if draft.is_link_opened():
        return render_template("guest/keep.html", told=told, trip=trip, hold_minutes=config().hold_minutes)
    return render_template(
        "guest/link_sent.html", told=told, trip=trip, email=waiting.guest_email, letter=_letter_shown(waiting)
    )


@guest.post("/keep")
def open_waiting() -> Page:
    """Keep the room for whoever came by the link, and go on where they were; scanners press no buttons.

    Raises: RoomNotAvailable, TooManyHolds, TooLateToAsk.
    """
    waiting = draft.find_waiting(now())
    if waiting is None:
        return _go_on()
    if not draft.is_link_opened():
        return redirect(url_for("guest.keep"))
    trip = trip_of_waiting(waiting)
    choice, shown = bookings.choice_of(waiting, house().currency)
    draft.keep_price(trip, choice, shown, draft.support_for(trip))
    draft.keep_typed(known_details(waiting))
    hear_platforms_of(trip)
    try:
        booking = bookings.open_waiting(
            house=house(),
            waiting=waiting,
            visit=Visit(draft.session_key(), network_key(), draft.support_for(trip)),
            limits=limits_for(bookings.guest_of(waiting)),
            now=now(),
            today=today(),
        )
    except CodeNotUsable as refusal:
        draft.forget_code(trip)
        flash(code_words(refusal.fault), "warning")
        return redirect(address("guest.price", trip.query()))
    except BelowMinimum:
        flash(_("The prices changed while you were choosing. Please look at yours again."), "warning")
        return redirect(address("guest.price", trip.query()))
    draft.keep_hold(trip, booking.reference)
    if bookings.price_of(booking) != shown:
        flash(_("The prices changed while you were choosing. Please look at yours again."), "warning")
    return redirect(address("guest.review", trip.query()))


def trip_of_waiting(waiting: WaitingHold) -> Trip:
    """Return the trip that a waiting hold is for."""
    return Trip(
        Stay(waiting.arrival, waiting.departure),
        Household(waiting.adults, tuple(waiting.children)),
        waiting.offer_key,
    )


def _go_on() -> Page:
    """Lead to the room that is kept already, else to the first page."""
    return redirect(address("guest.review", draft.held_trip_query()))


def _letter_shown(waiting: WaitingHold) -> str:
    """Return the letter that the demo would have mailed; outside the demo nothing, for it proves the mailbox."""
    if not config().is_demo:
        return ""
    body = compose(session.get_one(Letter, waiting.letter_id), config()).get_body(("plain",))
    return str(body.get_content()) if body else ""
