"""Find a guest another house when nobody here can move: which side goes, where, and the letter to print."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from app.services import conflicts
from app.services.bookings import find_by_reference
from app.services.conflicts import ConflictNotFound, Party, Relocation, SideStays
from app.services.folios import has_payments
from app.web.card_errands import follow_cards
from app.web.desk.conflicts.deciding import told_if_gone
from app.web.desk.conflicts.forms import OtherHouseForm
from app.web.desk.conflicts.panels import full_words
from app.web.desk.door import UNPROCESSABLE, Page, actor, at_the_desk, desk, house, now, today
from app.web.letters.composing import speaking
from app.web.night_words import CHANNELS
from pricing.stay import Stay


@desk.route(
    "/conflicts/<int:conflict_id>/elsewhere/<int:claim_id>", methods=["GET", "POST"], endpoint="elsewhere"
)
@at_the_desk
@told_if_gone
def elsewhere(conflict_id: int, claim_id: int) -> Page:
    """Ask where one side sleeps instead, after saying what that means; then end it here."""
    side = _relocatable(conflict_id, claim_id)
    form = OtherHouseForm(request.form if request.method == "POST" else None, data={"pays_difference": True})
    if request.method == "POST" and form.validate():
        return _relocate(conflict_id, claim_id, form)
    booking = find_by_reference(house().id, side.reference) if side.reference else None
    page = render_template(
        "desk/elsewhere.html",
        form=form,
        side=side,
        words=full_words(side),
        stay=Stay(side.arrival, side.departure),
        channel=CHANNELS.get(side.channel, side.channel),
        room_count=len(booking.rooms) if booking and not side.is_of_platform else 1,
        is_mailable=bool(booking and booking.guest_email),
        is_paid=bool(booking and not side.is_of_platform and has_payments(booking)),
    )
    return page, UNPROCESSABLE if form.errors else 200


@desk.get("/conflicts/<int:conflict_id>/letter", endpoint="elsewhere_letter")
@at_the_desk
def letter(conflict_id: int) -> Page:
    """Show the letter to a guest who sleeps in another house, ready to be printed, in their language."""
    try:
        told = conflicts.find_relocation(property_id=house().id, conflict_id=conflict_id)
    except ConflictNotFound:
        abort(404)
    language = request.args.get("in") or told.side.language
    if language not in house().languages:
        language = house().languages[0]
    booking = find_by_reference(house().id, told.side.reference) if told.side.reference else None
    return render_template(
        "desk/elsewhere_letter.html",
        letter=_written(told, language),
        letter_language=language,
        conflict_id=conflict_id,
        side=told.side,
        channel=CHANNELS.get(told.side.channel, told.side.channel),
        is_paid=bool(booking and not told.side.is_of_platform and has_payments(booking)),
    )


def _relocatable(conflict_id: int, claim_id: int) -> Party:
    card = conflicts.find_open(property_id=house().id, conflict_id=conflict_id)
    side = next((side for side in card.sides if side.claim_id == claim_id), None)
    if side is None:
        abort(404)
    if not side.is_relocatable(today()):
        raise SideStays(claim_id)
    return side


def _relocate(conflict_id: int, claim_id: int, form: OtherHouseForm) -> Page:
    to = form.other_house()
    cancelled = conflicts.relocate(
        house=house(),
        conflict_id=conflict_id,
        claim_id=claim_id,
        to=to,
        reason=_("sleeps at %(house)s", house=to.name),
        actor=actor(),
        today=today(),
        now=now(),
    )
    if cancelled is not None:
        follow_cards()
    return redirect(url_for("desk.elsewhere_letter", conflict_id=conflict_id))


def _written(told: Relocation, language: str) -> Markup:
    """Write the letter in a language, whatever the language of the page around it."""
    with speaking(house(), language):
        words = render_template(
            "desk/_elsewhere_words.html",
            told=told,
            side=told.side,
            to=told.house,
            stay=Stay(told.side.arrival, told.side.departure),
            channel=CHANNELS.get(told.side.channel, told.side.channel),
            day=told.decided_at.astimezone(ZoneInfo(house().timezone)).date(),
            house=house(),
        )
    return Markup(words)  # nosec B704: a template of ours, which has escaped what it was given
