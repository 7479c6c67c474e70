"""What changes how a feed is kept: its options, its rest, its end, our address of it, what is a guest's after all."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from app.services import channels
from app.web.desk.channels.forms import EchoForm, NightsForm, OptionsForm, RotateForm
from app.web.desk.channels.one_feed import feed_page
from app.web.desk.channels.saving import may_change, read_at_once
from app.web.desk.door import UNPROCESSABLE, Page, actor, desk, house, now


@desk.post("/channels/<int:feed_id>/options", endpoint="feed_options")
@may_change
def options(feed_id: int) -> Page:
    """Read and serve a feed in another manner, and read it at once."""
    form = OptionsForm(request.form)
    channels.change_options(house=house(), feed_id=feed_id, options=form.options, actor=actor(), now=now())
    read_at_once(feed_id)
    return redirect(url_for("desk.feed", feed_id=feed_id))


@desk.post("/channels/<int:feed_id>/pause", endpoint="pause_feed")
@may_change
def pause(feed_id: int) -> Page:
    """Stop reading a feed; its nights stay closed or come free."""
    form = NightsForm(request.form, prefix="pause")
    if not form.validate():
        return feed_page(feed_id, pause_form=form), UNPROCESSABLE
    channels.pause_feed(
        house=house(), feed_id=feed_id, keeps_nights=form.keeps_nights, actor=actor(), now=now()
    )
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
    """Take the address of a feed away; the nights that came from it stay closed or come free (R53)."""
    form = NightsForm(request.form, prefix="forget")
    if not form.validate():
        return feed_page(feed_id, forget_form=form), UNPROCESSABLE
    channels.remove_address(
        house=house(), feed_id=feed_id, keeps_nights=form.keeps_nights, actor=actor(), now=now()
    )
    flash(
        _("This calendar is not read any more. Its nights stay closed until you free them here.")
        if form.keeps_nights
        else _("This calendar is not read any more, and closes no night."),
        "success",
    )
    return redirect(url_for("desk.feed", feed_id=feed_id))


@desk.post("/channels/<int:feed_id>/rotate", endpoint="rotate_feed")
@may_change
def rotate(feed_id: int) -> Page:
    """Give a feed another address of ours; the old one is answered as long as was chosen (R41)."""
    form = RotateForm(request.form)
    if not form.validate():
        return feed_page(feed_id, rotate_form=form), UNPROCESSABLE
    channels.rotate_token(
        house=house(),
        feed_id=feed_id,
        actor=actor(),
        now=now(),
        overlap=timedelta(days=form.overlap.data),
    )
    flash(_("This calendar has a new address: give it to the platform."), "warning")
    return redirect(url_for("desk.feed", feed_id=feed_id))


@desk.post("/channels/<int:feed_id>/guest", endpoint="deny_echo")
@may_change
def deny_echo(feed_id: int) -> Page:
    """Take somebody's word that nights which look like our own are a guest's, and read again."""
    stay = EchoForm(request.form).stay
    if stay is not None:
        channels.deny_echo(house=house(), feed_id=feed_id, stay=stay, actor=actor(), now=now())
        read_at_once(feed_id)
    return redirect(url_for("desk.feed", feed_id=feed_id))
