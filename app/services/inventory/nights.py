"""Read and write the rows (room, night): the only place that touches the lock itself."""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, bindparam, delete, func, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, OperationalError

from app.database import session
from app.models import Claim, Room, RoomNight
from app.services.inventory.giving import Wanting
from pricing.stay import Stay

log = logging.getLogger(__name__)

DEADLOCK = "40P01"
NIGHTS = cast(Table, RoomNight.__table__)
# So many rows are laid out at a time: a feed of ten thousand stays must not need memory for all its nights at once.
ROWS_AT_ONCE = 2_000


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


def not_lapsed(now: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
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


def list_wanting(*, property_id: int, room_id: int, nights: Sequence[date], now: datetime) -> list[Wanting]:
    """Return the live claims that want one of these nights of a room, ascending, the oldest first; one query."""
    rows = session.execute(
        select(Claim.id, Claim.arrival, Claim.departure)
        .where(
            Claim.property_id == property_id,
            Claim.room_id == room_id,
            Claim.is_live,
            Claim.arrival <= nights[-1],
            Claim.departure > nights[0],
            not_lapsed(now),
        )
        .order_by(Claim.id)
    )
    return [
        Wanting(claim_id, arrival, departure)
        for claim_id, arrival, departure in rows
        if nights[min(bisect_left(nights, arrival), len(nights) - 1)] < departure
    ]


def insert_free(property_id: int, room_id: int, given: Mapping[date, int]) -> None:
    """Insert nights for the claims they are given to, ascending, and leave those that somebody has to their owner."""
    dialect: Any = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    inserting = dialect.insert(NIGHTS).on_conflict_do_nothing()
    nights = iter(sorted(given))
    while some := list(islice(nights, ROWS_AT_ONCE)):
        rows = [
            {"room_id": room_id, "night": night, "property_id": property_id, "claim_id": given[night]}
            for night in some
        ]
        session.execute(inserting, rows)


def count_owned(*, room_id: int, first: date, end: date) -> dict[int, int]:
    """Return how many nights each claim has in a room from `first` up to, not including, `end`; one query."""
    rows = session.execute(
        select(RoomNight.claim_id, func.count().label("nights"))
        .where(RoomNight.room_id == room_id, RoomNight.night >= first, RoomNight.night < end)
        .group_by(RoomNight.claim_id)
    )
    return {row.claim_id: row.nights for row in rows}


def read_owners(*, room_id: int, first: date, end: date) -> dict[date, int]:
    """Return who has which night of a room from `first` up to, not including, `end`; one query."""
    rows = session.execute(
        select(RoomNight.night, RoomNight.claim_id).where(
            RoomNight.room_id == room_id, RoomNight.night >= first, RoomNight.night < end
        )
    )
    return {row.night: row.claim_id for row in rows}


def delete_nights(claim_ids: Iterable[int]) -> None:
    """Let go of all nights of some claims."""
    _delete(NIGHTS.c.claim_id == bindparam("of_claim"), [{"of_claim": claim_id} for claim_id in claim_ids])


def delete_nights_beyond(kept: Iterable[tuple[int, Stay]]) -> None:
    """Let go of the nights of some claims that are outside the stay beside each."""
    _delete(
        and_(
            NIGHTS.c.claim_id == bindparam("of_claim"),
            or_(NIGHTS.c.night < bindparam("first"), NIGHTS.c.night >= bindparam("end")),
        ),
        [{"of_claim": claim_id, "first": stay.arrival, "end": stay.departure} for claim_id, stay in kept],
    )


def _delete(chosen: ColumnElement[bool], rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(delete(NIGHTS).where(chosen), rows)


def _row(claim: Claim, night: date) -> dict[str, Any]:
    return {"room_id": claim.room_id, "night": night, "property_id": claim.property_id, "claim_id": claim.id}
