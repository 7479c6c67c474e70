"""The stay itself: the guest comes, leaves, or does not come."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.models import BookingStatus
from app.services import bookings, folios
from app.services.bookings import DebtNeedsReason, RoomOccupied
from app.services.stay_cards import card_of
from app.web.card_errands import follow_cards
from app.web.desk.door import (
    CONFLICT,
    UNPROCESSABLE,
    Page,
    actor,
    at_the_desk,
    booking_or_404,
    desk,
    now,
    today,
)
from app.web.desk.forms import ReasonForm


@desk.post("/bookings/<reference>/check-in")
@at_the_desk
def check_in(reference: str) -> Page:
    """Give the key, unless somebody else is still in the room."""
    booking = booking_or_404(reference)
    try:
        bookings.check_in(booking=booking, actor=actor(), today=today(), now=now())
    except RoomOccupied as occupied:
        other = booking_or_404(occupied.reference)
        return render_template("desk/occupied.html", card=card_of(booking), other=card_of(other)), CONFLICT
    flash(_("%(name)s is in the house.", name=booking.guest_name), "success")
    return redirect(url_for("desk.booking", reference=reference))


@desk.route("/bookings/<reference>/check-out", methods=["GET", "POST"])
@at_the_desk
def check_out(reference: str) -> Page:
    """Take the key back; an account that is not balanced needs a reason."""
    booking = booking_or_404(reference)
    if booking.status != BookingStatus.IN_HOUSE:
        raise bookings.TransitionRefused(booking, BookingStatus.CHECKED_OUT)
    form = ReasonForm(request.form)
    is_told = "reason" in request.form and form.validate()
    if request.method == "POST" and (is_told or "reason" not in request.form):
        try:
            bookings.check_out(
                booking=booking,
                actor=actor(),
                today=today(),
                now=now(),
                debt_reason=form.words if is_told else "",
            )
        except DebtNeedsReason:
            return redirect(url_for("desk.check_out", reference=reference))
        flash(_("%(name)s has left. The key is back.", name=booking.guest_name), "success")
        return redirect(url_for("desk.today"))
    page = render_template(
        "desk/check_out.html", form=form, card=card_of(booking), owes=folios.balance(booking).minor > 0
    )
    return page, UNPROCESSABLE if form.errors else 200


@desk.route("/bookings/<reference>/no-show", methods=["GET", "POST"])
@at_the_desk
def no_show(reference: str) -> Page:
    """Note that nobody came, after saying what that means."""
    booking = booking_or_404(reference)
    if booking.status != BookingStatus.CONFIRMED or booking.arrival >= today():
        raise bookings.TransitionRefused(booking, BookingStatus.NO_SHOW)
    if request.method == "POST":
        bookings.mark_no_show(booking=booking, actor=actor(), today=today(), now=now())
        follow_cards()
        flash(_("It is noted that nobody came. The remaining nights are free again."), "success")
        return redirect(url_for("desk.booking", reference=reference))
    return render_template("desk/no_show.html", card=card_of(booking))
