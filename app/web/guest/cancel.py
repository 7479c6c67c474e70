"""Cancelling: a page that says exactly what it costs, then one button (UX-11)."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.models import BookingStatus
from app.services import bookings
from app.services.correspondence import tell
from app.web.card_errands import follow_cards
from app.web.guest.access import own_booking
from app.web.guest.door import Page, guest, house, now
from pricing.money import Money

CANCELLABLE = (BookingStatus.TENTATIVE, BookingStatus.REQUESTED, BookingStatus.CONFIRMED)


@guest.route("/bookings/<reference>/cancel", methods=["GET", "POST"])
def cancel(reference: str) -> Page:
    """Say what cancelling costs now, then cancel for exactly that; a booking that is over goes back to its page."""
    booking = own_booking(reference)
    back = url_for("guest.booking", reference=reference)
    if booking.status not in CANCELLABLE or bookings.is_lapsed(booking, now()):
        return redirect(back)
    terms, told = bookings.cancellation_terms(booking, now()), tell(booking, now())
    if request.method == "POST" and request.form.get("fee") == str(terms.fee.minor):
        bookings.cancel(house=house(), booking=booking, actor="guest", reason="", now=now())
        follow_cards()
        return redirect(back)
    if request.method == "POST":
        flash(_("What cancelling costs has changed while this page was open. Please look again."), "warning")
    given_back = told.account.paid - terms.fee
    nothing = Money.zero(booking.currency)
    return render_template(
        "guest/cancel.html", told=told, terms=terms, given_back=max(given_back, nothing), back_url=back
    )
