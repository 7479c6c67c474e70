"""When nothing is free: the same stay on the nearest dates, in any rooms that hold the party; one query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.database import session
from app.models import Property, RoomNight
from app.services.availability.cards import TypeCard
from app.services.inventory.nights import is_held
from pricing.stay import Stay

FARTHEST_DAYS = 14
MOST_ALTERNATIVES = 4


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
        for codes in code_sets:
            if _are_free(codes, cards, other, taken):
                found.append(Alternative(other, tuple(cards[code] for code in codes)))
                break
        if len(found) == MOST_ALTERNATIVES:
            break
    return tuple(found)


def _taken_nights(property_id: int, window: Stay, now: datetime) -> frozenset[tuple[int, date]]:
    rows = session.execute(
        select(RoomNight.room_id, RoomNight.night).where(
            RoomNight.property_id == property_id,
            RoomNight.night >= window.arrival,
            RoomNight.night < window.departure,
            is_held(now),
        )
    )
    return frozenset((room_id, night) for room_id, night in rows)


def _are_free(
    codes: tuple[str, ...], cards: Mapping[str, TypeCard], stay: Stay, taken: frozenset[tuple[int, date]]
) -> bool:
    nights = stay.nights
    return all(
        sum(all((room_id, night) not in taken for night in nights) for room_id in cards[code].room_ids)
        >= codes.count(code)
        for code in set(codes)
    )
