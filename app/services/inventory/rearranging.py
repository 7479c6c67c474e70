"""Rearrange rooms in one step, be it one claim or the ten thousand of a feed: end, move, add, then settle once.

The number of questions to the database does not grow with the number of claims; rows are written by the thousand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import cast

from sqlalchemy import Row, Table, insert, select

from app.database import session
from app.models import Claim, ClaimKind
from app.services.inventory.conflicts import open_and_close
from app.services.inventory.giving import give_to_oldest, list_nights
from app.services.inventory.nights import (
    ROWS_AT_ONCE,
    Wish,
    delete_nights,
    delete_nights_beyond,
    insert_free,
    list_wanting,
    lock_rooms,
    not_lapsed,
)
from pricing.stay import Stay

CLAIMS = cast(Table, Claim.__table__)


class Rearrangement:
    """What changes in some rooms, whose lock the caller has: gathered first, settled once.

    Nights that a claim gives up come free at once, so that a booked room may take them; `settle` gives every night
    that is left to the oldest live claim that wants it, then opens and closes the conflicts of all it touched.
    """

    def __init__(self, property_id: int, now: datetime) -> None:
        """Begin with nothing changed."""
        self._property_id = property_id
        self._now = now
        self._touched: defaultdict[int, list[Stay]] = defaultdict(list)
        self._wanted: set[int] = set()
        self._ended: set[int] = set()
        self._moved: set[int] = set()

    def end(self, claims: Iterable[Claim]) -> None:
        """End claims: they want nothing any more, and let go of what they have."""
        ended = list(claims)
        for claim in ended:
            claim.is_live = False
            self._touched[claim.room_id].append(Stay(claim.arrival, claim.departure))
            self._ended.add(claim.id)
        session.flush()
        delete_nights([claim.id for claim in ended])

    def move(self, moves: Iterable[tuple[Claim, Stay]]) -> None:
        """Give claims other dates: they let go of the nights they no longer want, and get what is free of the new."""
        changed = list(moves)
        for claim, stay in changed:
            self._touched[claim.room_id] += [Stay(claim.arrival, claim.departure), stay]
            self._wanted.add(claim.room_id)
            self._moved.add(claim.id)
            claim.arrival, claim.departure = stay.arrival, stay.departure
        session.flush()
        delete_nights_beyond((claim.id, stay) for claim, stay in changed)

    def weigh(self, claims: Iterable[Claim]) -> None:
        """Look anew at who is in conflict with claims that stay as they are; what a person settled stays settled."""
        for claim in claims:
            self._touched[claim.room_id].append(Stay(claim.arrival, claim.departure))

    def leave(self, claim: Claim, wish: Wish) -> None:
        """Let a claim leave its room for another, whose nights the caller takes for it."""
        self._touched[claim.room_id].append(Stay(claim.arrival, claim.departure))
        self._touched[wish.room_id].append(wish.stay)
        self._moved.add(claim.id)
        delete_nights([claim.id])
        claim.room_id, claim.arrival, claim.departure = wish.room_id, wish.stay.arrival, wish.stay.departure
        session.flush()

    def add(self, *, room_id: int, kind: ClaimKind, stays: Sequence[Stay]) -> list[int]:
        """Add a claim for each stay, and return their ids in the order of the stays."""
        self._touched[room_id] += stays
        self._wanted.add(room_id)
        ids: defaultdict[Stay, list[int]] = defaultdict(list)
        for start in range(0, len(stays), ROWS_AT_ONCE):
            for claim_id, arrival, departure in self._insert(
                room_id, kind, stays[start : start + ROWS_AT_ONCE]
            ):
                ids[Stay(arrival, departure)].append(claim_id)
        # An engine tells ids in whatever order; claims to the same nights differ in nothing else.
        in_order = {stay: iter(sorted(found)) for stay, found in ids.items()}
        return [next(in_order[stay]) for stay in stays]

    def _insert(self, room_id: int, kind: ClaimKind, stays: Sequence[Stay]) -> Iterable[Row[int, date, date]]:
        same = {
            "property_id": self._property_id,
            "room_id": room_id,
            "kind": kind,
            "is_live": True,
            "lapses_at": None,
            "created_at": self._now,
        }
        rows = [{**same, "arrival": stay.arrival, "departure": stay.departure} for stay in stays]
        inserting = insert(CLAIMS).returning(CLAIMS.c.id, CLAIMS.c.arrival, CLAIMS.c.departure)
        return session.execute(inserting, rows)

    def settle(self) -> None:
        """Give out the nights of every room that was touched, and say who is in conflict now."""
        for room_id in sorted(self._wanted):
            self._end_lapsed(room_id)
        for room_id in sorted(self._touched):
            nights = list_nights(self._touched[room_id])
            claims = list_wanting(
                property_id=self._property_id, room_id=room_id, nights=nights, now=self._now
            )
            insert_free(self._property_id, room_id, give_to_oldest(claims, nights))
            open_and_close(
                property_id=self._property_id,
                room_id=room_id,
                claims=claims,
                ended=self._ended,
                moved=self._moved,
                nights=nights,
                now=self._now,
            )

    def _end_lapsed(self, room_id: int) -> None:
        """End the holds whose time is over on the nights that somebody wants (decision 4)."""
        touched = self._touched[room_id]
        lapsed = session.scalars(
            select(Claim)
            .where(
                Claim.property_id == self._property_id,
                Claim.room_id == room_id,
                Claim.is_live,
                Claim.arrival < max(stay.departure for stay in touched),
                Claim.departure > min(stay.arrival for stay in touched),
                ~not_lapsed(self._now),
            )
            .order_by(Claim.id)
            .execution_options(populate_existing=True)
        ).all()
        if lapsed:
            self.end(lapsed)


@contextmanager
def rearranging(*, property_id: int, room_ids: Iterable[int], now: datetime) -> Iterator[Rearrangement]:
    """Lock rooms, let the block say what changes in them, and settle it; no commit.

    Whatever the block writes is there when it is settled: the stay of a feed, say, which knows its feed.
    """
    lock_rooms(property_id, room_ids)
    changes = Rearrangement(property_id, now)
    yield changes
    changes.settle()
