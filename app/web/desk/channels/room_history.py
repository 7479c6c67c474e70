"""The history of a room: every change that a feed made, with its nights and without anybody's name (R36)."""

from __future__ import annotations

from flask import abort, render_template, request

from app.services import channels
from app.web.desk.channels.change_words import show_changes
from app.web.desk.door import Page, at_the_desk, desk, house


@desk.get("/rooms/<int:room_id>/history")
@at_the_desk
def room_history(room_id: int) -> Page:
    """Show what feeds changed in a room, a page at a time."""
    before = max(0, request.args.get("before", 0, type=int))
    history = channels.find_room_history(property_id=house().id, room_id=room_id, older_than=before)
    if history is None:
        abort(404)
    return render_template(
        "desk/room_history.html", room_id=room_id, history=history, lines=show_changes(history.changes)
    )
