"""Reception takes a mistake back: the words before, the refusals, and whose step it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from app.models import BookingStatus, Property
from app.services import bookings
from app.services.bookings import GuestDetails
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.web.desk.conftest import NEXT_WEEK, Make, fresh, page_of

BORIS = GuestDetails("Boris Claes", "boris@example.org")


@pytest.mark.parametrize(("hours", "is_offered"), [(0, True), (13.9, True), (14, False)])
def test_offers_to_take_a_check_in_back_until_midnight_only(
    signed_in: Callable[[str], FlaskClient], in_house: Make, hours: float, is_offered: bool
) -> None:
    booking = in_house()

    with time_machine.travel(NOW + timedelta(hours=hours), tick=False):
        page = signed_in("samir").get(page_of(booking)).text

    assert ("Take the check-in back" in page) == is_offered


def test_lets_a_manager_take_a_check_out_back(
    signed_in: Callable[[str], FlaskClient], in_house: Make
) -> None:
    booking = in_house()
    bookings.check_out(booking=booking, actor="user:1", today=TODAY, now=NOW, debt_reason="slip")
    samir, marie = signed_in("samir"), signed_in("marie")
    step = page_of(booking, "undo-check-out")

    assert "Take the check-out back" not in samir.get(page_of(booking)).text
    assert samir.submit(page_of(booking, "contact"), {}, to=step).status_code == 403
    assert "Take the check-out back" in marie.get(page_of(booking)).text
    marie.submit(page_of(booking), {}, to=step)

    assert fresh(booking).status == BookingStatus.IN_HOUSE
    assert "took the check-out back" in marie.get(page_of(booking)).text


def test_says_that_the_room_was_given_to_somebody_else(
    signed_in: Callable[[str], FlaskClient], in_house: Make, booked: Make
) -> None:
    booking = in_house()
    bookings.check_out(booking=booking, actor="user:1", today=TODAY, now=NOW, debt_reason="slip")
    booked(guest=BORIS, room_id=booking.rooms[0].room_id)
    marie = signed_in("marie")

    marie.submit(page_of(booking), {}, to=page_of(booking, "undo-check-out"))

    assert "given to somebody else" in marie.get(page_of(booking)).text
    assert fresh(booking).status == BookingStatus.CHECKED_OUT


def test_lets_who_was_cancelled_come_after_all(house: Property, samir: FlaskClient, booked: Make) -> None:
    booking = booked(stay=NEXT_WEEK)
    bookings.cancel(house=house, booking=booking, actor="user:1", reason="slip", now=NOW)
    assert "They come after all" in samir.get(page_of(booking)).text
    assert "told by e-mail" in samir.get(page_of(booking, "reinstate")).text

    answer = samir.submit(page_of(booking, "reinstate"), {})

    assert answer.status_code == 302
    assert fresh(booking).status == BookingStatus.CONFIRMED
    assert "let the booking stand again" in samir.get(page_of(booking)).text
    assert samir.get(page_of(booking, "reinstate")).status_code == 409


def test_lets_who_had_not_come_come_after_all(samir: FlaskClient, booked: Make) -> None:
    late = booked(stay=Stay(TODAY - timedelta(days=1), TODAY + timedelta(days=2)))
    bookings.mark_no_show(booking=late, actor="user:1", today=TODAY, now=NOW)

    samir.submit(page_of(late, "reinstate"), {})
    samir.submit(page_of(late), {}, to=page_of(late, "check-in"))

    assert fresh(late).status == BookingStatus.IN_HOUSE


def test_says_that_the_nights_are_gone(house: Property, samir: FlaskClient, booked: Make) -> None:
    booking = booked(stay=NEXT_WEEK)
    bookings.cancel(house=house, booking=booking, actor="user:1", reason="slip", now=NOW)
    for _ in range(3):
        booked(stay=NEXT_WEEK, guest=BORIS)

    answer = samir.submit(page_of(booking, "reinstate"), {})

    assert answer.status_code == 409
    assert "The nights have been sold" in answer.text
    assert fresh(booking).status == BookingStatus.CANCELLED
