"""Choose the room of a type that leaves the least broken gaps (decision 1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, UnaryExpression, bindparam, select

from app.database import session
from app.models import Room, RoomNight
from app.services.inventory.nights import is_held
from pricing.stay import Stay

FAR = timedelta(days=60)


def _nearest(*conditions: ColumnElement[bool], order: UnaryExpression[date]) -> ScalarSelect[date]:
    """Return the question for a room's nearest taken night: the key finds it without looking at the others."""
    return (
        select(RoomNight.night)
        .where(RoomNight.room_id == Room.id, is_held(bindparam("now")), *conditions)
        .order_by(order)
        .limit(1)
        .correlate(Room)
        .scalar_subquery()
    )


NEAREST_NIGHTS = select(
    Room.id,
    _nearest(
        RoomNight.night >= bindparam("start"),
        RoomNight.night < bindparam("arrival"),
        order=RoomNight.night.desc(),
    ),
    _nearest(
        RoomNight.night >= bindparam("departure"),
        RoomNight.night < bindparam("end"),
        order=RoomNight.night.asc(),
    ),
).where(Room.property_id == bindparam("property_id"), Room.id.in_(bindparam("room_ids", expanding=True)))


@dataclass(frozen=True, slots=True, order=True)
class Fit:
    """How well a stay sits in a room: how many gaps it leaves open around it, and how long they are."""

    open_gaps: int
    free_days: int
    place: int


def choose_room(*, property_id: int, room_ids: Sequence[int], stay: Stay, now: datetime) -> int:
    """Return the one of these free rooms that the stay fits most snugly; one query.

    Of two rooms with an equal fit the first in the house's order is taken.
    """
    asked = {
        "property_id": property_id,
        "room_ids": room_ids,
        "start": stay.arrival - FAR,
        "arrival": stay.arrival,
        "departure": stay.departure,
        "end": stay.departure + FAR,
        "now": now,
    }
    busy: dict[int, tuple[date | None, date | None]] = {
        room_id: (before, after) for room_id, before, after in session.execute(NEAREST_NIGHTS, asked)
    }

    def fit(place: int) -> Fit:
        busy_before, busy_after = busy[room_ids[place]]
        before = stay.arrival - ((busy_before or stay.arrival - FAR) + timedelta(days=1))
        after = (busy_after or stay.departure + FAR) - stay.departure
        return Fit((before.days > 0) + (after.days > 0), before.days + after.days, place)

    return room_ids[min(fit(place) for place in range(len(room_ids))).place]
