"""The room types of a house with their rooms, as plain values; two queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, select

from app.database import session
from app.models import Room, RoomType
from app.services.parties import Beds

# Every search asks these: they are written once, and rooms, of which there may be thousands, are bare rows.
TYPES_OF_A_HOUSE = (
    select(RoomType)
    .where(RoomType.property_id == bindparam("property_id"))
    .order_by(RoomType.position, RoomType.id)
)
ROOMS_OF_A_HOUSE = (
    select(Room.type_id, Room.id, Room.picture, Room.name)
    .where(Room.property_id == bindparam("property_id"))
    .order_by(Room.position, Room.id)
)


@dataclass(frozen=True, slots=True)
class TypeCard:
    """A room type as a guest sees it, and the ids of its rooms in the house's order."""

    id: int
    code: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    facts: Mapping[str, Any]
    beds: Beds
    is_instant: bool
    room_ids: tuple[int, ...]
    pictures: tuple[str, ...]
    room_names: tuple[str, ...]

    def name(self, language: str) -> str:
        """Return the name in a language, else in the first one the house wrote it in."""
        return self.names.get(language) or next(iter(self.names.values()))

    def description(self, language: str) -> str:
        """Return the description in a language, else in the first one."""
        return self.descriptions.get(language) or next(iter(self.descriptions.values()), "")


def list_type_cards(property_id: int) -> tuple[TypeCard, ...]:
    """Return the types of a house that have at least one room, in the house's order; two queries."""
    ours = {"property_id": property_id}
    rooms: dict[int, list[Row[int, int, str, str]]] = {}
    # On the connection itself: thousands of rows need no session to watch them.
    for room in session.connection().execute(ROOMS_OF_A_HOUSE, ours).all():
        rooms.setdefault(room[0], []).append(room)
    types = session.scalars(TYPES_OF_A_HOUSE, ours).all()
    return tuple(_card(room_type, rooms[room_type.id]) for room_type in types if room_type.id in rooms)


def _card(room_type: RoomType, rooms: Sequence[Row[int, int, str, str]]) -> TypeCard:
    _types, room_ids, pictures, names = zip(*rooms, strict=True)
    return TypeCard(
        id=room_type.id,
        code=room_type.code,
        names=room_type.names,
        descriptions=room_type.descriptions,
        facts=room_type.facts,
        beds=Beds(room_type.sleeps, room_type.cots),
        is_instant=room_type.is_instant,
        room_ids=room_ids,
        pictures=pictures,
        room_names=names,
    )
