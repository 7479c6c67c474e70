"""Answer a guest: confirm, decline, cancel, write again; each says what it does before it does it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.models import BookingStatus
from app.services import bookings
from app.services.bookings import cancellation_terms
from app.services.folios import has_payments
from app.services.stay_cards import card_of
from app.services.writing_again import NothingToWrite, write_again
from app.web.card_errands import follow_cards
from app.web.desk.door import UNPROCESSABLE, Page, actor, at_the_desk, booking_or_404, desk, house, now
from app.web.desk.forms import ReasonForm

CANCELLABLE = (BookingStatus.TENTATIVE, BookingStatus.REQUESTED, BookingStatus.CONFIRMED)


@desk.post("/bookings/<reference>/confirm")
@at_the_desk
def confirm(reference: str) -> Page:
    """Say yes to a request."""
    bookings.confirm(house=house(), booking=booking_or_404(reference), actor=actor(), now=now())
    follow_cards()
    flash(_("The stay is confirmed. The guest will have it in writing."), "success")
    return redirect(url_for("desk.booking", reference=reference))


@desk.route("/bookings/<reference>/decline", methods=["GET", "POST"])
@at_the_desk
def decline(reference: str) -> Page:
    """Say no to a request, with a reason for ourselves."""
    booking = booking_or_404(reference)
    if booking.status != BookingStatus.REQUESTED:
        raise bookings.TransitionRefused(booking, BookingStatus.DECLINED)
    form = ReasonForm(request.form)
    if request.method == "POST" and form.validate():
        bookings.decline(house=house(), booking=booking, actor=actor(), reason=form.words, now=now())
        follow_cards()
        flash(_("The request is declined and the room is free again."), "success")
        return redirect(url_for("desk.booking", reference=reference))
    return render_template("desk/decline.html", form=form, card=card_of(booking)), _status(form)


@desk.route("/bookings/<reference>/cancel", methods=["GET", "POST"])
@at_the_desk
def cancel(reference: str) -> Page:
    """Cancel a booking, after saying what that means."""
    booking = booking_or_404(reference)
    if booking.status not in CANCELLABLE:
        raise bookings.TransitionRefused(booking, BookingStatus.CANCELLED)
    form = ReasonForm(request.form)
    if request.method == "POST" and form.validate():
        bookings.cancel(house=house(), booking=booking, actor=actor(), reason=form.words, now=now())
        follow_cards()
        flash(_("The booking is cancelled and its nights are free again."), "success")
        return redirect(url_for("desk.booking", reference=reference))
    page = render_template(
        "desk/cancel.html",
        form=form,
        card=card_of(booking),
        terms=cancellation_terms(booking, now()),
        is_paid=has_payments(booking),
    )
    return page, _status(form)


@desk.post("/bookings/<reference>/write")
@at_the_desk
def write(reference: str) -> Page:
    """Send the guest the letter of the booking again, with a link that works."""
    try:
        write_again(house=house(), booking=booking_or_404(reference), actor=actor(), now=now())
    except NothingToWrite:
        flash(_("There is no e-mail address to write to."), "error")
    else:
        flash(_("The letter is on its way again."), "success")
    return redirect(url_for("desk.booking", reference=reference))


def _status(form: ReasonForm) -> int:
    return UNPROCESSABLE if form.errors else 200
