"""The first import of a feed (R8), shown to somebody who knows the room and can say whether its stays are right."""

from __future__ import annotations

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.services import channels
from app.web.desk.channels.forms import AnswerForm
from app.web.desk.channels.panel import card_or_404, panel_of, show_stays
from app.web.desk.channels.saving import may_change, read_at_once
from app.web.desk.door import UNPROCESSABLE, Page, actor, desk, house, now, today


@desk.get("/channels/<int:feed_id>/first")
@may_change
def first_import(feed_id: int) -> Page:
    """Show the first stays of a feed, and ask."""
    return _page(feed_id, AnswerForm())


@desk.post("/channels/<int:feed_id>/first")
@may_change
def answer_first_import(feed_id: int) -> Page:
    """Trust the feed, read its last days as nights and show it again, or let go of it."""
    form = AnswerForm(request.form)
    if not form.validate():
        return _page(feed_id, form), UNPROCESSABLE
    if form.answer.data == "inclusive":
        _count_last_nights(feed_id)
        return redirect(url_for("desk.first_import", feed_id=feed_id))
    if form.answer.data == "wrong":
        channels.remove_address(house=house(), feed_id=feed_id, keeps_nights=False, actor=actor(), now=now())
        flash(_("This calendar is not read any more, and closes no night."), "success")
        return redirect(url_for("desk.feed", feed_id=feed_id))
    channels.trust_feed(house=house(), feed_id=feed_id, actor=actor(), now=now())
    flash(_("Thank you. This calendar is trusted from now on."), "success")
    return redirect(url_for("desk.channels"))


def _count_last_nights(feed_id: int) -> None:
    """Take the last day of each entry for a night or, said a second time, for the day of departure again."""
    options = card_or_404(feed_id).options
    channels.change_options(
        house=house(),
        feed_id=feed_id,
        options=replace(options, is_end_inclusive=not options.is_end_inclusive),
        actor=actor(),
        now=now(),
    )
    read_at_once(feed_id)


def _page(feed_id: int, form: AnswerForm) -> str:
    card = card_or_404(feed_id)
    shown = channels.list_read_stays(property_id=house().id, feed_id=feed_id, today=today())
    return render_template(
        "desk/first_import.html",
        card=panel_of(card, now()),
        stays=show_stays(shown),
        more_count=max(0, card.entry_count - len(shown)),
        is_end_inclusive=card.options.is_end_inclusive,
        form=form,
    )
