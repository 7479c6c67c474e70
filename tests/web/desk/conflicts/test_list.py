"""Nights that two sides want: both are named, and a person writes down what was agreed."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import session
from app.models import Booking, ChannelStay, Conflict, Property, Room
from app.services import blocks
from pricing.stay import Stay
from tests.cast import NOW
from tests.sold_twice import room_named
from tests.web.desk.conflicts.conftest import PAGE
from tests.web.desk.conftest import page_of


def test_names_both_sides_and_the_nights(samir: FlaskClient, conflict_id: int) -> None:
    page = samir.get(PAGE).text

    assert "Alice Delattre" in page
    assert "Airbnb" in page
    assert "nights from Sun 29 November to Mon 30 November" in page
    assert page.index("Taken by") < page.index("Wanted by")


def test_warns_of_it_on_the_pages_of_both_sides(
    samir: FlaskClient, alice: Booking, sold: ChannelStay, conflict_id: int
) -> None:
    pages = (page_of(alice), f"/en/desk/platform-stays/{sold.id}")
    warning = "Somebody else wants nights of this room too"

    assert all(warning in samir.get(page).text for page in pages)
    samir.submit(PAGE, {"note": "They are sisters."}, to=f"{PAGE}/{conflict_id}")
    assert not any(warning in samir.get(page).text for page in pages)


def test_says_how_a_block_over_a_guest_is_settled(
    samir: FlaskClient, house: Property, alice: Booking
) -> None:
    room = alice.rooms[0]
    blocks.block(
        house=house,
        room_id=room.room_id,
        stay=Stay(room.arrival, room.departure),
        reason="repair",
        note="",
        actor="user:1",
        now=NOW,
    )

    page = samir.get(PAGE).text

    assert "a block (repair)" in page
    assert "open the room again" in page


def test_says_that_nothing_is_to_be_settled(samir: FlaskClient) -> None:
    assert "Nothing to settle" in samir.get(PAGE).text


def test_keeps_a_conflict_as_it_is_with_a_word(samir: FlaskClient, conflict_id: int) -> None:
    answer = samir.submit(PAGE, {"note": "They are sisters."}, to=f"{PAGE}/{conflict_id}")

    assert answer.status_code == 302
    conflict = session.get_one(Conflict, conflict_id)
    assert (conflict.note, conflict.resolution, conflict.settled_at) == ("They are sisters.", "kept", NOW)
    assert "Alice" not in samir.get(PAGE).text


@pytest.mark.parametrize("note", ["", "   ", "x" * 501])
def test_asks_for_a_word_and_keeps_what_was_written(samir: FlaskClient, conflict_id: int, note: str) -> None:
    answer = samir.submit(PAGE, {"note": note}, to=f"{PAGE}/{conflict_id}")

    assert answer.status_code == 422
    assert f'id="note-{conflict_id}-error"' in answer.text
    assert note.strip() in answer.text
    assert session.get_one(Conflict, conflict_id).settled_at is None


def test_says_who_has_settled_it_already(samir: FlaskClient, conflict_id: int) -> None:
    samir.submit(PAGE, {"note": "done"}, to=f"{PAGE}/{conflict_id}")

    page_with_a_form = "/en/desk/channels"
    answer = samir.submit(page_with_a_form, {"note": "again"}, to=f"{PAGE}/{conflict_id}")

    assert answer.status_code == 409
    assert "Samir has settled this conflict already" in answer.text
    assert session.get_one(Conflict, conflict_id).note == "done"


def test_folds_away_what_was_settled_lately(samir: FlaskClient, conflict_id: int) -> None:
    session.get_one(Conflict, conflict_id).opened_at = NOW.replace(hour=1)
    samir.submit(PAGE, {"note": "They are sisters."}, to=f"{PAGE}/{conflict_id}")

    page = samir.get(PAGE).text

    assert "Settled in the last 30 days (1)" in page
    assert "They are sisters." in page
    assert "Samir" in page.partition("Settled in the last")[2]


def test_says_who_went_where(samir: FlaskClient, sold: ChannelStay, conflict_id: int) -> None:
    session.get_one(Conflict, conflict_id).opened_at = NOW.replace(hour=1)
    samir.submit(PAGE, {"room": room_named("Les Corons").id}, to=f"{PAGE}/{conflict_id}/move/{sold.claim_id}")

    assert "the guest (Airbnb) moved to Les Corons" in samir.get(PAGE).text


def test_shows_no_conflict_of_another_house(samir: FlaskClient, house: Property) -> None:
    lac = session.scalars(select(Property).where(Property.code == "lac")).one()
    theirs = session.scalars(select(Room).where(Room.property_id == lac.id).order_by(Room.id)).first()
    assert theirs is not None
    stay = Stay(date(2026, 11, 25), date(2026, 11, 27))
    blocks.block(house=lac, room_id=theirs.id, stay=stay, reason="repair", note="", actor="user:9", now=NOW)
    (conflict_id,) = session.scalars(select(Conflict.id)).all()

    assert "Lac" not in samir.get(PAGE).text
    for address in ("", "/move/1", "/prepare/1"):
        answer = samir.submit(
            "/en/desk/channels", {"note": "x", "room": theirs.id}, to=f"{PAGE}/{conflict_id}{address}"
        )
        assert answer.status_code == 404
    for address in ("elsewhere/1", "letter"):
        assert samir.get(f"{PAGE}/{conflict_id}/{address}").status_code == 404
