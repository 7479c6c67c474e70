"""Say in a letter which feeds are silent, since when, and why; a feed is named by room and platform alone."""

from __future__ import annotations

from flask_babel import gettext as _

from app.models import Property
from app.services import channels
from app.web.filters import instant
from app.web.night_words import CHANNELS


def list_silent_rows(house: Property, language: str) -> list[tuple[str, str]]:
    """Return a row for each silent feed as the letters print it: its name, and what is known."""
    return [
        (f"{feed.room_name} · {CHANNELS[feed.channel]}", _known(feed, house.timezone, language))
        for feed in channels.list_silent(house.id)
    ]


def _known(feed: channels.SilentFeed, timezone: str, language: str) -> str:
    since = (
        _("last read well on %(moment)s", moment=instant(feed.read_well_at, timezone, language))
        if feed.read_well_at
        else _("never read well yet")
    )
    fault = channels.fault_words(feed.fault_code, feed.fault, language)
    return f"{since}. {fault}" if fault else f"{since}."
