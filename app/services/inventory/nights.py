"""Read and write the rows (room, night): the only place that touches the lock itself."""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, bindparam, delete, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, OperationalError

from app.database import session
from app.models import Claim, Room, RoomNight
from app.services.inventory.giving import Wanting
from pricing.stay import Stay

log = logging.getLogger(__name__)

DEADLOCK = "40P01"


class RoomNotAvailable(Exception):
    """Somebody has one of the nights already. Carries the stay, so that the next best can be offered."""

    def __init__(self, stay: Stay) -> None:
        super().__init__(f"a night from {stay.arrival} to {stay.departure} is taken")
        self.stay = stay


@dataclass(frozen=True, slots=True)
class Wish:
    """A room wanted for the nights of a stay."""

    room_id: int
    stay: Stay


def not_lapsed(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a claim still holds at `now`."""
    return or_(Claim.lapses_at.is_(None), Claim.lapses_at > now)


def is_held(now: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    """Return the condition that the owner of a room night still holds it at `now`.

    Lapsed claims that nobody has removed yet are few: naming them is cheaper than looking at every owner.
    """
    lapsed = select(Claim.id).where(Claim.is_live, Claim.lapses_at <= now)
    return RoomNight.claim_id.not_in(lapsed)


# Every search asks this: it is written once.
ROOMS_TAKEN = (
    select(RoomNight.room_id)
    .where(
        RoomNight.property_id == bindparam("property_id"),
        RoomNight.night >= bindparam("arrival"),
        RoomNight.night < bindparam("departure"),
        is_held(bindparam("now")),
    )
    .distinct()
)


def list_taken(*, property_id: int, stay: Stay, now: datetime, besides: Iterable[int] = ()) -> frozenset[int]:
    """Return the ids of the rooms that somebody has for at least one night of the stay; one query.

    `besides` are the claims of whoever asks.
    """
    asked = {"property_id": property_id, "arrival": stay.arrival, "departure": stay.departure, "now": now}
    own = sorted(besides)
    taken = ROOMS_TAKEN.where(RoomNight.claim_id.not_in(own)) if own else ROOMS_TAKEN
    return frozenset(session.scalars(taken, asked))


def lock_rooms(property_id: int, room_ids: Iterable[int]) -> None:
    """Lock rooms in ascending order until the commit; on SQLite the writer is alone already.

    The lock is the weaker FOR NO KEY UPDATE: whoever has written a claim holds its room a little, by the foreign key.
    If the stronger one waited for those, who in turn wait for our nights, all would wait for each other.
    """
    session.execute(
        select(Room.id)
        .where(Room.property_id == property_id, Room.id.in_(sorted(set(room_ids))))
        .order_by(Room.id)
        .with_for_update(key_share=True)
    ).all()


def lock_claims(property_id: int, room_ids: Iterable[int], claim_ids: Iterable[int]) -> list[Claim]:
    """Lock the rooms of these claims, and return those that are still live, read anew, in ascending room order.

    Without the lock somebody else could find a hold lapsed, and take its nights, while it is being confirmed.
    """
    lock_rooms(property_id, room_ids)
    return list(
        session.scalars(
            select(Claim)
            .where(Claim.property_id == property_id, Claim.id.in_(sorted(claim_ids)), Claim.is_live)
            .order_by(Claim.room_id, Claim.id)
            .execution_options(populate_existing=True)
        )
    )


def insert_all(claims: Sequence[Claim], stay: Stay) -> None:
    """Insert every night of the claims in ascending (room, night); the caller holds a savepoint to fall back to.

    Ascending order is what keeps two bookings of two rooms from a deadlock. Raises: RoomNotAvailable.
    """
    rows = sorted(
        (_row(claim, night) for claim in claims for night in Stay(claim.arrival, claim.departure).nights),
        key=lambda row: (row["room_id"], row["night"]),
    )
    try:
        session.execute(insert(RoomNight), rows)
    except IntegrityError as refusal:
        log.info("a room night was refused by its key")
        raise RoomNotAvailable(stay) from refusal


def is_deadlock(refusal: OperationalError) -> bool:
    """Tell whether two transactions met crosswise and this one was asked to go."""
    return getattr(refusal.orig, "sqlstate", None) == DEADLOCK


def list_wanting(*, property_id: int, room_id: int, nights: Collection[date], now: datetime) -> list[Wanting]:
    """Return the live claims that want one of these nights of a room, the oldest first; one query."""
    ordered = sorted(nights)
    rows = session.execute(
        select(Claim.id, Claim.arrival, Claim.departure)
        .where(
            Claim.property_id == property_id,
            Claim.room_id == room_id,
            Claim.is_live,
            Claim.arrival <= ordered[-1],
            Claim.departure > ordered[0],
            not_lapsed(now),
        )
        .order_by(Claim.id)
    )
    return [
        Wanting(claim_id, arrival, departure)
        for claim_id, arrival, departure in rows
        if ordered[min(bisect_left(ordered, arrival), len(ordered) - 1)] < departure
    ]


def insert_free(property_id: int, room_id: int, given: Mapping[date, int]) -> None:
    """Insert nights for the claims they are given to, ascending, and leave those that somebody has to their owner."""
    rows = [
        {"room_id": room_id, "night": night, "property_id": property_id, "claim_id": claim_id}
        for night, claim_id in sorted(given.items())
    ]
    if rows:
        dialect: Any = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
        session.execute(dialect.insert(RoomNight.__table__).on_conflict_do_nothing(), rows)


def read_owners(*, room_id: int, first: date, end: date) -> dict[date, int]:
    """Return who has which night of a room from `first` up to, not including, `end`; one query."""
    rows = session.execute(
        select(RoomNight.night, RoomNight.claim_id).where(
            RoomNight.room_id == room_id, RoomNight.night >= first, RoomNight.night < end
        )
    )
    return {row.night: row.claim_id for row in rows}


def delete_nights(claim_ids: Sequence[int], nights: Sequence[date] | None = None) -> None:
    """Let go of all nights of some claims; with `nights`, of the one that stands at the same place as the claim."""
    if not claim_ids:
        return
    table = cast(Table, RoomNight.__table__)
    chosen = table.c.claim_id == bindparam("of_claim")
    rows: list[dict[str, Any]] = [{"of_claim": claim_id} for claim_id in claim_ids]
    if nights is not None:
        chosen &= table.c.night == bindparam("of_night")
        rows = [{**row, "of_night": night} for row, night in zip(rows, nights, strict=True)]
    session.execute(delete(table).where(chosen), rows)


def _row(claim: Claim, night: date) -> dict[str, Any]:
    return {"room_id": claim.room_id, "night": night, "property_id": claim.property_id, "claim_id": claim.id}
