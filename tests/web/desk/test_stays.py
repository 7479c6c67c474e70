"""Guests come, leave and stay away: check-in, check-out, their way back, no-show."""

from __future__ import annotations

from datetime import timedelta

from flask.testing import FlaskClient

from app.models import BookingStatus
from app.services import folios
from app.services.bookings import GuestDetails
from pricing.stay import Stay
from tests.cast import TODAY
from tests.web.desk.conftest import Make, fresh, page_of

BORIS = GuestDetails("Boris Claes", "boris@example.org")


def test_gives_the_key_and_takes_it_back(samir: FlaskClient, booked: Make) -> None:
    booking = booked()
    samir.submit("/en/desk/", {}, to=page_of(booking, "check-in"))
    assert fresh(booking).status == BookingStatus.IN_HOUSE

    samir.submit(page_of(booking), {}, to=page_of(booking, "undo-check-in"))

    assert fresh(booking).status == BookingStatus.CONFIRMED


def test_says_who_is_still_in_the_room(samir: FlaskClient, in_house: Make, booked: Make) -> None:
    yesterday = Stay(TODAY - timedelta(days=1), TODAY)
    first = in_house(stay=yesterday)
    second = booked(guest=BORIS, room_id=first.rooms[0].room_id)

    answer = samir.submit("/en/desk/", {}, to=page_of(second, "check-in"))

    assert answer.status_code == 409
    assert "Alice Delattre has not checked out yet" in answer.text
    assert first.reference in answer.text
    assert fresh(second).status == BookingStatus.CONFIRMED


def test_lets_a_settled_guest_go_at_one_click(samir: FlaskClient, in_house: Make) -> None:
    booking = in_house()
    due = folios.balance(booking).decimal
    samir.submit(page_of(booking, "payment"), {"method": "cash", "amount": str(due), "note": ""})

    answer = samir.submit(page_of(booking), {}, to=page_of(booking, "check-out"))

    assert answer.headers["Location"].endswith("/en/desk/")
    assert fresh(booking).status == BookingStatus.CHECKED_OUT


def test_asks_why_an_account_stays_open(samir: FlaskClient, in_house: Make) -> None:
    booking = in_house()

    refused = samir.submit(page_of(booking), {}, to=page_of(booking, "check-out"))
    assert refused.headers["Location"].endswith("/check-out")
    assert fresh(booking).status == BookingStatus.IN_HOUSE
    empty = samir.submit(page_of(booking, "check-out"), {"reason": " "})
    assert empty.status_code == 422

    samir.submit(page_of(booking, "check-out"), {"reason": "pays by transfer"})

    assert fresh(booking).status == BookingStatus.CHECKED_OUT
    assert booking.ended_reason == "pays by transfer"


def test_notes_that_nobody_came_from_the_day_after(samir: FlaskClient, booked: Make) -> None:
    late = booked(stay=Stay(TODAY - timedelta(days=1), TODAY + timedelta(days=2)))
    today = booked(guest=BORIS)

    assert samir.get(page_of(today, "no-show")).status_code == 409
    assert "keeps the first night" in samir.get(page_of(late, "no-show")).text
    samir.submit(page_of(late, "no-show"), {})

    assert fresh(late).status == BookingStatus.NO_SHOW
