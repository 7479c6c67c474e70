"""One feed: how it is doing and what it lists; read it, believe it, give it another address."""

from __future__ import annotations

from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from wtforms import Form

from app.models import ChannelName
from app.services import channels
from app.web.desk.channels.change_words import show_changes
from app.web.desk.channels.forms import AddressForm, NightsForm, OptionsForm, RotateForm
from app.web.desk.channels.panel import card_or_404, panel_of, show_stays
from app.web.desk.channels.reading_words import old_address_words, show_readings
from app.web.desk.channels.saving import may_change, read_at_once, save
from app.web.desk.door import UNPROCESSABLE, Page, desk, house, now, today

RECENT_CHANGES = 5
MOST_MISSING = 50


@desk.get("/channels/<int:feed_id>", endpoint="feed")
@may_change
def show(feed_id: int) -> Page:
    """Show one feed with what can be done about it."""
    return feed_page(feed_id)


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
            return redirect(url_for("desk.first_import", feed_id=feed_id))
    return feed_page(feed_id, address_form=form), UNPROCESSABLE


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


def feed_page(feed_id: int, **refused: Form) -> str:
    """Draw the page of a feed; a form that was refused stands in the place of the one that is usually there."""
    card = card_or_404(feed_id)
    ours = {"property_id": house().id, "feed_id": feed_id}
    missing = channels.list_read_stays(**ours, today=today(), is_missing=True, most=MOST_MISSING)
    forms = {**_forms(card.options), **refused}
    return render_template(
        "desk/feed.html",
        card=panel_of(card, now()),
        missing=show_stays(missing),
        echoes=card.echoes,
        changes=show_changes(channels.list_feed_changes(**ours, most=RECENT_CHANGES)),
        readings=show_readings(channels.list_readings(**ours)),
        old_address=old_address_words(card.old_token_until, now()),
        refused=set(refused),
        form=next(iter(refused.values()), None),
        **forms,
    )


def _forms(options: channels.FeedOptions) -> Mapping[str, Form]:
    return {
        "address_form": AddressForm(),
        "options_form": OptionsForm(obj=options),
        "pause_form": NightsForm(prefix="pause"),
        "forget_form": NightsForm(prefix="forget"),
        "rotate_form": RotateForm(),
    }
