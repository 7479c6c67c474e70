"""Reception gives another room: the rooms that are free, one button, and honest words when somebody was faster."""

from __future__ import annotations

import re

from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import session
from app.models import Room
from app.services import bookings
from tests.cast import NOW, TODAY
from tests.web.desk.conftest import Make, fresh, page_of

MOVE = "rooms/0/move"


def _room(name: str) -> int:
    return session.scalars(select(Room.id).where(Room.name == name)).one()


def _offered(page: str) -> set[str]:
    return set(re.findall(r'choice__words">([^<(]+) \(', page))


def test_gives_another_room_at_one_click(samir: FlaskClient, booked: Make) -> None:
    booking = booked()
    assert "Another room than" in samir.get(page_of(booking)).text

    answer = samir.submit(page_of(booking, MOVE), {"room": _room("Les Corons")})

    assert answer.status_code == 302
    assert fresh(booking).rooms[0].room_id == _room("Les Corons")
    assert "The price stays as agreed" in samir.get(page_of(booking)).text
    assert "gave another room" in samir.get(page_of(booking)).text


def test_offers_what_is_free_and_sleeps_them(samir: FlaskClient, booked: Make) -> None:
    booking, other = booked(), booked()
    taken = session.get_one(Room, other.rooms[0].room_id).name
    own = session.get_one(Room, booking.rooms[0].room_id).name

    offered = _offered(samir.get(page_of(booking, MOVE)).text)

    assert offered == {
        "La Bibliothèque",
        "Le Terril",
        "Le Jardin",
        "Les Corons",
        "Le Verger",
        "La Rotonde",
    } - {
        taken,
        own,
    }


def test_says_that_a_room_has_just_been_taken(samir: FlaskClient, booked: Make) -> None:
    booking, other = booked(), booked()
    before = booking.rooms[0].room_id

    answer = samir.submit(page_of(booking, MOVE), {"room": other.rooms[0].room_id})

    assert answer.status_code == 409
    assert "This room has just been taken" in answer.text
    assert _offered(answer.text)
    assert fresh(booking).rooms[0].room_id == before


def test_asks_twice_before_a_promise_is_broken(samir: FlaskClient, booked: Make) -> None:
    booking = booked()
    samir.submit(page_of(booking, MOVE), {"room": _room("Les Corons"), "is_promised": "y"})
    assert "promised" in samir.get(page_of(booking)).text

    refused = samir.submit(page_of(booking, MOVE), {"room": _room("Le Verger")})
    assert refused.status_code == 422
    assert "This room was promised" in refused.text
    samir.submit(page_of(booking, MOVE), {"room": _room("Le Verger"), "may_break_promise": "y"})

    assert fresh(booking).rooms[0].room_id == _room("Le Verger")


def test_asks_for_a_room(samir: FlaskClient, booked: Make) -> None:
    booking = booked()

    for form in (
        {},
        {"room": ""},
        {"room": "Le Jardin"},
        {"room": _room("Lac 1")},
        {"room": _room("Le Cabinet")},
    ):
        answer = samir.submit(page_of(booking, MOVE), form)

        assert answer.status_code == 422
        assert 'id="room-error"' in answer.text


def test_moves_nothing_that_is_over(samir: FlaskClient, booked: Make, in_house: Make) -> None:
    booking = in_house()
    bookings.check_out(booking=booking, actor="user:1", today=TODAY, now=NOW, debt_reason="later")

    assert samir.get(page_of(booking, MOVE)).status_code == 409
    assert samir.get(page_of(booked(), "rooms/7/move")).status_code == 404
