"""What a platform's calendar says at this moment: kinds and days, never a word of it (R53)."""

from __future__ import annotations

from flask import g, render_template

from app.services import channels
from app.web.desk.channels.panel import card_or_404, panel_of, show_stays
from app.web.desk.channels.saving import feed_reader, may_change
from app.web.desk.door import Page, desk, house, now
from app.web.transactions import reads
from calendars.fetch import FetchError


@desk.post("/channels/<int:feed_id>/look")
@may_change
@reads
def preview_feed(feed_id: int) -> Page:
    """Ask the platform now and show what it says; nothing changes by looking."""
    card = card_or_404(feed_id)
    preview, fault = None, ""
    try:
        preview = channels.preview_lines(
            house=house(), feed_id=feed_id, fetch=feed_reader().fetch, now=now(), language=g.language
        )
        fault = channels.fault_words(preview.fault_code, "", g.language)
    except FetchError as refusal:
        fault = refusal.words(g.language)
    return render_template(
        "desk/feed_preview.html",
        card=panel_of(card, now()),
        fault=fault,
        stays=show_stays(preview.lines) if preview else (),
        more_count=preview.count - len(preview.lines) if preview else 0,
        warnings=preview.warnings if preview else (),
    )
