"""One feed: how it is doing, and what can be done about it; its address, its rest, its end."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.models import ChannelName
from app.services import channels
from app.web.desk.channels.forms import AddressForm, PauseForm
from app.web.desk.channels.panel import FeedPanel, panel_of
from app.web.desk.channels.saving import may_change, read_at_once, save
from app.web.desk.door import UNPROCESSABLE, Page, actor, desk, house, now


@desk.get("/channels/<int:feed_id>", endpoint="feed")
@may_change
def show(feed_id: int) -> Page:
    """Show one feed with what can be done about it."""
    return _feed_page(_panel_or_404(feed_id), AddressForm(), PauseForm())


@desk.post("/channels/<int:feed_id>", endpoint="change_feed")
@may_change
def change(feed_id: int) -> Page:
    """Give a feed another address, and read it at once."""
    form = AddressForm(request.form)
    if form.validate():
        feed = channels.find_feed(house=house(), feed_id=feed_id)
        saved = save(feed.room_id, ChannelName(feed.channel), form.url)
        if saved is not None:
            read_at_once(saved)
            return redirect(url_for("desk.feed", feed_id=feed_id))
    return _feed_page(_panel_or_404(feed_id), form, PauseForm()), UNPROCESSABLE


@desk.post("/channels/<int:feed_id>/read", endpoint="read_feed")
@may_change
def read(feed_id: int) -> Page:
    """Read a feed now."""
    read_at_once(channels.find_feed(house=house(), feed_id=feed_id).id)
    return redirect(url_for("desk.channels"))


@desk.post("/channels/<int:feed_id>/gone", endpoint="confirm_feed")
@may_change
def confirm_gone(feed_id: int) -> Page:
    """Take somebody's word that what is missing in a feed is really gone (R29)."""
    read_at_once(channels.find_feed(house=house(), feed_id=feed_id).id, is_confirmed=True)
    return redirect(url_for("desk.feed", feed_id=feed_id))


@desk.post("/channels/<int:feed_id>/pause", endpoint="pause_feed")
@may_change
def pause(feed_id: int) -> Page:
    """Stop reading a feed; its nights stay closed or come free."""
    form = PauseForm(request.form)
    if not form.validate():
        return _feed_page(_panel_or_404(feed_id), AddressForm(), form), UNPROCESSABLE
    keeps = form.nights.data == "keep"
    channels.pause_feed(house=house(), feed_id=feed_id, keeps_nights=keeps, actor=actor(), now=now())
    flash(_("This calendar is not read any more, until you say so."), "success")
    return redirect(url_for("desk.feed", feed_id=feed_id))


@desk.post("/channels/<int:feed_id>/resume", endpoint="resume_feed")
@may_change
def resume(feed_id: int) -> Page:
    """Read a paused feed again."""
    read_at_once(channels.resume_feed(house=house(), feed_id=feed_id, actor=actor(), now=now()).id)
    return redirect(url_for("desk.feed", feed_id=feed_id))


@desk.post("/channels/<int:feed_id>/forget", endpoint="forget_feed")
@may_change
def forget(feed_id: int) -> Page:
    """Take the address of a feed away; what came from it lets go of its nights."""
    channels.remove_address(house=house(), feed_id=feed_id, actor=actor(), now=now())
    flash(_("This calendar is not read any more, and closes no night."), "success")
    return redirect(url_for("desk.feed", feed_id=feed_id))


@desk.post("/channels/<int:feed_id>/rotate", endpoint="rotate_feed")
@may_change
def rotate(feed_id: int) -> Page:
    """Give a feed another address of ours; the old one answers nobody any more (R41)."""
    channels.rotate_token(house=house(), feed_id=feed_id, actor=actor(), now=now())
    flash(_("This calendar has a new address. Give it to the platform: the old one has stopped."), "warning")
    return redirect(url_for("desk.feed", feed_id=feed_id))


def _feed_page(card: FeedPanel, address_form: AddressForm, pause_form: PauseForm) -> str:
    return render_template("desk/feed.html", card=card, address_form=address_form, pause_form=pause_form)


def _panel_or_404(feed_id: int) -> FeedPanel:
    cards = channels.list_feeds(property_id=house().id, now=now())
    card = next((card for card in cards if card.id == feed_id), None)
    if card is None:
        abort(404)
    return panel_of(card, now())
