"""Nights that two sides want: both are named, and a person writes down what was done."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import session
from app.models import Conflict, Property, Room
from app.services import blocks
from pricing.stay import Stay
from tests.cast import NOW
from tests.web.desk.conftest import NEXT_WEEK, Make

PAGE = "/en/desk/conflicts"


@pytest.fixture
def conflict_id(house: Property, booked: Make) -> int:
    """Return the conflict of a block over a booked room."""
    booking = booked(stay=NEXT_WEEK)
    blocks.block(
        house=house,
        room_id=booking.rooms[0].room_id,
        stay=NEXT_WEEK,
        reason="repair",
        note="",
        actor="user:1",
        now=NOW,
    )
    return session.scalars(select(Conflict.id)).one()


def test_names_both_sides_and_the_nights(samir: FlaskClient, conflict_id: int) -> None:
    page = samir.get(PAGE).text

    assert "Alice Delattre" in page
    assert "a block (repair)" in page
    assert "nights from Sun 29 November to Mon 30 November" in page
    assert "Open the room again" in page


def test_says_that_nothing_is_to_be_settled(samir: FlaskClient) -> None:
    assert "Nothing to settle" in samir.get(PAGE).text


def test_settles_a_conflict_with_a_word(samir: FlaskClient, conflict_id: int) -> None:
    answer = samir.submit(PAGE, {"note": "Alice sleeps in Le Terril."}, to=f"{PAGE}/{conflict_id}")

    assert answer.status_code == 302
    conflict = session.get_one(Conflict, conflict_id)
    assert (conflict.note, conflict.settled_at) == ("Alice sleeps in Le Terril.", NOW)
    assert "Alice" not in samir.get(PAGE).text


@pytest.mark.parametrize("note", ["", "   ", "x" * 501])
def test_asks_for_a_word_and_keeps_what_was_written(samir: FlaskClient, conflict_id: int, note: str) -> None:
    answer = samir.submit(PAGE, {"note": note}, to=f"{PAGE}/{conflict_id}")

    assert answer.status_code == 422
    assert f'id="note-{conflict_id}-error"' in answer.text
    assert note.strip() in answer.text
    assert session.get_one(Conflict, conflict_id).settled_at is None


def test_settles_nothing_twice(samir: FlaskClient, conflict_id: int) -> None:
    samir.submit(PAGE, {"note": "done"}, to=f"{PAGE}/{conflict_id}")

    page_with_a_form = "/en/desk/channels"
    answer = samir.submit(page_with_a_form, {"note": "again"}, to=f"{PAGE}/{conflict_id}")

    assert answer.status_code == 404


def test_shows_no_conflict_of_another_house(samir: FlaskClient, house: Property) -> None:
    lac = session.scalars(select(Property).where(Property.code == "lac")).one()
    theirs = session.scalars(select(Room).where(Room.property_id == lac.id).order_by(Room.id)).first()
    assert theirs is not None
    stay = Stay(date(2026, 11, 25), date(2026, 11, 27))
    blocks.block(house=lac, room_id=theirs.id, stay=stay, reason="repair", note="", actor="user:9", now=NOW)
    (conflict_id,) = session.scalars(select(Conflict.id)).all()

    assert "Lac" not in samir.get(PAGE).text
    assert samir.submit("/en/desk/channels", {"note": "x"}, to=f"{PAGE}/{conflict_id}").status_code == 404
