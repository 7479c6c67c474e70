"""Change the dates of a stay: ask, show the new sum and what it means, then do it at one button."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.database import session
from app.models import Booking, BookingStatus, Room
from app.services import bookings
from app.services.bookings import DatePlan, DatesRefused, Obstacle
from app.services.inventory import RoomNotAvailable
from app.services.sheets import Action, list_actions
from app.services.stay_cards import card_of
from app.web.desk.change_forms import DatesForm
from app.web.desk.door import (
    CONFLICT,
    UNPROCESSABLE,
    Page,
    actor,
    at_the_desk,
    booking_or_404,
    desk,
    house,
    now,
    today,
)
from pricing.money import Money
from pricing.quote import StayTooLong
from pricing.seasons import NoRateForNight
from pricing.stay import Stay

REFUSALS = (DatesRefused, RoomNotAvailable, NoRateForNight, StayTooLong)


@desk.get("/bookings/<reference>/dates")
@at_the_desk
def dates(reference: str) -> Page:
    """Ask for the dates, and show what those that were asked for would mean."""
    booking = _changeable(reference)
    form = DatesForm(request.args, obj=booking)
    if "arrival" not in request.args:
        return _page(booking, form)
    if not form.validate():
        return _page(booking, form), UNPROCESSABLE
    try:
        plan = bookings.plan_dates(
            house=house(), booking=booking, stay=_stay_of(form), today=today(), now=now()
        )
    except REFUSALS as refusal:
        form.refuse(refusal_words(refusal))
        return _page(booking, form), UNPROCESSABLE
    return _page(booking, form, plan)


@desk.post("/bookings/<reference>/dates")
@at_the_desk
def change_dates(reference: str) -> Page:
    """Give the stay the dates at the sum that was shown; any other sum is shown first."""
    booking = _changeable(reference)
    form = DatesForm(request.form)
    if not form.validate():
        return _page(booking, form), UNPROCESSABLE
    try:
        bookings.change_dates(
            house=house(),
            booking=booking,
            stay=_stay_of(form),
            agreed=_agreed(request.form, booking.currency),
            actor=actor(),
            today=today(),
            now=now(),
        )
    except REFUSALS as refusal:
        session.rollback()  # nothing half done is kept
        form.refuse(refusal_words(refusal))
        return _page(booking, form), CONFLICT
    flash(_("The stay has new dates, and its account follows."), "success")
    return redirect(url_for("desk.booking", reference=reference))


def refusal_words(refusal: Exception) -> str:
    """Say why a stay cannot have these dates, and what there is instead."""
    if isinstance(refusal, DatesRefused):
        return _obstacle_words()[refusal.obstacle]
    if isinstance(refusal, NoRateForNight):
        return _("The house has no prices yet for these dates.")
    if isinstance(refusal, StayTooLong):
        return _obstacle_words()[Obstacle.TOO_LONG]
    return _("These nights are not all free, in this room or in another of its kind. Nothing was changed.")


def _obstacle_words() -> dict[Obstacle, str]:
    return {
        Obstacle.SAME_DATES: _("These are the dates that the stay has already."),
        Obstacle.DAY_IS_OVER: _("This day is over. Choose today or a later day."),
        Obstacle.GUEST_IS_HERE: _("The guest is here already: only the departure can change."),
        Obstacle.TOO_LONG: _(
            "This stay is longer than the house books at once. Make two bookings, one after the other."
        ),
        Obstacle.PRICE_OF_PLATFORM: _("The platform made this price: change the dates there."),
        Obstacle.CARD_PAGE_OPEN: _(
            "A card payment for this stay is under way. Wait until it is done, an hour at most, and try again."
        ),
        Obstacle.CARD_CANNOT_GIVE_BACK: _(
            "The stay was paid by card and would cost less: money cannot go back to a card while the stay stands."
            " Cancel it, which gives the money back, and book again."
        ),
        Obstacle.PRICE_HAS_CHANGED: _("The price has changed in the meantime: look at the new sum first."),
    }


def _changeable(reference: str) -> Booking:
    booking = booking_or_404(reference)
    if Action.CHANGE_DATES not in list_actions(booking, today=today(), now=now()):
        raise bookings.TransitionRefused(booking, BookingStatus(booking.status))
    return booking


def _stay_of(form: DatesForm) -> Stay:
    assert form.arrival.data is not None  # the form has asked for both
    assert form.departure.data is not None
    return Stay(form.arrival.data, form.departure.data)


def _agreed(said: MultiDict[str, str], currency: str) -> Money | None:
    """Read back the sum that the page showed; a sum that nobody showed matches none."""
    minor = said.get("agreed_minor", -1, type=int)
    return None if said.get("agreed_minor") == "" else Money(minor, currency)


def _page(booking: Booking, form: DatesForm, plan: DatePlan | None = None) -> str:
    moved = [] if plan is None else _moved_to(booking, plan)
    return render_template("desk/dates.html", form=form, card=card_of(booking), plan=plan, moved=moved)


def _moved_to(booking: Booking, plan: DatePlan) -> list[str]:
    """Name the rooms that the stay would have instead of its own."""
    own = {room.room_id for room in booking.rooms}
    return [session.get_one(Room, room_id).name for room_id in plan.room_ids if room_id not in own]
