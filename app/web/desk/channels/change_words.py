"""What a feed did to the nights of a room, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import g
from flask_babel import gettext as _

from app.services.channels import RoomChange
from app.web.desk.words import CHANNELS
from app.web.filters import date_range

SIGNS = {"add": "is-confirmed", "move": "is-channel", "end": "is-cancelled", "echo": "is-channel"}


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """A line of a history: when, which platform, the sign and the words."""

    at: datetime
    channel_name: str
    sign: str
    words: str


def show_changes(changes: Iterable[RoomChange]) -> tuple[ChangeShown, ...]:
    """Put changes into the words of this request's language."""
    return tuple(
        ChangeShown(
            at=change.at,
            channel_name=str(CHANNELS.get(change.channel, change.channel)),
            sign=SIGNS.get(change.verb, "is-channel"),
            words=_words(change),
        )
        for change in changes
    )


def _words(change: RoomChange) -> str:
    old = date_range(change.old, g.language) if change.old else ""
    new = date_range(change.new, g.language) if change.new else ""
    if change.verb == "add":
        return _("new: %(nights)s", nights=new or old)
    if change.verb == "end":
        return _("gone: %(nights)s", nights=old or new)
    if change.verb == "echo":
        return _("our own nights on their way back: %(nights)s", nights=new or old)
    if change.verb == "change_room":
        return _("other room: %(nights)s", nights=new or old)
    return _("moved: %(old)s, now %(new)s", old=old, new=new)
