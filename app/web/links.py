"""The door of mailed links: the token is swapped for a session at once, so that it stays in no history (decision 20).

Opening a link changes nothing in the house: mail scanners open links too (decision 8).
"""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, current_app, g, redirect, url_for
from werkzeug.wrappers import Response

from app import clock
from app.models import Booking
from app.services import bookings, tokens
from app.services.tokens import LinkNotValid
from app.web.guest import draft
from app.web.letters.links import BOOKING_LINK, HOLD_LINK, HOLD_LINK_VERSION

links = Blueprint("links", __name__)

OPEN_AFTER_DEPARTURE = timedelta(days=30)


@links.get("/l/<reference>/<token>")
def open(reference: str, token: str) -> Response:  # noqa: A001  # the address is "links.open"
    """Let whoever holds the mail see the booking; of a link that is wrong, old or replaced the page says what to do."""
    booking = bookings.find_by_reference(g.house.id, reference)
    version = booking.link_version if booking is not None else 0
    public_id = booking.reference if booking is not None else reference
    is_right = tokens.matches(current_app.config["HOUSE"].secret_key, BOOKING_LINK, public_id, version, token)
    if booking is None or not is_right or _is_over(booking):
        raise LinkNotValid(reference)
    draft.prove(booking.reference)
    language = booking.language if booking.language in g.house.languages else g.house.languages[0]
    return redirect(url_for("guest.booking", reference=booking.reference, language=language))


@links.get("/l/keep/<reference>/<token>")
def open_hold(reference: str, token: str) -> Response:
    """Let whoever holds the mail press the button that keeps the room (decision 21); nothing is kept before."""
    waiting = bookings.find_waiting(g.house.id, reference, clock.now())
    secret = current_app.config["HOUSE"].secret_key
    if waiting is None or not tokens.matches(secret, HOLD_LINK, waiting.reference, HOLD_LINK_VERSION, token):
        raise LinkNotValid(reference)
    draft.open_link(waiting)
    language = waiting.language if waiting.language in g.house.languages else g.house.languages[0]
    return redirect(url_for("guest.keep", language=language))


def _is_over(booking: Booking) -> bool:
    """Tell whether the stay is so long ago that its link is of no use any more (UX-12)."""
    return clock.today(g.house) > booking.departure + OPEN_AFTER_DEPARTURE
