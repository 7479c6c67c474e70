"""Give a guest another room: the rooms that are free for the nights ahead, and one button."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.database import session
from app.models import BookedRoom, Booking, BookingStatus
from app.services import bookings
from app.services.bookings import RoomOccupied, RoomPromised, RoomUnfit
from app.services.inventory import RoomNotAvailable
from app.services.sheets import Action, list_actions, read_rooms
from app.services.stay_cards import card_of
from app.web.desk.change_forms import MoveForm
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


@desk.get("/bookings/<reference>/rooms/<int:position>/move")
@at_the_desk
def other_rooms(reference: str, position: int) -> Page:
    """Show the rooms that are free instead of the one that the booking has."""
    booking = _movable(reference)
    room = _room_or_404(booking, position)
    form = _form(room)
    form.is_promised.data = room.is_pinned
    return _page(booking, room, form)


@desk.post("/bookings/<reference>/rooms/<int:position>/move")
@at_the_desk
def move(reference: str, position: int) -> Page:
    """Give the room, unless somebody was faster."""
    booking = _movable(reference)
    room = _room_or_404(booking, position)
    form = _form(room)
    if not form.validate():
        return _page(booking, room, form), UNPROCESSABLE
    try:
        bookings.move(
            booking=booking,
            position=position,
            room_id=form.room.data,
            is_promised=form.is_promised.data,
            may_break_promise=form.may_break_promise.data,
            actor=actor(),
            today=today(),
            now=now(),
        )
    except RoomPromised:
        form.refuse_promise()
        return _page(booking, room, form), UNPROCESSABLE
    except (RoomNotAvailable, RoomUnfit, RoomOccupied) as refusal:
        session.rollback()  # nothing half done is kept, and the rooms are read as they are now
        form = _form(room)
        form.refuse_room(_refusal_words(refusal))
        return _page(booking, room, form), CONFLICT
    flash(_("The room is changed. The price stays as agreed."), "success")
    return redirect(url_for("desk.booking", reference=reference))


def _movable(reference: str) -> Booking:
    booking = booking_or_404(reference)
    if Action.MOVE not in list_actions(booking, today=today(), now=now()):
        raise bookings.TransitionRefused(booking, BookingStatus(booking.status))
    return booking


def _room_or_404(booking: Booking, position: int) -> BookedRoom:
    room = next((room for room in booking.rooms if room.position == position), None)
    if room is None:
        abort(404)
    return room


def _form(room: BookedRoom) -> MoveForm:
    rooms = bookings.list_other_rooms(room=room, today=today(), now=now())
    return MoveForm(request.form, rooms=rooms, language=g.language)


def _refusal_words(refusal: Exception) -> str:
    if isinstance(refusal, RoomOccupied):
        return _("Somebody has not left this room yet. Check them out first, or choose another room.")
    return _("This room has just been taken. Choose another one.")


def _page(booking: Booking, room: BookedRoom, form: MoveForm) -> str:
    return render_template(
        "desk/move.html",
        form=form,
        card=card_of(booking),
        room=next(each for each in read_rooms(booking) if each.position == room.position),
    )
