"""A feed in plain words: how it is doing, since when, and what to give to its platform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import g
from flask_babel import format_timedelta, ngettext
from flask_babel import gettext as _

from app.services.channels import SUSPICIONS, FeedCard, FeedState, Imported, fault_words
from app.web.desk.words import CHANNELS
from app.web.feeds import feed_address

CARD_CLASSES = {FeedState.FRESH: "is-fresh", FeedState.BROKEN: "is-broken", FeedState.ONLY_SHOWN: ""}
SIGNS = {
    FeedState.ONLY_SHOWN: "is-channel",
    FeedState.PAUSED: "is-cancelled",
    FeedState.WAITING: "is-tentative",
    FeedState.FRESH: "is-confirmed",
    FeedState.STALE: "is-requested",
    FeedState.BROKEN: "is-conflict",
}


@dataclass(frozen=True, slots=True)
class FeedPanel:
    """What a template prints of a feed."""

    id: int
    channel_name: str
    room_name: str
    card_class: str
    sign: str
    words: str
    fault: str
    served: str
    address: str
    is_read: bool
    is_paused: bool
    is_suspicious: bool
    entry_count: int

    @property
    def can_forget(self) -> bool:
        """Tell whether there is an address to take away, or a night that one has left behind."""
        return self.is_read or self.is_paused or self.entry_count > 0


def panel_of(card: FeedCard, now: datetime) -> FeedPanel:
    """Put a feed into the words of this request's language."""
    return FeedPanel(
        id=card.id,
        channel_name=str(CHANNELS[card.channel]),
        room_name=card.room_name,
        card_class=CARD_CLASSES.get(card.state, "is-stale"),
        sign=SIGNS[card.state],
        words=_state_words(card, now),
        fault=fault_words(card.fault_code, card.fault, g.language),
        served=_served_words(card, now),
        address=feed_address(card.public_id, card.token_version),
        is_read=card.state not in (FeedState.ONLY_SHOWN, FeedState.PAUSED),
        is_paused=card.state is FeedState.PAUSED,
        is_suspicious=card.fault_code in SUSPICIONS,
        entry_count=card.stay_count + card.closure_count,
    )


def imported_words(done: Imported) -> str:
    """Say what one import did."""
    if done.verdict is None:
        return _("Nothing was read.")
    if not (done.added or done.moved or done.released):
        return _("The calendar was read: nothing new.")
    return _(
        "The calendar was read: %(added)d new, %(moved)d moved, %(released)d gone.",
        added=done.added,
        moved=done.moved,
        released=done.released,
    )


def ago(moment: datetime, now: datetime) -> str:
    """Say how long ago something was: "12 minutes ago", "il y a 12 minutes"."""
    return str(format_timedelta(min(moment - now, now - now), add_direction=True))


def _state_words(card: FeedCard, now: datetime) -> str:
    count = card.stay_count + card.closure_count
    stays = ngettext("%(num)d entry", "%(num)d entries", count)
    if card.state is FeedState.ONLY_SHOWN:
        return _("only shown, not read")
    if card.state is FeedState.PAUSED:
        return _("at rest: nobody reads it")
    if card.read_well_at is None:
        return _("never read well") if card.state is FeedState.BROKEN else _("not read yet")
    last = ago(card.read_well_at, now)
    if card.state is FeedState.BROKEN:
        return _("cannot be read; last read well %(ago)s", ago=last)
    return _("read %(ago)s, %(stays)s", ago=last, stays=stays)


def _served_words(card: FeedCard, now: datetime) -> str:
    channel = str(CHANNELS[card.channel])
    if card.served_at is None:
        return _("%(channel)s has not read it yet.", channel=channel)
    return _("%(channel)s read it %(ago)s.", channel=channel, ago=ago(card.served_at, now))
