"""Money that comes too late takes the same nights if it can, and else goes back at once."""

from __future__ import annotations

import pytest

from app.services import bookings
from app.services.inventory import list_taken
from tests.services.bookings.conftest import STAY, Hold
from tests.services.payments.conftest import (
    TONIGHT,
    Till,
    card_lines,
    letters_of,
    states_of,
)


def test_takes_the_same_nights_again_for_money_that_comes_late(till: Till, hold: Hold) -> None:
    booking = hold(stay=TONIGHT)
    page = till.start(booking)
    till.stand_in.pay(page)  # and no word of it reaches us for an hour
    till.stand_in.break_next("POST", "/v1/checkout/sessions/*/expire", "drop_request", times=2)
    till.wait(minutes=50)
    till.sweep()
    assert booking.status == "expired"

    till.wait(minutes=1)
    till.sweep()
    till.sweep()

    assert (booking.status, states_of(booking)) == ("confirmed", ["paid"])
    assert letters_of(booking) == ["booking_expired", "booking_confirmed"]


@pytest.mark.parametrize(
    ("stay", "state", "lines"),
    [(TONIGHT, "refunded", 2), (STAY, "released", 0)],
    ids=["instant: refunded", "request: released"],
)
def test_gives_the_money_back_when_the_room_is_gone(
    till: Till, hold: Hold, stay: object, state: str, lines: int
) -> None:
    booking = hold(stay=stay)
    till.stand_in.pay(till.start(booking))
    till.stand_in.break_next("POST", "/v1/checkout/sessions/*/expire", "drop_request", times=2)
    till.wait(minutes=50)
    till.sweep()
    for _ in range(3):
        hold(stay=stay, now=till.now)

    till.wait(minutes=1)
    till.sweep()
    till.sweep()

    assert (booking.status, states_of(booking), len(card_lines())) == ("expired", [state], lines)
    assert sum(card_lines()) == 0
    assert letters_of(booking) == ["booking_expired", "payment_returned", "desk_payment"]


def test_gives_the_money_back_for_a_night_that_has_passed(till: Till, hold: Hold) -> None:
    booking = hold(stay=TONIGHT)
    till.stand_in.pay(till.start(booking))
    till.wait(days=1)  # and nobody looked

    till.sweep()

    assert (booking.status, states_of(booking), sum(card_lines())) == ("expired", ["refunded"], 0)
    assert "payment_returned" in letters_of(booking)


def test_writes_one_letter_about_money_for_an_order_that_nobody_has_ended_yet(till: Till, hold: Hold) -> None:
    booking = hold(stay=TONIGHT)
    till.stand_in.pay(till.start(booking))
    till.wait(days=1)
    assert booking.status == "tentative"

    till.look(booking)  # the guest comes back before any job
    till.sweep()

    assert (booking.status, states_of(booking), sum(card_lines())) == ("expired", ["refunded"], 0)
    assert letters_of(booking) == ["payment_returned", "desk_payment"]
    assert list_taken(property_id=till.house.id, stay=TONIGHT, now=till.now) == frozenset()


def test_gives_the_money_back_when_the_guest_had_cancelled_meanwhile(till: Till, hold: Hold) -> None:
    booking = hold(stay=TONIGHT)
    page = till.start(booking)
    bookings.cancel(house=till.house, booking=booking, actor="guest", reason="", now=till.now)
    till.stand_in.pay(page)

    till.receive()
    till.sweep()

    assert (booking.status, states_of(booking), sum(card_lines())) == ("cancelled", ["refunded"], 0)
    assert letters_of(booking)[-2:] == ["payment_returned", "desk_payment"]


def test_closes_the_page_of_a_booking_that_was_cancelled(till: Till, hold: Hold) -> None:
    booking = hold()
    page = till.start(booking)
    till.wait(minutes=1)
    bookings.cancel(house=till.house, booking=booking, actor="guest", reason="", now=till.now)

    till.wait(minutes=1)
    till.sweep()

    assert till.stand_in.look(page).status == 410
    assert states_of(booking) == ["expired"]
