"""When there will be no stay, the money that was set aside is let go, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.database import session
from app.services import bookings
from tests.services.bookings.conftest import NOW
from tests.services.payments.conftest import (
    Paid,
    Till,
    card_lines,
    letters_of,
    states_of,
)
from tests.services.payments.errands import cancel, follow


def test_releases_at_a_decline(till: Till, paid: Paid) -> None:
    booking = paid()
    bookings.decline(house=till.house, booking=booking, actor="user:1", reason="full", now=till.now)

    follow(till, booking)

    assert (states_of(booking), card_lines()) == (["released"], [])
    assert till.asked("/capture") == []


def test_releases_when_the_guest_takes_the_request_back(till: Till, paid: Paid) -> None:
    booking = paid()

    cancel(till, booking)

    assert states_of(booking) == ["released"]


def test_releases_a_request_that_nobody_answered(till: Till, paid: Paid) -> None:
    booking = paid()

    till.wait(hours=24)
    till.sweep()

    assert (booking.status, states_of(booking)) == ("expired", ["released"])
    assert letters_of(booking)[-1] == "booking_expired"


def test_releases_twelve_hours_before_the_bank_would_at_the_latest(till: Till, paid: Paid) -> None:
    booking = paid()
    booking.lapses_at = booking.answer_due_at = NOW + timedelta(days=9)  # a house that answers late
    session.commit()
    till.wait(days=6, hours=11)
    till.sweep()
    assert states_of(booking) == ["authorised"]

    till.wait(hours=1)
    till.sweep()

    assert states_of(booking) == ["released"]


@pytest.mark.parametrize("trouble", ["drop_request", "drop_response"])
def test_releases_once_though_the_answer_was_lost(till: Till, paid: Paid, trouble: str) -> None:
    booking = paid()
    till.stand_in.break_next("POST", "/v1/payment_intents/*/cancel", trouble)
    cancel(till, booking)
    assert states_of(booking) == ["releasing"]

    till.wait(minutes=2)
    till.sweep()

    assert states_of(booking) == ["released"]
