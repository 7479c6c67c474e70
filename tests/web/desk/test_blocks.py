"""Rooms that are closed: listed, closed, opened again, and never over a guest's head."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.database import session
from app.models import Block, Property, Room, RoomNight
from tests.cast import TODAY
from tests.web.desk.conftest import TONIGHT, Make


def _form(room_id: int, **changes: str) -> dict[str, str]:
    known = {
        "room": str(room_id),
        "arrival": TONIGHT.arrival.isoformat(),
        "departure": TONIGHT.departure.isoformat(),
        "reason": "repair",
        "note": "the shower leaks",
    }
    return {**known, **changes}


@pytest.fixture
def garden(house: Property) -> int:
    """Return the id of Le Jardin."""
    return session.scalars(
        select(Room.id).where(Room.property_id == house.id, Room.name == "Le Jardin")
    ).one()


def test_closes_a_room_and_opens_it_again(samir: FlaskClient, garden: int) -> None:
    samir.submit("/en/desk/blocks", _form(garden))
    page = samir.get("/en/desk/blocks").text
    assert "the shower leaks" in page
    block_id = session.scalars(select(Block.id)).one()

    samir.submit("/en/desk/blocks", {}, to=f"/en/desk/blocks/{block_id}/unblock")

    assert session.scalar(select(func.count()).select_from(RoomNight).where(RoomNight.room_id == garden)) == 0
    assert "Every room is open" in samir.get("/en/desk/blocks").text
    assert samir.submit("/en/desk/blocks", {}, to=f"/en/desk/blocks/{block_id}/unblock").status_code == 404


def test_leaves_a_guest_their_nights_and_says_so(samir: FlaskClient, booked: Make) -> None:
    booking = booked()

    answer = samir.submit("/en/desk/blocks", _form(booking.rooms[0].room_id))

    page = samir.get(answer.headers["Location"]).text
    assert "A guest has the others" in page
    assert "1 conflict" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"arrival": ""}, "arrival"),
        ({"departure": TODAY.isoformat()}, "departure"),
        ({"departure": (TODAY + timedelta(days=900)).isoformat()}, "departure"),
        ({"arrival": str(TODAY - timedelta(days=2)), "departure": TODAY.isoformat()}, "departure"),
        ({"reason": ""}, "reason"),
        ({"reason": "revenge"}, "reason"),
        ({"room": "999999"}, "room"),
        ({"room": "garden"}, "room"),
        ({"note": "x" * 201}, "note"),
    ],
)
def test_says_beside_the_field_what_is_wrong(
    samir: FlaskClient, garden: int, changes: dict[str, str], field: str
) -> None:
    answer = samir.submit("/en/desk/blocks", _form(garden, **changes))

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert session.scalars(select(Block)).all() == []
