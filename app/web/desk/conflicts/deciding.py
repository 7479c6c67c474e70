"""Settle a conflict from the list: another room in one step, a room closed for that first, or a reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from flask import abort, flash, g, redirect, request, url_for
from flask_babel import gettext as _

from app.database import session
from app.services import conflicts
from app.services.bookings import RoomOccupied, RoomPromised, RoomUnfit
from app.services.conflicts import ConflictGone, ConflictNotFound, RoomNotRead, SideStays
from app.services.inventory import RoomNotAvailable
from app.services.platform_stays import StayNotFound
from app.web.desk.conflicts.forms import OtherRoomForm, RoomForm, SettleForm
from app.web.desk.conflicts.listing import fresh_form, gone_words, list_page
from app.web.desk.conflicts.panels import Refused
from app.web.desk.door import CONFLICT, UNPROCESSABLE, Page, actor, at_the_desk, desk, house, now, today

View = Callable[..., Page]


def told_if_gone(view: View) -> View:
    """Answer with the list as it is now when somebody, or the clock, was faster."""

    @wraps(view)
    def decide(*args: int, **kwargs: int) -> Page:
        try:
            return view(*args, **kwargs)
        except ConflictNotFound:
            abort(404)
        except ConflictGone as gone:
            session.rollback()  # nothing half done is kept
            return list_page(said=gone_words(gone)), CONFLICT
        except (SideStays, StayNotFound):
            session.rollback()
            said = _("This stay has ended, or has begun, in the meantime. Here is what is left.")
            return list_page(said=said), CONFLICT

    return decide


@desk.post("/conflicts/<int:conflict_id>", endpoint="settle_conflict")
@at_the_desk
@told_if_gone
def keep(conflict_id: int) -> Page:
    """Leave both sides where they are, and note why."""
    form = SettleForm(request.form)
    if not form.validate():
        return list_page(refused=Refused(conflict_id, form)), UNPROCESSABLE
    conflicts.keep(
        property_id=house().id, conflict_id=conflict_id, note=form.note.data or "", actor=actor(), now=now()
    )
    flash(_("Noted. Thank you."), "success")
    return redirect(url_for("desk.conflicts"))


@desk.post("/conflicts/<int:conflict_id>/move/<int:claim_id>", endpoint="move_side")
@at_the_desk
@told_if_gone
def move(conflict_id: int, claim_id: int) -> Page:
    """Give one side another room, unless somebody was faster."""
    form = OtherRoomForm(request.form, language=g.language)
    if not form.validate():
        return _again(conflict_id, claim_id, form, UNPROCESSABLE)
    try:
        is_settled = conflicts.move_side(
            house=house(),
            conflict_id=conflict_id,
            claim_id=claim_id,
            room_id=form.room.data,
            may_break_promise=form.may_break_promise.data,
            actor=actor(),
            today=today(),
            now=now(),
        )
    except RoomPromised:
        session.rollback()  # nothing half done is kept, and the rooms are read as they are now
        form.refuse_promise()
        return _again(conflict_id, claim_id, form, UNPROCESSABLE)
    except (RoomNotAvailable, RoomNotRead, RoomUnfit, RoomOccupied) as refusal:
        session.rollback()
        form.refuse_room(_refusal_words(refusal))
        return _again(conflict_id, claim_id, form, CONFLICT)
    if is_settled:
        flash(
            _("The guest has another room, and the conflict is settled. The price stays as agreed."),
            "success",
        )
    else:
        flash(_("The guest has another room. Some of the nights are still wanted twice."), "warning")
    return redirect(url_for("desk.conflicts"))


@desk.post("/conflicts/<int:conflict_id>/prepare/<int:claim_id>", endpoint="prepare_room")
@at_the_desk
@told_if_gone
def prepare(conflict_id: int, claim_id: int) -> Page:
    """Close a room for one side, so that its platforms read it before somebody moves in."""
    form = RoomForm(request.form)
    if not form.validate():
        abort(400)
    try:
        conflicts.prepare(
            house=house(),
            conflict_id=conflict_id,
            claim_id=claim_id,
            room_id=form.room.data,
            actor=actor(),
            today=today(),
            now=now(),
        )
    except RoomNotAvailable:
        session.rollback()
        return list_page(said=_("This room has just been taken. Choose another one.")), CONFLICT
    flash(
        _("These nights are closed in that room. As soon as the platforms have read it, it is offered here."),
        "success",
    )
    return redirect(url_for("desk.conflicts"))


def _again(conflict_id: int, claim_id: int, form: OtherRoomForm, status: int) -> Page:
    """Show the list with the refused form where it stood, and the rooms that are free now in it."""
    card = conflicts.find_open(property_id=house().id, conflict_id=conflict_id)
    side = next((side for side in card.sides if side.claim_id == claim_id), None)
    if side is None:
        abort(404)
    form.room.choices = fresh_form(side).room.choices
    return list_page(refused=Refused(conflict_id, form, claim_id)), status


def _refusal_words(refusal: Exception) -> str:
    match refusal:
        case RoomOccupied():
            return _("Somebody has not left this room yet. Check them out first, or choose another room.")
        case RoomNotRead():
            return _(
                "A platform that sells this room has not read yet that these nights are taken: close them first."
            )
        case _:
            return _("This room has just been taken. Choose another one.")
