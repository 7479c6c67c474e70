"""The room types of a house with their rooms, as plain values; two queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.database import session
from app.models import Room, RoomType
from app.services.parties import Beds


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
    """Return the types of a house that have at least one room, in the house's order; two queries.

    Rooms are read as bare rows: of a big house there are thousands, and every search reads them.
    """
    types = session.scalars(
        select(RoomType).where(RoomType.property_id == property_id).order_by(RoomType.position, RoomType.id)
    ).all()
    rooms: dict[int, list[tuple[int, str, str]]] = {}
    for type_id, room_id, picture, name in session.execute(
        select(Room.type_id, Room.id, Room.picture, Room.name)
        .where(Room.property_id == property_id)
        .order_by(Room.position, Room.id)
    ):
        rooms.setdefault(type_id, []).append((room_id, picture, name))
    return tuple(_card(room_type, rooms[room_type.id]) for room_type in types if room_type.id in rooms)


def _card(room_type: RoomType, rooms: list[tuple[int, str, str]]) -> TypeCard:
    return TypeCard(
        id=room_type.id,
        code=room_type.code,
        names=room_type.names,
        descriptions=room_type.descriptions,
        facts=room_type.facts,
        beds=Beds(room_type.sleeps, room_type.cots),
        is_instant=room_type.is_instant,
        room_ids=tuple(room_id for room_id, _, _ in rooms),
        pictures=tuple(picture for _, picture, _ in rooms),
        room_names=tuple(name for _, _, name in rooms),
    )
