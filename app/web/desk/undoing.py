"""Take a step back that was a mistake: a check-in, a check-out, a no-show, a cancellation."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.database import session
from app.models import Booking, BookingStatus, RoleName
from app.services import bookings
from app.services.bookings import MoneyUnderWay, RoomOccupied
from app.services.inventory import RoomNotAvailable
from app.services.stay_cards import card_of
from app.web.card_errands import follow_cards
from app.web.desk.door import CONFLICT, Page, actor, at_the_desk, booking_or_404, desk, house, now, today
from app.web.guards import staff


@desk.post("/bookings/<reference>/undo-check-in")
@at_the_desk
def undo_check_in(reference: str) -> Page:
    """Take back a check-in of today."""
    bookings.undo_check_in(booking=booking_or_404(reference), actor=actor(), today=today(), now=now())
    flash(_("The check-in is taken back."), "success")
    return redirect(url_for("desk.booking", reference=reference))


@desk.post("/bookings/<reference>/undo-check-out")
@staff(RoleName.MANAGER)
def undo_check_out(reference: str) -> Page:
    """Take back a check-out of today, if the room is still theirs to have (spec 6.1: a manager's)."""
    booking = booking_or_404(reference)
    try:
        bookings.undo_check_out(booking=booking, actor=actor(), today=today(), now=now())
    except (RoomNotAvailable, RoomOccupied):
        session.rollback()  # nothing half done is kept
        flash(_("The room has been given to somebody else in the meantime. Make a new booking."), "error")
    else:
        flash(_("The check-out is taken back: %(name)s is in the house.", name=booking.guest_name), "success")
    return redirect(url_for("desk.booking", reference=reference))


@desk.get("/bookings/<reference>/reinstate")
@at_the_desk
def reinstate(reference: str) -> Page:
    """Say what it means that a booking stands again."""
    return _page(_reinstatable(reference))


@desk.post("/bookings/<reference>/reinstate")
@at_the_desk
def reinstate_now(reference: str) -> Page:
    """Let a booking stand again, if its nights are still free."""
    booking = _reinstatable(reference)
    try:
        bookings.reinstate(house=house(), booking=booking, actor=actor(), today=today(), now=now())
    except (RoomNotAvailable, MoneyUnderWay) as refusal:
        session.rollback()  # nothing half done is kept
        return _page(booking, _refusal_words(refusal)), CONFLICT
    follow_cards()
    flash(_("The booking stands again."), "success")
    return redirect(url_for("desk.booking", reference=reference))


def _reinstatable(reference: str) -> Booking:
    booking = booking_or_404(reference)
    if not bookings.is_reinstatable(booking, today()):
        raise bookings.TransitionRefused(booking, BookingStatus.CONFIRMED)
    return booking


def _refusal_words(refusal: Exception) -> str:
    if isinstance(refusal, MoneyUnderWay):
        return _("Money is on its way back to a card. Wait a few minutes until it is done, and try again.")
    return _("The nights have been sold in the meantime. Make a new booking, on what is free.")


def _page(booking: Booking, refusal: str = "") -> str:
    return render_template("desk/reinstate.html", card=card_of(booking), refusal=refusal)
