"""The room that is given: the fitting one that leaves the least broken gaps (decision 1)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.database import session
from app.models import Property, Room, RoomType
from app.services import inventory
from app.services.availability import choose_room
from app.services.inventory import Wish
from pricing.stay import Stay

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


def april(first: int, end: int) -> Stay:
    """Return a stay in April 2027."""
    return Stay(date(2027, 4, first), date(2027, 4, end))


@pytest.fixture
def doubles(house: Property) -> list[int]:
    """Return the ids of the three double rooms, in the house's order."""
    return list(
        session.scalars(
            select(Room.id)
            .join(RoomType, RoomType.id == Room.type_id)
            .where(RoomType.property_id == house.id, RoomType.code == "double")
            .order_by(Room.position, Room.id)
        )
    )


def fill(house: Property, room_id: int, *stays: Stay) -> None:
    """Take nights of a room."""
    for stay in stays:
        inventory.take_all(property_id=house.id, wishes=[Wish(room_id, stay)], now=NOW)


@pytest.mark.parametrize(
    ("second", "third", "expected"),
    [
        pytest.param([], [], 0, id="all empty: the first in the house's order"),
        pytest.param([april(7, 9), april(11, 12)], [], 1, id="an exact hole before an empty room"),
        pytest.param([april(7, 9)], [], 1, id="one side closed before an empty room"),
        pytest.param([april(6, 8)], [april(7, 9)], 2, id="touching before one night apart"),
        pytest.param([april(7, 9)], [april(7, 9), april(11, 12)], 2, id="an exact hole before one side"),
    ],
)
def test_gives_the_room_with_the_least_broken_gaps(
    house: Property, doubles: list[int], second: list[Stay], third: list[Stay], expected: int
) -> None:
    fill(house, doubles[1], *second)
    fill(house, doubles[2], *third)

    given = choose_room(property_id=house.id, room_ids=doubles, stay=april(9, 11), now=NOW)

    assert doubles.index(given) == expected


def test_counts_a_lapsed_hold_as_empty(house: Property, doubles: list[int]) -> None:
    inventory.take_all(property_id=house.id, wishes=[Wish(doubles[1], april(7, 9))], now=NOW, lapses_at=NOW)

    given = choose_room(property_id=house.id, room_ids=doubles, stay=april(9, 11), now=NOW)

    assert given == doubles[0]
