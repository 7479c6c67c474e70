"""Arrange the types and rooms of a house as planned; what somebody has booked is neither removed nor made smaller."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from app.database import session
from app.models import BookedRoom, Claim, Feed, Property, Room, RoomType
from app.services.furnishing.plan import StandsDifferently, TypePlan


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What stands and what is planned: types by code, rooms by name; a room of another type is another room."""

    types: dict[str, RoomType]
    rooms: dict[str, Room]
    left_rooms: tuple[Room, ...]
    left_types: tuple[RoomType, ...]


def compare_rooms(house: Property, plans: Sequence[TypePlan]) -> Arrangement:
    """Hold the rooms that stand against the planned ones. Raises: StandsDifferently."""
    types = {row.code: row for row in session.scalars(select(RoomType).filter_by(property_id=house.id))}
    rooms = {row.name: row for row in session.scalars(select(Room).filter_by(property_id=house.id))}
    planned = {(room.name, plan.code) for plan in plans for room in plan.rooms}
    codes = {room_type.id: code for code, room_type in types.items()}
    left_rooms = tuple(room for room in rooms.values() if (room.name, codes[room.type_id]) not in planned)
    left_types = tuple(types[code] for code in types.keys() - {plan.code for plan in plans})
    _refuse_losses(house, left_rooms, left_types)
    _refuse_other_beds(house, plans, types)
    return Arrangement(types, rooms, left_rooms, left_types)


def arrange_rooms(
    house: Property, plans: Sequence[TypePlan], standing: Arrangement
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Remove, change and add until types and rooms are as planned; return the names of those added and removed."""
    left = {room.name for room in standing.left_rooms}
    _remove(standing)
    added = []
    place = 0
    for position, plan in enumerate(plans):
        room_type = _arrange_type(house, plan, position, standing.types.get(plan.code))
        for planned in plan.rooms:
            if planned.name in standing.rooms and planned.name not in left:
                standing.rooms[planned.name].position = place
            else:
                _add_room(room_type, planned.name, planned.picture, place)
                added.append(planned.name)
            place += 1
    return tuple(added), tuple(sorted(left))


def _refuse_losses(house: Property, rooms: Iterable[Room], types: Iterable[RoomType]) -> None:
    wanted = _wanted_rooms(house)
    for room in rooms:
        if room.id in wanted:
            raise StandsDifferently(
                "types",
                f"{room.name!r} of type {room.type.code!r} has stays or a calendar, and is not removed",
            )
    booked = _booked_types(house)
    for room_type in types:
        if room_type.id in booked:
            raise StandsDifferently("types", f"{room_type.code!r} has been booked, and is not removed")


def _refuse_other_beds(house: Property, plans: Sequence[TypePlan], types: dict[str, RoomType]) -> None:
    booked = _booked_types(house)
    for place, plan in enumerate(plans, 1):
        standing = types.get(plan.code)
        if standing is None or standing.id not in booked:
            continue
        for name in ("sleeps", "cots"):
            if getattr(standing, name) != getattr(plan, name):
                raise StandsDifferently(
                    f"types[{place}].{name}",
                    f"{plan.code!r} has been booked with {name} = {getattr(standing, name)}: make another type",
                )


def _wanted_rooms(house: Property) -> Collection[int]:
    wanted: set[int] = set()
    for column in (Claim.room_id, BookedRoom.room_id, Feed.room_id):
        wanted.update(session.scalars(select(column).filter_by(property_id=house.id).distinct()))
    return wanted


def _booked_types(house: Property) -> Collection[int]:
    return set(session.scalars(select(BookedRoom.type_id).filter_by(property_id=house.id).distinct()))


def _remove(standing: Arrangement) -> None:
    for room in standing.left_rooms:
        session.execute(delete(Room).where(Room.id == room.id))
    for room_type in standing.left_types:
        session.execute(delete(RoomType).where(RoomType.id == room_type.id))


def _arrange_type(house: Property, plan: TypePlan, position: int, standing: RoomType | None) -> RoomType:
    room_type = standing or RoomType(property_id=house.id, code=plan.code)
    room_type.names = dict(plan.names)
    room_type.descriptions = dict(plan.descriptions)
    room_type.facts = dict(plan.facts)
    room_type.sleeps = plan.sleeps
    room_type.cots = plan.cots
    room_type.is_instant = plan.is_instant
    room_type.position = position
    session.add(room_type)
    session.flush()
    return room_type


def _add_room(room_type: RoomType, name: str, picture: str, place: int) -> None:
    session.add(
        Room(
            property_id=room_type.property_id,
            type_id=room_type.id,
            name=name,
            picture=picture,
            position=place,
        )
    )
    session.flush()  # one by one, so that rooms are numbered in the house's order
