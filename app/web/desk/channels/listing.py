"""Where reception sees its feeds: which are read, which are silent, and what to give to a platform."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.models import ChannelName, RoleName
from app.services import channels, inventory
from app.web.desk.channels.forms import NewFeedForm
from app.web.desk.channels.panel import panel_of
from app.web.desk.channels.saving import FEED_ROLES, may_change, read_at_once, save
from app.web.desk.door import UNPROCESSABLE, Page, at_the_desk, desk, house, now


@desk.get("/channels", endpoint="channels")
@at_the_desk
def list_feeds() -> Page:
    """Show every feed and how it is doing."""
    return _list_page(_new_form())


@desk.post("/channels", endpoint="new_feed")
@may_change
def add() -> Page:
    """Open a feed, and read it at once (R8)."""
    form = _new_form()
    if form.validate():
        saved = save(form.room.data, ChannelName(form.channel.data), form.url)
        if saved is not None:
            return _go_on(saved, is_read=bool(form.url.data))
    return _list_page(form), UNPROCESSABLE


def _go_on(feed_id: int, *, is_read: bool) -> Response:
    if not is_read:
        return redirect(url_for("desk.feed", feed_id=feed_id))
    read_at_once(feed_id)
    return redirect(url_for("desk.first_import", feed_id=feed_id))


def _new_form() -> NewFeedForm:
    form = NewFeedForm(request.form)
    form.room.choices = {str(room_id): name for room_id, name in channels.list_rooms(house().id)}
    return form


def _list_page(form: NewFeedForm) -> str:
    cards = [panel_of(card, now()) for card in channels.list_feeds(property_id=house().id, now=now())]
    return render_template(
        "desk/channels.html",
        rooms=[(name, list(of_room)) for name, of_room in groupby(cards, key=attrgetter("room_name"))],
        conflict_count=len(inventory.list_conflicts(house().id)),
        is_any_amiss=any(card.fault for card in cards),
        may_change=any(current_user.has_role(role) for role in FEED_ROLES),
        may_connect=current_user.has_role(RoleName.MANAGER),
        form=form,
    )
