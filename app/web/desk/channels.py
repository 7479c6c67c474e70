"""Where reception sees its feeds: which are read, which are silent, and what to give to a platform."""

from __future__ import annotations

import random
from datetime import timedelta

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms import StringField

from app.database import session
from app.gateways.feeds import FeedReader
from app.models import ChannelName, RoleName
from app.services import channels, inventory
from app.services.channels import FeedIsOurOwn, FeedIsRead, FeedUsedElsewhere, Rhythm
from app.web.desk.channel_forms import AddressForm, NewFeedForm, PauseForm
from app.web.desk.channel_words import FeedPanel, imported_words, panel_of
from app.web.desk.door import UNPROCESSABLE, Page, actor, at_the_desk, desk, house, now
from app.web.guards import staff
from calendars.fetch import FetchError
from config import Config

FEED_ROLES = (RoleName.MANAGER, RoleName.RECEPTION)
may_change = staff(*FEED_ROLES)


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
        saved = _save(form.room.data, ChannelName(form.channel.data), form.url)
        if saved is not None:
            _read_at_once(saved)
            return redirect(url_for("desk.channels"))
    return _list_page(form), UNPROCESSABLE


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
        saved = _save(feed.room_id, ChannelName(feed.channel), form.url)
        if saved is not None:
            _read_at_once(saved)
            return redirect(url_for("desk.feed", feed_id=feed_id))
    return _feed_page(_panel_or_404(feed_id), form, PauseForm()), UNPROCESSABLE


@desk.post("/channels/<int:feed_id>/read", endpoint="read_feed")
@may_change
def read(feed_id: int) -> Page:
    """Read a feed now."""
    _read_at_once(channels.find_feed(house=house(), feed_id=feed_id).id)
    return redirect(url_for("desk.channels"))


@desk.post("/channels/<int:feed_id>/gone", endpoint="confirm_feed")
@may_change
def confirm_gone(feed_id: int) -> Page:
    """Take somebody's word that what is missing in a feed is really gone (R29)."""
    _read_at_once(channels.find_feed(house=house(), feed_id=feed_id).id, is_confirmed=True)
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
    _read_at_once(channels.resume_feed(house=house(), feed_id=feed_id, actor=actor(), now=now()).id)
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


def _save(room_id: int, channel: ChannelName, field: StringField) -> int | None:
    """Save a feed and return its id; None, with a sentence beside the field, when its address will not do."""
    try:
        return channels.save_feed(
            house=house(),
            room_id=room_id,
            channel=channel,
            url=field.data or "",
            check_address=_reader().check,
            actor=actor(),
            now=now(),
            test_hosts=_config().feed_test_hosts,
        ).id
    except FetchError as refusal:
        words = refusal.words(g.language)
    except FeedIsOurOwn:
        words = _("This is a calendar of this very house: it would feed us our own nights.")
    except FeedIsRead:
        words = _(
            "A calendar is read here already. To take its address away, which frees its nights, choose “Adjust…” above."
        )
    except FeedUsedElsewhere as refusal:
        words = _(
            "This calendar is read for %(room)s already: one of the two is wrong.", room=refusal.room_name
        )
    session.rollback()
    field.errors = [words]
    return None


def _read_at_once(feed_id: int, *, is_confirmed: bool = False) -> None:
    config = _config()
    done = channels.import_feed(
        feed_id=feed_id,
        fetch=_reader().fetch,
        now=now(),
        rhythm=Rhythm(timedelta(minutes=config.feed_minutes), random.random),
        is_confirmed=is_confirmed,
    )
    if done.fault_code:
        flash(_("The calendar could not be read to the end; what it says stands beside it."), "error")
    elif done.verdict is not None:
        flash(imported_words(done), "success")
    if done.conflicts:
        flash(_("Some of its nights are taken already: look at the conflicts."), "warning")


def _reader() -> FeedReader:
    config = _config()
    contact = config.public_url or config.mail_from or house().email
    return FeedReader(contact=contact, test_hosts=config.feed_test_hosts)


def _config() -> Config:
    settings: Config = current_app.config["HOUSE"]
    return settings


def _new_form() -> NewFeedForm:
    form = NewFeedForm(request.form)
    form.room.choices = {str(room_id): name for room_id, name in channels.list_rooms(house().id)}
    return form


def _list_page(form: NewFeedForm) -> str:
    cards = channels.list_feeds(property_id=house().id, now=now())
    return render_template(
        "desk/channels.html",
        cards=[panel_of(card, now()) for card in cards],
        conflict_count=len(inventory.list_conflicts(house().id)),
        may_change=any(current_user.has_role(role) for role in FEED_ROLES),
        form=form,
    )


def _feed_page(card: FeedPanel, address_form: AddressForm, pause_form: PauseForm) -> str:
    return render_template("desk/feed.html", card=card, address_form=address_form, pause_form=pause_form)


def _panel_or_404(feed_id: int) -> FeedPanel:
    cards = channels.list_feeds(property_id=house().id, now=now())
    card = next((card for card in cards if card.id == feed_id), None)
    if card is None:
        abort(404)
    return panel_of(card, now())
