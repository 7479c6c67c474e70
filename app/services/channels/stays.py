"""The stays that were read from a feed, and their claims: remembered, moved, ended; all of one import at once.

A few questions and a few writes for any number of stays. What happened to which nights is written down for good,
and nothing about anybody (R36).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, insert, select, update

from app.database import session
from app.models import Booking, BookingStatus, ChannelStay, Claim, ClaimKind, Feed, FeedChange
from app.services import inventory, platform_stays
from app.services.channels.echoes import heard_before
from app.services.events import record
from app.services.inventory.nights import ROWS_AT_ONCE
from calendars.echoes import QUIET, is_late
from calendars.export import Range
from calendars.feed import Block, Kind
from calendars.reconcile import Changes, Held, KnownBlock, Moved
from pricing.stay import Stay

STILL_MATTERS = timedelta(days=2)
LONGEST_UID = 300
# So many stays are named in one question: engines take some ten thousands of parameters in one statement.
NAMED_AT_ONCE = 10_000
STAYS = cast(Table, ChannelStay.__table__)
CHANGES = cast(Table, FeedChange.__table__)


def list_known(feed: Feed, *, today: date) -> list[KnownBlock]:
    """Return the stays of a feed that are not over, or have just been, as the reconciling knows them; one query."""
    rows = session.execute(
        select(
            ChannelStay.id,
            ChannelStay.uid,
            ChannelStay.arrival,
            ChannelStay.departure,
            ChannelStay.kind,
            ChannelStay.missed_count,
            ChannelStay.missing_since,
            ChannelStay.first_seen_at,
        )
        .where(
            ChannelStay.feed_id == feed.id,
            ChannelStay.ended_at.is_(None),
            ChannelStay.departure >= today - STILL_MATTERS,
        )
        .order_by(ChannelStay.arrival, ChannelStay.id)
    )
    return [
        KnownBlock(stay_id, uid, arrival, departure, Kind(kind), missed_count, missing_since, first_seen_at)
        for stay_id, uid, arrival, departure, kind, missed_count, missing_since, first_seen_at in rows
    ]


def carry_out(feed: Feed, changes: Changes, *, today: date, now: datetime) -> int:
    """Do what the reconciling decided, and return how many stays were let go of; no commit.

    A completed stay whose guest is in the house keeps its nights, whatever its platform says.
    """
    _note_missing(changes.held)
    _note_found(changes)
    return _Import(feed, now, heard_before(feed), today).carry_out(
        ended=[item.id for item in changes.released],
        echoes=[item.id for item in changes.reclassified],
        moved=changes.moved,
        added=changes.added,
    )


def end_all(feed: Feed, *, now: datetime) -> None:
    """Let go of the stays of a feed that nobody reads any more; no commit.

    Those that the desk has completed are bookings of the house by now, and stay, unless they have ended here.
    """
    of_feed = select(ChannelStay.id).where(ChannelStay.feed_id == feed.id, ChannelStay.ended_at.is_(None))
    open_ones = session.scalars(
        of_feed.where(ChannelStay.booking_id.is_(None))
        .order_by(ChannelStay.id)
        .with_for_update()  # who completes one of them at this moment comes first, and keeps it
    ).all()
    standing = (BookingStatus.CONFIRMED, BookingStatus.IN_HOUSE)
    given_up = session.scalars(
        of_feed.join(Booking, Booking.id == ChannelStay.booking_id).where(Booking.status.not_in(standing))
    ).all()
    _Import(feed, now).carry_out(ended=sorted([*open_ones, *given_up]))


def weigh_all(feed: Feed, *, now: datetime) -> None:
    """Look anew at who is in conflict with a feed that is read in another manner now; no commit."""
    live = (
        select(Claim)
        .join(ChannelStay, ChannelStay.claim_id == Claim.id)
        .where(ChannelStay.feed_id == feed.id, ChannelStay.ended_at.is_(None), Claim.is_live)
    )
    rooms = {claim.room_id for claim in session.scalars(live)}
    with inventory.rearranging(property_id=feed.property_id, room_ids=rooms, now=now) as changes:
        changes.weigh(session.scalars(live.execution_options(populate_existing=True)))


@dataclass(frozen=True, slots=True)
class _Import:
    """One feed at one moment, and what becomes of its stays; gathers what is written down of it."""

    feed: Feed
    now: datetime
    were_echoes: tuple[Range, ...] = ()
    today: date = date.min
    story: list[dict[str, Any]] = field(default_factory=list)

    def carry_out(
        self,
        *,
        ended: Collection[Any] = (),
        echoes: Collection[Any] = (),
        moved: Sequence[Moved] = (),
        added: Sequence[Block] = (),
    ) -> int:
        """End, move and add stays, rearrange their rooms once, and write down what happened."""
        echoed = frozenset(echoes)
        stays = _lock_stays([*ended, *echoes, *map(_id_of, moved)])
        gone = {
            stay_id: stays[stay_id]
            for stay_id in (*ended, *echoes)
            if platform_stays.follow_end(stays[stay_id], now=self.now)
        }
        claims = _read_claims([stay.claim_id for stay in stays.values()])
        rooms = {claim.room_id for claim in claims.values()} | ({self.feed.room_id} if added else set())
        if not rooms:
            return 0
        with inventory.rearranging(
            property_id=self.feed.property_id, room_ids=rooms, now=self.now
        ) as changes:
            changes.end([self._end(stay, claims, is_echo=stay.id in echoed) for stay in gone.values()])
            changes.move([self._move(stays[_id_of(item)], claims, item) for item in moved])
            self._add(changes, added)
        for item in moved:
            platform_stays.follow_move(stays[_id_of(item)], now=self.now)
        self._write_story()
        return len(gone)

    def _end(self, stay: ChannelStay, claims: dict[int, Claim], *, is_echo: bool) -> Claim:
        claim = claims[stay.claim_id or 0]
        stay.ended_at = self.now
        self._tell("echo" if is_echo else "end", stay.id, claim.room_id, old=stay)
        return claim

    def _move(self, stay: ChannelStay, claims: dict[int, Claim], moved: Moved) -> tuple[Claim, Stay]:
        """Give a stay the nights and the kind that the feed gives it now, in the room where the desk has put it."""
        claim = claims[stay.claim_id or 0]
        block, start = moved.block, moved.block.start
        if stay.arrival < claim.arrival < block.end:  # the first nights were slept in another room
            start = max(block.start, claim.arrival)
        if (stay.arrival, stay.departure) != (block.start, block.end):
            self._tell("move", stay.id, claim.room_id, old=stay, new=block)
        stay.kind, stay.arrival, stay.departure = block.kind.value, block.start, block.end
        stay.uid, stay.missed_count, stay.missing_since = block.uid[:LONGEST_UID], 0, None
        is_known_guest = stay.booking_id is not None or stay.told_kind == Kind.RESERVATION
        if moved.is_only_closed_now and not is_known_guest:
            stay.quiet_until = self.now + QUIET
        elif moved.is_quiet_no_more:
            stay.quiet_until = None
        return claim, Stay(start, block.end)

    def _add(self, changes: inventory.Rearrangement, blocks: Sequence[Block]) -> None:
        """Remember the stays that are new in the feed, each with its claim."""
        if not blocks:
            return
        feed = self.feed
        claim_ids = changes.add(
            room_id=feed.room_id,
            kind=ClaimKind.CHANNEL_STAY,
            stays=[Stay(block.start, block.end) for block in blocks],
        )
        same = {"property_id": feed.property_id, "feed_id": feed.id, "first_seen_at": self.now}
        for start in range(0, len(blocks), ROWS_AT_ONCE):
            block_of = dict(zip(claim_ids[start:], blocks[start : start + ROWS_AT_ONCE], strict=False))
            rows = [
                {
                    **same,
                    "claim_id": claim_id,
                    "uid": block.uid[:LONGEST_UID],
                    "kind": block.kind.value,
                    "arrival": block.start,
                    "departure": block.end,
                    "quiet_until": self.now + QUIET if is_late(block, self.were_echoes, self.today) else None,
                }
                for claim_id, block in block_of.items()
            ]
            inserting = insert(STAYS).returning(STAYS.c.id, STAYS.c.claim_id)
            for stay_id, claim_id in session.execute(inserting, rows):
                self._tell("add", stay_id, feed.room_id, new=block_of[claim_id])

    def _tell(
        self,
        verb: str,
        stay_id: int,
        room_id: int,
        *,
        old: ChannelStay | None = None,
        new: Block | None = None,
    ) -> None:
        self.story.append(
            {
                "property_id": self.feed.property_id,
                "feed_id": self.feed.id,
                "room_id": room_id,
                "channel_stay_id": stay_id,
                "at": self.now,
                "verb": verb,
                "old_arrival": old and old.arrival,
                "old_departure": old and old.departure,
                "new_arrival": new and new.start,
                "new_departure": new and new.end,
            }
        )

    def _write_story(self) -> None:
        if not self.story:
            return
        for start in range(0, len(self.story), ROWS_AT_ONCE):
            session.execute(insert(CHANGES), self.story[start : start + ROWS_AT_ONCE])
        record(
            property_id=self.feed.property_id,
            actor=f"channel:{self.feed.channel}",
            verb="import",
            noun="feed",
            noun_id=self.feed.id,
            field_names=["nights"],
            now=self.now,
        )


def _id_of(moved: Moved) -> int:
    return cast(int, moved.known.id)  # our own id, given back untouched


def _note_missing(held: Iterable[Held]) -> None:
    """Count the readings that lack a stay; writes nothing where the count stays the same."""
    rows = [
        {"id": item.known.id, "missed_count": item.missed_count, "missing_since": item.missing_since}
        for item in held
        if (item.missed_count, item.missing_since) != (item.known.missed_count, item.known.missing_since)
    ]
    if rows:
        session.execute(update(ChannelStay), rows)


def _note_found(changes: Changes) -> None:
    """Note that stays are in their feed again; writes nothing when they never were missing (R26)."""
    rows = [
        {"id": item.id, "missed_count": 0, "missing_since": None}
        for item in changes.unchanged
        if item.missed_count
    ]
    if rows:
        session.execute(update(ChannelStay), rows)


def _lock_stays(stay_ids: Sequence[int]) -> dict[int, ChannelStay]:
    """Return stays locked until the commit: the desk may be completing one, or giving it another room.

    Their bookings are locked before them, and their rooms after, as the desk does it.
    """
    if not stay_ids:
        return {}
    platform_stays.lock_bookings(_find_stays(stay_ids))
    return {stay.id: stay for stay in _find_stays(stay_ids, is_locking=True)}


def _find_stays(stay_ids: Sequence[int], *, is_locking: bool = False) -> list[ChannelStay]:
    found: list[ChannelStay] = []
    for start in range(0, len(stay_ids), NAMED_AT_ONCE):
        chosen = select(ChannelStay).where(ChannelStay.id.in_(stay_ids[start : start + NAMED_AT_ONCE]))
        if is_locking:
            chosen = chosen.order_by(ChannelStay.id).with_for_update()
        found += session.scalars(chosen.execution_options(populate_existing=is_locking))
    return found


def _read_claims(claim_ids: Sequence[int | None]) -> dict[int, Claim]:
    found: dict[int, Claim] = {}
    for start in range(0, len(claim_ids), NAMED_AT_ONCE):
        named = claim_ids[start : start + NAMED_AT_ONCE]
        for claim in session.scalars(
            select(Claim).where(Claim.id.in_(named)).execution_options(populate_existing=True)
        ):
            found[claim.id] = claim
    return found
