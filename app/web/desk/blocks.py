"""Close a room for some nights and open it again; nights that a guest has stay theirs and show as a conflict."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.services import blocks, conflicts
from app.services.availability import list_type_cards
from app.services.blocks import BlockNotFound
from app.web.desk.door import UNPROCESSABLE, Page, actor, at_the_desk, desk, house, now, today
from app.web.desk.forms import BlockForm
from pricing.stay import Stay


@desk.route("/blocks", methods=["GET", "POST"], endpoint="blocks")
@at_the_desk
def show_blocks() -> Page:
    """List the rooms that are closed now or later, and close another."""
    form = BlockForm(
        request.form if request.method == "POST" else None,
        data={"room": request.args.get("room", type=int)},
        today=today(),
    )
    form.room.choices = {
        str(room_id): f"{name} ({card.name(g.language)})"
        for card in list_type_cards(house().id)
        for room_id, name in zip(card.room_ids, card.room_names, strict=True)
    }
    if request.method == "POST" and form.validate():
        return _block(form)
    page = render_template(
        "desk/blocks.html",
        form=form,
        blocks=blocks.list_blocks(property_id=house().id, today=today()),
        conflicts=conflicts.list_open(house().id),
    )
    return page, UNPROCESSABLE if form.errors else 200


@desk.post("/blocks/<int:block_id>/unblock")
@at_the_desk
def unblock(block_id: int) -> Page:
    """Open a room again."""
    try:
        blocks.unblock(house=house(), block_id=block_id, actor=actor(), now=now())
    except BlockNotFound:
        abort(404)
    flash(_("The room is open again."), "success")
    return redirect(url_for("desk.blocks"))


def _block(form: BlockForm) -> Page:
    if form.arrival.data is None or form.departure.data is None:
        abort(400)
    made = blocks.block(
        house=house(),
        room_id=form.room.data,
        stay=Stay(form.arrival.data, form.departure.data),
        reason=form.reason.data,
        note=form.note.data or "",
        actor=actor(),
        now=now(),
    )
    if blocks.is_in_conflict(made):
        flash(
            _("The room is closed for its free nights. A guest has the others: see the conflict below."),
            "warning",
        )
    else:
        flash(_("The room is closed."), "success")
    return redirect(url_for("desk.blocks"))
