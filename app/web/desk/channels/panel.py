"""A feed in plain words: how it is doing, since when, what is in it, and what to give to its platform (R51)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import abort, g
from flask_babel import format_timedelta, ngettext
from flask_babel import gettext as _

from app.services import channels
from app.services.channels import SUSPICIONS, FeedCard, FeedState, Imported, ReadStay, fault_words
from app.web.desk.door import house, now
from app.web.desk.words import CHANNELS
from app.web.feeds import feed_address
from pricing.stay import Stay

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
    """What a template prints of a feed. `facts` of its calendar: a label and words; `served`: who has read ours."""

    id: int
    channel: str
    channel_name: str
    room_id: int
    room_name: str
    card_class: str
    sign: str
    words: str
    fault: str
    facts: tuple[tuple[str, str], ...]
    served: str
    address: str
    host: str
    is_read: bool
    is_paused: bool
    is_provisional: bool
    is_suspicious: bool
    entry_count: int

    @property
    def can_forget(self) -> bool:
        """Tell whether there is an address to take away, or a night that one has left behind."""
        return self.is_read or self.is_paused or self.entry_count > 0


@dataclass(frozen=True, slots=True)
class StayShown:
    """A stay or closure of a feed: its nights, the sign beside it, and what it is in words."""

    stay: Stay
    sign: str
    kind: str
    is_closure: bool


def card_or_404(feed_id: int) -> FeedCard:
    """Return a feed of this house; another house's is as unknown as none."""
    card = channels.find_feed_card(property_id=house().id, feed_id=feed_id, now=now())
    if card is None:
        abort(404)
    return card


def panel_of(card: FeedCard, now: datetime) -> FeedPanel:
    """Put a feed into the words of this request's language."""
    return FeedPanel(
        id=card.id,
        channel=card.channel,
        channel_name=str(CHANNELS[card.channel]),
        room_id=card.room_id,
        room_name=card.room_name,
        card_class=CARD_CLASSES.get(card.state, "is-stale"),
        sign="is-requested" if card.fault_code in SUSPICIONS else SIGNS[card.state],
        words=_state_words(card, now),
        fault=fault_words(card.fault_code, card.fault, g.language),
        facts=tuple(_facts(card, now)),
        served=_served_words(card, now),
        address=feed_address(card.public_id, card.token_version),
        host=card.host,
        is_read=card.state not in (FeedState.ONLY_SHOWN, FeedState.PAUSED),
        is_paused=card.state is FeedState.PAUSED,
        is_provisional=card.is_provisional,
        is_suspicious=card.fault_code in SUSPICIONS,
        entry_count=card.entry_count,
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


def show_stays(stays: Iterable[ReadStay]) -> tuple[StayShown, ...]:
    """Put what a feed lists into words: a guest, a closure, or what its platform does not tell."""
    words = {
        "reservation": ("is-confirmed", _("a guest")),
        "block": ("is-channel", _("a closure")),
        "unknown": ("is-requested", _("guest or closure?")),
    }
    return tuple(StayShown(stay.stay, *words[stay.kind], is_closure=stay.kind == "block") for stay in stays)


def ago(moment: datetime, now: datetime) -> str:
    """Say how long ago something was: "12 minutes ago", "il y a 12 minutes"."""
    return str(format_timedelta(min(moment - now, now - now), add_direction=True))


def _state_words(card: FeedCard, now: datetime) -> str:
    if card.state is FeedState.ONLY_SHOWN:
        return _("only shown, not read")
    if card.state is FeedState.PAUSED:
        return _("at rest: nobody reads it")
    if card.read_well_at is None:
        return _("never read well") if card.state is FeedState.BROKEN else _("not read yet")
    last = ago(card.read_well_at, now)
    if card.fault_code in SUSPICIONS:
        return _("waits for your word; last read well %(ago)s", ago=last)
    if card.state is FeedState.BROKEN:
        return _("cannot be read; last read well %(ago)s", ago=last)
    return _("read %(ago)s", ago=last)


def _facts(card: FeedCard, now: datetime) -> Iterator[tuple[str, str]]:
    """Tell what is known, in the order of the questions that somebody on duty has."""
    if card.state is not FeedState.ONLY_SHOWN or card.entry_count:
        yield _("In it"), _count_words(card)
    if card.read_well_at is not None and card.state is FeedState.PAUSED:
        yield _("Read well"), ago(card.read_well_at, now)
    if card.attempted_at is not None and card.attempted_at != card.read_well_at:
        yield _("Last tried"), ago(card.attempted_at, now)
    if card.changed_at is not None:
        yield _("Last change"), ago(card.changed_at, now)


def _count_words(card: FeedCard) -> str:
    counts = (
        (card.stay_count, ngettext("%(num)d stay", "%(num)d stays", card.stay_count)),
        (card.closure_count, ngettext("%(num)d closure", "%(num)d closures", card.closure_count)),
        (
            card.unknown_count,
            ngettext("%(num)d guest or closure?", "%(num)d guests or closures?", card.unknown_count),
        ),
    )
    return ", ".join(words for count, words in counts if count) or _("nothing")


def _served_words(card: FeedCard, now: datetime) -> str:
    channel = str(CHANNELS[card.channel])
    if card.is_overlooked:
        return _(
            "%(channel)s has never read it: look whether our address was pasted and saved there",
            channel=channel,
        )
    if card.served_at is None:
        return _("%(channel)s has not read it yet", channel=channel)
    return _("%(channel)s read it %(ago)s", channel=channel, ago=ago(card.served_at, now))
