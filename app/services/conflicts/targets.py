"""Where one side of a conflict can go: rooms that are free, and that no platform would sell meanwhile.

A room that a platform sells as well is free only when that platform has read its nights as taken: it reads our
calendar every few minutes to every few hours, and would sell them until then. Same type first, then the order of the
house; what a room costs is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import and_, or_, select

from app.database import session
from app.models import Block, Feed, RoomNight
from app.services.availability import TypeCard, list_type_cards
from app.services.blocks import PREPARED
from app.services.conflicts.parties import Party
from app.services.inventory.nights import is_held
from pricing.stay import Stay


class Readiness(StrEnum):
    """Whether somebody can move in now, or what is to be done first."""

    READY = "ready"
    UNREAD = "unread"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Reader:
    """A platform that has not read yet that the nights are taken, and when it last read our calendar of this room."""

    channel: str
    served_at: datetime | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A block that keeps nights for whoever moves in."""

    block_id: int
    claim_id: int


@dataclass(frozen=True, slots=True)
class Target:
    """A room that could take one side for its nights ahead. `kept`: its nights are closed for that already."""

    room_id: int
    name: str
    type_names: Mapping[str, str]
    is_same_type: bool
    unread: tuple[Reader, ...] = ()
    kept: Kept | None = None

    @property
    def readiness(self) -> Readiness:
        """Tell whether somebody can move in now."""
        if not self.unread:
            return Readiness.READY
        return Readiness.WAITING if self.kept else Readiness.UNREAD


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a platform has read of one room."""

    reader: Reader
    nights: frozenset[date]


def list_targets(
    *, property_id: int, sides: Iterable[Party], today: date, now: datetime
) -> dict[int, tuple[Target, ...]]:
    """Return for each side, by its claim, the rooms that it can move to; four queries, however many sides."""
    wanted = {side.claim_id: (side, side.nights_ahead(today)) for side in sides if side.is_movable(today)}
    stays = [stay for _, stay in wanted.values() if stay is not None]
    if not stays:
        return {}
    types = list_type_cards(property_id)
    taken = _read_taken(property_id, stays, now)
    shown = _read_shown(property_id)
    return {
        claim_id: _targets(side, stay, types, taken, shown)
        for claim_id, (side, stay) in wanted.items()
        if stay is not None
    }


def _targets(
    side: Party,
    stay: Stay,
    types: Sequence[TypeCard],
    taken: Mapping[int, Mapping[date, Kept | None]],
    shown: Mapping[int, Sequence[_Shown]],
) -> tuple[Target, ...]:
    nights = frozenset(stay.nights)
    found = []
    for card in types:
        is_same_type = card.id == side.type_id
        if not is_same_type and side.sleepers is not None and not card.beds.hold(side.sleepers):
            continue
        for room_id, name in zip(card.room_ids, card.room_names, strict=True):
            owners = {night: taken[room_id][night] for night in nights if night in taken.get(room_id, {})}
            kept = _kept(owners, nights)
            if room_id == side.room_id or (owners and kept is None):
                continue
            unread = tuple(each.reader for each in shown.get(room_id, ()) if not nights <= each.nights)
            found.append(Target(room_id, name, card.names, is_same_type, unread, kept))
    return tuple(sorted(found, key=lambda target: not target.is_same_type))


def _kept(owners: Mapping[date, Kept | None], nights: frozenset[date]) -> Kept | None:
    """Return the block that keeps all the nights for a move, if one does."""
    kept = set(owners.values())
    return kept.pop() if len(kept) == 1 and owners.keys() == nights else None


def _read_taken(property_id: int, stays: Sequence[Stay], now: datetime) -> dict[int, dict[date, Kept | None]]:
    """Return the nights that somebody has, by room, and which of them are kept for a move; one query."""
    rows = session.execute(
        select(RoomNight.room_id, RoomNight.night, RoomNight.claim_id, Block.id)
        .outerjoin(Block, and_(Block.claim_id == RoomNight.claim_id, Block.reason == PREPARED))
        .where(
            RoomNight.property_id == property_id,
            RoomNight.night >= min(stay.arrival for stay in stays),
            RoomNight.night < max(stay.departure for stay in stays),
            is_held(now),
        )
    )
    taken: dict[int, dict[date, Kept | None]] = {}
    for room_id, night, claim_id, block_id in rows:
        taken.setdefault(room_id, {})[night] = Kept(block_id, claim_id) if block_id else None
    return taken


def _read_shown(property_id: int) -> dict[int, list[_Shown]]:
    """Return what the platforms that sell a room have read of it, by room; one query."""
    feeds = session.execute(
        select(Feed.room_id, Feed.channel, Feed.served_at, Feed.shown)
        .where(Feed.property_id == property_id, or_(Feed.served_at.is_not(None), Feed.sealed_url != ""))
        .order_by(Feed.id)
    )
    shown: dict[int, list[_Shown]] = {}
    for room_id, channel, served_at, ranges in feeds:
        shown.setdefault(room_id, []).append(_Shown(Reader(channel, served_at), _nights(ranges)))
    return shown


def _nights(ranges: Sequence[Sequence[str]]) -> frozenset[date]:
    """Return the nights of ranges [first night, day after, …] as a feed remembers them."""
    return frozenset(
        date.fromisoformat(first) + timedelta(days=number)
        for first, end, *_ in ranges
        for number in range((date.fromisoformat(end) - date.fromisoformat(first)).days)
    )
