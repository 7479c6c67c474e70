"""What stands around a feed: by it our own nights are recognised when a channel sends them back (R38)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from app.database import session
from app.models import ChannelStay, Claim, ClaimKind, Feed
from app.services.channels.readings import shown_of
from app.services.inventory.nights import not_lapsed
from app.services.inventory.rivals import IS_CLOSURE
from calendars.echoes import Other, Shown
from calendars.export import Range
from calendars.feed import Block, Kind

FINGERPRINT_CHARACTERS = 32


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the channel has read of us, who else wants nights of the room, and what a person said of some nights."""

    shown: tuple[Shown, ...]
    others: tuple[Other, ...]
    never_echoes: tuple[Range, ...]

    def fingerprint(self, rules: tuple[object, ...]) -> str:
        """Condense all of it, and the rules by which a body is read: under others the same body is read anew."""
        return hashlib.sha256(repr((self, rules)).encode()).hexdigest()[:FINGERPRINT_CHARACTERS]


def look_around(feed: Feed, *, today: date, now: datetime) -> Surroundings:
    """Return what stands around a feed at this moment; two queries."""
    return Surroundings(
        shown=shown_of(feed),
        others=tuple(_list_others(feed, today, now)),
        never_echoes=(*_ranges(feed.never_echoes), *_list_told_guests(feed, today)),
    )


def heard_before(feed: Feed) -> tuple[Range, ...]:
    """Return the nights that were echoes at the last reading."""
    return _ranges([start, end] for start, end, _ in feed.echoes)


def remember_echoes(feed: Feed, echoes: Iterable[Block]) -> None:
    """Write down which closures are echoes now; nothing where they are the same as before."""
    heard = [[block.start.isoformat(), block.end.isoformat(), block.kind.value] for block in echoes]
    if heard != feed.echoes:
        feed.echoes = heard


def _list_others(feed: Feed, today: date, now: datetime) -> Iterable[Other]:
    """Return the nights of the room that somebody else wants: guests, blocks, stays of other feeds."""
    rows = session.execute(
        select(Claim.arrival, Claim.departure, Claim.kind, ChannelStay.feed_id, IS_CLOSURE)
        .outerjoin(ChannelStay, ChannelStay.claim_id == Claim.id)
        .where(
            Claim.property_id == feed.property_id,
            Claim.room_id == feed.room_id,
            Claim.is_live,
            Claim.departure > today,
            not_lapsed(now),
            or_(ChannelStay.feed_id.is_(None), ChannelStay.feed_id != feed.id),
        )
        .order_by(Claim.arrival, Claim.id)
    )
    for arrival, departure, kind, feed_id, is_closure in rows:
        is_ours = feed_id is None
        is_stay = kind == ClaimKind.BOOKED_ROOM if is_ours else not is_closure
        yield Other(arrival, departure, is_stay=is_stay, is_ours=is_ours)


def _list_told_guests(feed: Feed, today: date) -> tuple[Range, ...]:
    """Return the nights that the desk called a guest's: no platform's silence makes an echo of them."""
    rows = session.execute(
        select(ChannelStay.arrival, ChannelStay.departure)
        .where(
            ChannelStay.feed_id == feed.id,
            ChannelStay.ended_at.is_(None),
            ChannelStay.told_kind == Kind.RESERVATION,
            ChannelStay.departure > today,
        )
        .order_by(ChannelStay.id)
    )
    return tuple((arrival, departure) for arrival, departure in rows)


def _ranges(written: Iterable[list[str]]) -> tuple[Range, ...]:
    return tuple((date.fromisoformat(start), date.fromisoformat(end)) for start, end in written)
