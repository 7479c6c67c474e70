"""A stay that a platform told: a guest or a closure, completed, given another room, its sums corrected."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.database import session
from app.models import Booking, ChannelStay
from app.services import conflicts, folios, platform_stays
from app.services.bookings import RoomOccupied
from app.services.inventory import RoomNotAvailable
from app.services.platform_stays import StayIsComplete
from app.services.stay_cards import card_of
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
from app.web.desk.platform_forms import CompleteForm, MoneyForm, PlatformRoomForm, written
from app.web.desk.stays import check_in
from calendars.feed import Kind


@desk.get("/platform-stays/<int:stay_id>")
@at_the_desk
def platform_stay(stay_id: int) -> Page:
    """Show a stay as the platform tells it, with the form that completes it; a completed one has its sheet."""
    stay = _stay_or_404(stay_id)
    if stay.booking_id is not None:
        return _to_sheet(session.get_one(Booking, stay.booking_id).reference)
    return _page(stay, CompleteForm(house=house(), language=g.language))


@desk.post("/platform-stays/<int:stay_id>")
@at_the_desk
def complete_stay(stay_id: int) -> Page:
    """Complete a stay, and give the key in the same step where the guest stands at the counter."""
    stay = _stay_or_404(stay_id)
    form = CompleteForm(request.form, house=house())
    if stay.booking_id is None and not form.validate():
        return _page(stay, form), UNPROCESSABLE
    try:
        booking = platform_stays.complete(
            house=house(), stay_id=stay_id, completion=form.completion(), actor=actor(), now=now()
        )
    except StayIsComplete as done:
        flash(_("Somebody has completed this stay in the meantime: this is its sheet."), "error")
        return _to_sheet(done.reference)
    if "check_in" in request.form and booking.arrival <= today():
        return check_in(booking.reference)
    flash(_("The stay is complete."), "success")
    return _to_sheet(booking.reference)


@desk.post("/platform-stays/<int:stay_id>/kind")
@at_the_desk
def tell_kind(stay_id: int) -> Page:
    """Write down that it is a guest, or that it is a closure."""
    kind = request.form.get("kind")
    if kind not in (Kind.RESERVATION, Kind.BLOCK):
        abort(400)
    platform_stays.tell_kind(house=house(), stay_id=stay_id, kind=Kind(kind), actor=actor(), now=now())
    words = {
        Kind.RESERVATION: _("Noted: a guest comes."),
        Kind.BLOCK: _("Noted: nobody comes. The nights stay closed until the platform opens them."),
    }
    flash(words[Kind(kind)], "success")
    return redirect(url_for("desk.platform_stay", stay_id=stay_id))


@desk.route("/platform-stays/<int:stay_id>/move", methods=["GET", "POST"])
@at_the_desk
def move_platform_stay(stay_id: int) -> Page:
    """Give a stay another room that is free; at the next reading of the platform it stays there."""
    stay = _stay_or_404(stay_id)
    form = _room_form(stay)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.validate():
            try:
                platform_stays.move_to_room(
                    house=house(),
                    stay_id=stay_id,
                    room_id=form.room.data,
                    actor=actor(),
                    today=today(),
                    now=now(),
                )
            except (RoomNotAvailable, RoomOccupied):
                session.rollback()  # nothing half done is kept, and the rooms are read as they are now
                stay, status = _stay_or_404(stay_id), CONFLICT
                form = _room_form(stay)
                form.refuse_room()
            else:
                flash(_("The room is changed. Tell the platform nothing: it sells the same stay."), "success")
                return redirect(url_for("desk.platform_stay", stay_id=stay_id))
    page = render_template("desk/platform_stay_move.html", form=form, stay=platform_stays.card_of(stay))
    return page, status


@desk.route("/bookings/<reference>/platform", methods=["GET", "POST"])
@at_the_desk
def platform_money(reference: str) -> Page:
    """Show what the platform says of the money, and write it again; the account follows."""
    booking = booking_or_404(reference)
    terms = folios.terms_of(booking)
    if terms is None:
        abort(404)
    known = written(platform_stays.money_of(terms, booking.currency), g.language)
    form = MoneyForm(request.form if request.method == "POST" else known, house=house())
    if request.method == "POST" and form.validate():
        platform_stays.correct_money(booking=booking, money=form.money(), actor=actor(), now=now())
        flash(_("It is written down, and the account follows."), "success")
        return _to_sheet(reference)
    page = render_template("desk/platform_money.html", form=form, card=card_of(booking))
    return page, UNPROCESSABLE if form.errors else 200


def _stay_or_404(stay_id: int) -> ChannelStay:
    stay = platform_stays.find_stay(house().id, stay_id)
    if stay is None:
        abort(404)
    return stay


def _to_sheet(reference: str) -> Page:
    return redirect(url_for("desk.booking", reference=reference))


def _room_form(stay: ChannelStay) -> PlatformRoomForm:
    rooms = platform_stays.list_free_rooms(stay=stay, today=today(), now=now())
    return PlatformRoomForm(request.form, rooms=rooms)


def _page(stay: ChannelStay, form: CompleteForm) -> str:
    return render_template(
        "desk/platform_stay.html",
        stay=platform_stays.card_of(stay),
        says_itself=stay.kind == Kind.RESERVATION,
        is_due=stay.arrival <= today(),
        is_moved=stay.is_moved,
        is_at_odds=conflicts.is_open_for(property_id=house().id, claim_ids=(stay.claim_id,)),
        form=form,
    )
