"""Which claims without all their nights are in conflict, and which only repeat what is closed already.

* Stays of **one feed** that overlap are that channel's own affair: some list one stay three times.
* A **closure** (a stay of kind block) that meets a stay of another feed closes what is closed.
* An **aggregator** that lists just the nights of another feed's stay says the same thing twice.
* Whatever else meets on a night is a conflict, and so is a night that nobody has.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sqlalchemy import and_, or_, select

from app.database import session
from app.models import ChannelStay, Claim, Feed
from app.services.inventory.giving import Run, Wanting
from calendars.feed import Kind

# What the platform says where it says a guest, else what a person said, else what the platform says.
IS_CLOSURE = and_(
    ChannelStay.kind != Kind.RESERVATION,
    or_(
        ChannelStay.told_kind == Kind.BLOCK,
        and_(ChannelStay.told_kind == "", ChannelStay.kind == Kind.BLOCK),
    ),
)


@dataclass(frozen=True, slots=True)
class Side:
    """What decides whether a claim minds another: where it was read (None: it is ours), and what it is."""

    feed_id: int | None
    is_closure: bool
    is_aggregated: bool
    arrival: date
    departure: date

    def minds(self, other: Side) -> bool:
        """Tell whether two claims that want the same night are at odds."""
        if self.feed_id is None or other.feed_id is None:
            return True
        if self.feed_id == other.feed_id or self.is_closure or other.is_closure:
            return False
        has_same_nights = (self.arrival, self.departure) == (other.arrival, other.departure)
        return not (has_same_nights and (self.is_aggregated or other.is_aggregated))


def find_conflicts(lacking: Collection[Wanting], runs: Sequence[Run], sides: Mapping[int, Side]) -> set[int]:
    """Return the ids of the claims that miss a night to somebody they mind.

    `runs` are the nights of the room, ascending and without gaps. What is a feed's own is left out of them once for
    each feed, so that the work grows with its stays and not with their square.
    """
    found: set[int] = set()
    strange: dict[int | None, _Strange] = {}
    for claim in lacking:
        feed_id = sides[claim.id].feed_id
        if feed_id not in strange:
            strange[feed_id] = _Strange(runs, feed_id, sides)
        if strange[feed_id].is_at_odds(claim):
            found.add(claim.id)
    return found


class _Strange:
    """The nights of a room that somebody else has than the stays of one feed, or that nobody has."""

    def __init__(self, runs: Sequence[Run], feed_id: int | None, sides: Mapping[int, Side]) -> None:
        self._sides = sides
        self._runs = [
            run for run in runs if run.owner is None or feed_id is None or sides[run.owner].feed_id != feed_id
        ]
        self._starts = [run.start for run in self._runs]

    def is_at_odds(self, claim: Wanting) -> bool:
        side = self._sides[claim.id]
        first = max(bisect_right(self._starts, claim.arrival) - 1, 0)
        for run in islice(self._runs, first, None):
            if run.start >= claim.departure:
                return False
            if run.end <= claim.arrival or run.owner == claim.id:
                continue
            if run.owner is None or side.minds(self._sides[run.owner]):
                return True
        return False


def read_sides(*, property_id: int, room_id: int, first: date, end: date) -> dict[int, Side]:
    """Return what decides about each claim on the nights of a room, those that have lapsed too; one query."""
    rows = session.execute(
        select(
            Claim.id,
            Claim.arrival,
            Claim.departure,
            ChannelStay.feed_id,
            IS_CLOSURE,
            Feed.is_aggregator,
        )
        .outerjoin(ChannelStay, ChannelStay.claim_id == Claim.id)
        .outerjoin(Feed, Feed.id == ChannelStay.feed_id)
        .where(
            Claim.property_id == property_id,
            Claim.room_id == room_id,
            Claim.is_live,
            Claim.departure > first,
            Claim.arrival < end,
        )
    )
    return {
        claim_id: Side(feed_id, bool(is_closure), bool(is_aggregated), arrival, departure)
        for claim_id, arrival, departure, feed_id, is_closure, is_aggregated in rows
    }
