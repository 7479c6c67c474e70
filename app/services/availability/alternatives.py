"""When nothing is free: the same stay on the nearest dates, in any rooms that hold the party; one query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, select

from app.database import session
from app.models import Property, RoomNight
from app.services.availability.cards import TypeCard
from app.services.inventory.nights import is_held
from pricing.stay import Stay

FARTHEST_DAYS = 14
MOST_ALTERNATIVES = 4

NIGHTS_TAKEN = select(RoomNight.room_id, RoomNight.night).where(
    RoomNight.property_id == bindparam("property_id"),
    RoomNight.night >= bindparam("arrival"),
    RoomNight.night < bindparam("departure"),
    is_held(bindparam("now")),
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
    taken = _taken_nights(house.id, window, now)
    found: list[Alternative] = []
    for days in sorted(range(-FARTHEST_DAYS, FARTHEST_DAYS + 1), key=lambda d: (abs(d), d)):
        other = stay.shifted(days)
        if other.arrival < today or other.nights[-1] > horizon:
            continue
        nights = ((1 << stay.length) - 1) << (FARTHEST_DAYS + days)
        for codes in code_sets:
            if _are_free(codes, cards, nights, taken):
                found.append(Alternative(other, tuple(cards[code] for code in codes)))
                break
        if len(found) == MOST_ALTERNATIVES:
            break
    return tuple(found)


def _taken_nights(property_id: int, window: Stay, now: datetime) -> dict[int, int]:
    """Return the taken nights of each room as the bits of a number, the first night of the window lowest."""
    asked = {"property_id": property_id, "arrival": window.arrival, "departure": window.departure, "now": now}
    first = window.arrival.toordinal()
    taken: dict[int, int] = {}
    for room_id, night in session.execute(NIGHTS_TAKEN, asked):
        taken[room_id] = taken.get(room_id, 0) | 1 << (night.toordinal() - first)
    return taken


def _are_free(
    codes: tuple[str, ...], cards: Mapping[str, TypeCard], nights: int, taken: Mapping[int, int]
) -> bool:
    """Tell whether each type has a room for each time it is wanted on these nights (bits of the window)."""
    return all(
        sum(not taken.get(room_id, 0) & nights for room_id in cards[code].room_ids) >= codes.count(code)
        for code in set(codes)
    )
