"""What stands on nights, in words that pages and letters share: channels, reasons, rows of nights, sides at odds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.models import ChannelName, ClaimKind
from app.services import reading_holds
from app.services.blocks import PREPARED
from app.services.conflicts import Party
from app.web.filters import date_short
from calendars.export import merge

CHANNELS: Mapping[str, str] = {
    ChannelName.AIRBNB: "Airbnb",
    ChannelName.BOOKING: "Booking.com",
    ChannelName.VRBO: "Abritel, Vrbo",
    ChannelName.GOOGLE: "Google",
    ChannelName.GITES: "Gîtes de France",
    ChannelName.OTHER: _l("another calendar"),
}

BLOCK_REASONS: Mapping[str, str] = {
    "repair": _l("repair"),
    "cleaning": _l("cleaning"),
    "house_use": _l("used by the house"),
    "other": _l("other"),
    PREPARED: _l("closed for a guest who moves in"),
    reading_holds.REASON: _l("until the platforms have read that a guest moved"),
}


def nights_words(nights: Iterable[date], language: str) -> str:
    """Say which nights: each night, or the first and the last of a row of them."""
    day = timedelta(days=1)
    rows = merge((night, night + day) for night in nights)
    return ", ".join(_row_words(first, end - day, language) for first, end in rows)


def side_words(party: Party) -> str:
    """Name one side of a conflict without naming a guest: by its channel, its reference, or its reason."""
    match party.kind:
        case ClaimKind.BOOKED_ROOM if party.reference:
            return _("booking no. %(reference)s", reference=party.reference)
        case ClaimKind.CHANNEL_STAY:
            return str(CHANNELS.get(party.channel, party.channel or _("another calendar")))
        case ClaimKind.BLOCK:
            return _("a block (%(reason)s)", reason=BLOCK_REASONS.get(party.reason, party.reason))
        case _:
            return _("a guest’s stay")


def _row_words(first: date, last: date, language: str) -> str:
    begin, finish = date_short(first, language), date_short(last, language)
    if first == last:
        return _("night of %(day)s", day=begin)
    return _("nights from %(first)s to %(last)s", first=begin, last=finish)
