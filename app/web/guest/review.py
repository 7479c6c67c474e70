"""Everything once more before it is sent; the room is kept meanwhile (decisions 4 and 7)."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.models import Booking
from app.services import bookings, payments
from app.services.bookings.holding import MOST_RENEWALS
from app.services.correspondence import tell
from app.web.guest import draft
from app.web.guest.access import own_booking
from app.web.guest.door import Page, config, guest, house, now
from app.web.guest.payment import start_card_payment
from app.web.guest.priced import explain_booking, price_of_booking
from app.web.guest.trip import address


@guest.get("/review")
def review() -> Page:
    """Show what is about to be ordered, until when it is kept, and what ordering it means.

    Raises: HoldExpired when it is kept no more.
    """
    booking = draft.find_held()
    if booking is None:
        return redirect(url_for("guest.home"))
    if booking.ordered_at is not None:  # sent already: going back sends nothing again
        return redirect(url_for("guest.booking", reference=booking.reference))
    query = draft.held_trip_query()
    if request.args.to_dict() != query:
        return redirect(address("guest.review", query))
    bookings.refuse_lapsed(booking, now())
    priced = price_of_booking(booking, g.language)
    return render_template(
        "guest/review.html",
        told=tell(booking, now()),
        rooms=priced.rooms,
        explanation=explain_booking(booking, priced, g.language),
        trip_query=query,
        rooms_query={name: value for name, value in query.items() if name != "rooms"},
        is_renewable=booking.hold_renewals < MOST_RENEWALS,
        hold_minutes=config().hold_minutes,
        takes_cards=config().takes_cards and payments.amount_due(booking) is not None,
    )


@guest.post("/review")
def order() -> Page:
    """Send what the page showed: the booking named by the form, whatever another window did since."""
    booking = _shown_booking()
    if request.form.get("pay") == "card" and config().takes_cards:
        return start_card_payment(booking)
    bookings.order(
        house=house(),
        booking=booking,
        pays_by_card=False,
        link_minutes=config().link_minutes,
        most_per_contact=config().open_requests_per_contact,
        now=now(),
    )
    return redirect(url_for("guest.booking", reference=booking.reference))


@guest.post("/review/renew")
def renew() -> Response:
    """Keep the room as long again, once."""
    booking = _shown_booking()
    renewals = booking.hold_renewals
    bookings.renew_hold(booking=booking, hold_minutes=config().hold_minutes, now=now())
    if booking.hold_renewals == renewals:
        flash(
            _("The room is kept until the time shown here; this time cannot be prolonged again."), "warning"
        )
    return redirect(address("guest.review", draft.held_trip_query()))


def _shown_booking() -> Booking:
    reference = request.form.get("reference", "")
    if not reference:
        abort(400)
    return own_booking(reference)
