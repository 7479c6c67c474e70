"""Write down again who comes and how to reach them, when a guest calls."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.models import Booking, BookingStatus
from app.services import bookings
from app.services.sheets import Action, list_actions
from app.services.stay_cards import card_of
from app.web.desk.door import UNPROCESSABLE, Page, actor, at_the_desk, booking_or_404, desk, house, now, today
from app.web.desk.guest_form import ContactForm


@desk.route("/bookings/<reference>/contact", methods=["GET", "POST"])
@at_the_desk
def contact(reference: str) -> Page:
    """Show what is known, and write what was told."""
    booking = _reachable(reference)
    form = ContactForm(request.form, house=house(), booking=booking)
    if request.method == "POST" and form.validate():
        changed = bookings.change_contact(booking=booking, guest=form.details(), actor=actor(), now=now())
        flash(_saved_words(changed, booking), "success")
        return redirect(url_for("desk.booking", reference=reference))
    page = render_template("desk/contact.html", form=form, card=card_of(booking))
    return page, UNPROCESSABLE if form.errors else 200


def _reachable(reference: str) -> Booking:
    booking = booking_or_404(reference)
    if Action.CHANGE_CONTACT not in list_actions(booking, today=today(), now=now()):
        raise bookings.TransitionRefused(booking, BookingStatus(booking.status))
    return booking


def _saved_words(changed: tuple[str, ...], booking: Booking) -> str:
    if not changed:
        return _("Everything stays as it was.")
    if "guest_email" in changed and booking.guest_email:
        return _("It is written down. Links mailed before open nothing any more: send the letter again.")
    return _("It is written down.")
