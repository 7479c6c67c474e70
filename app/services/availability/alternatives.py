"""When nothing is free: the same stay on the nearest dates, in any rooms that hold the party; one query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import String, bindparam, cast, func, select

from app.database import session
from app.models import Property, RoomNight
from app.services.availability.cards import TypeCard
from app.services.inventory.nights import is_held
from pricing.stay import Stay

FARTHEST_DAYS = 14
MOST_ALTERNATIVES = 4

# One row a night, however many rooms: the database lists who is taken faster than we could read it row by row.
ROOMS_BY_NIGHT = (
    select(RoomNight.night, func.aggregate_strings(cast(RoomNight.room_id, String), " "))
    .where(
        RoomNight.property_id == bindparam("property_id"),
        RoomNight.night >= bindparam("arrival"),
        RoomNight.night < bindparam("departure"),
        is_held(bindparam("now")),
    )
    .group_by(RoomNight.night)
)


@dataclass(frozen=True, slots=True)
class Alternative:
    """Other dates on which these types are free."""

    stay: Stay
    types: tuple[TypeCard, ...]


def find_alternatives(
    *,
    house: Property,
    stay: Stay,
    code_sets: Sequence[tuple[str, ...]],
    cards: Mapping[str, TypeCard],
    now: datetime,
    today: date,
    horizon: date,
) -> tuple[Alternative, ...]:
    """Return the nearest shifted stays that are free, nearest first, earlier and later alike."""
    window = Stay(
        stay.arrival - timedelta(days=FARTHEST_DAYS), stay.departure + timedelta(days=FARTHEST_DAYS)
    )
    taken = _rooms_taken(house.id, window, now)
    found: list[Alternative] = []
    for days in sorted(range(-FARTHEST_DAYS, FARTHEST_DAYS + 1), key=lambda d: (abs(d), d)):
        other = stay.shifted(days)
        if other.arrival < today or other.nights[-1] > horizon:
            continue
        busy = frozenset().union(*(taken.get(night, frozenset()) for night in other.nights))
        for codes in code_sets:
            if _are_free(codes, cards, busy):
                found.append(Alternative(other, tuple(cards[code] for code in codes)))
                break
        if len(found) == MOST_ALTERNATIVES:
            break
    return tuple(found)


def _rooms_taken(property_id: int, window: Stay, now: datetime) -> dict[date, frozenset[int]]:
    """Return the ids of the rooms that somebody has, for each night of the window on which there are any."""
    asked = {"property_id": property_id, "arrival": window.arrival, "departure": window.departure, "now": now}
    return {night: frozenset(map(int, ids.split())) for night, ids in session.execute(ROOMS_BY_NIGHT, asked)}


def _are_free(codes: tuple[str, ...], cards: Mapping[str, TypeCard], busy: frozenset[int]) -> bool:
    """Tell whether each type has a room that is not busy for each time it is wanted."""
    return all(
        sum(room_id not in busy for room_id in cards[code].room_ids) >= codes.count(code)
        for code in set(codes)
    )
