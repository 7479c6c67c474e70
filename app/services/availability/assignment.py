"""Choose the room of a type that leaves the least broken gaps (decision 1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from app.database import session
from app.models import RoomNight
from app.services.inventory.nights import is_held
from pricing.stay import Stay

FAR = timedelta(days=60)


@dataclass(frozen=True, slots=True, order=True)
class Fit:
    """How well a stay sits in a room: how many gaps it leaves open around it, and how long they are."""

    open_gaps: int
    free_days: int
    place: int


def choose_room(*, property_id: int, room_ids: Sequence[int], stay: Stay, now: datetime) -> int:
    """Return the one of these free rooms that the stay fits most snugly; two queries.

    Of two rooms with an equal fit the first in the house's order is taken.
    """
    busy_before = _nearest(property_id, room_ids, stay.arrival - FAR, stay.arrival, is_last=True, now=now)
    busy_after = _nearest(property_id, room_ids, stay.departure, stay.departure + FAR, is_last=False, now=now)

    def fit(place: int) -> Fit:
        room_id = room_ids[place]
        before = stay.arrival - (busy_before.get(room_id, stay.arrival - FAR) + timedelta(days=1))
        after = busy_after.get(room_id, stay.departure + FAR) - stay.departure
        return Fit((before.days > 0) + (after.days > 0), before.days + after.days, place)

    return room_ids[min(fit(place) for place in range(len(room_ids))).place]


def _nearest(
    property_id: int, room_ids: Sequence[int], start: date, end: date, *, is_last: bool, now: datetime
) -> dict[int, date]:
    pick = func.max(RoomNight.night) if is_last else func.min(RoomNight.night)
    rows = session.execute(
        select(RoomNight.room_id, pick)
        .where(
            RoomNight.property_id == property_id,
            RoomNight.room_id.in_(room_ids),
            RoomNight.night >= start,
            RoomNight.night < end,
            is_held(now),
        )
        .group_by(RoomNight.room_id)
    )
    return dict(rows.all())
