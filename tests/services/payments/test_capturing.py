"""When reception confirms, the money that was set aside is taken: once, and never more than is owed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask, current_app

from app.database import session
from app.models import PaymentMethod
from app.services import bookings, folios, payments
from pricing.money import Money
from tests.services.bookings.conftest import Hold
from tests.services.payments.conftest import (
    Paid,
    Till,
    attempts_of,
    card_lines,
    letters_of,
    states_of,
)
from tests.services.payments.errands import confirm, follow, intent_of


def test_captures_when_reception_confirms(till: Till, paid: Paid) -> None:
    booking = paid()

    confirm(till, booking)

    assert states_of(booking) == ["paid"]
    assert folios.balance(booking) == Money(0)
    assert card_lines() == [-7516]


def test_captures_what_a_crash_left_after_the_confirmation(till: Till, paid: Paid) -> None:
    booking = paid()
    bookings.confirm(house=till.house, booking=booking, actor="user:1", now=till.now)

    till.wait(minutes=1)
    till.sweep()

    assert (states_of(booking), card_lines()) == (["paid"], [-7516])


@pytest.mark.parametrize("trouble", ["drop_request", "drop_response", "status"])
def test_captures_once_though_the_answer_was_lost(till: Till, paid: Paid, trouble: str) -> None:
    booking = paid()
    till.stand_in.break_next("POST", "/v1/payment_intents/*/capture", trouble)
    confirm(till, booking)
    assert states_of(booking) == ["capturing"]
    assert folios.balance(booking) == Money(7516)

    till.wait(minutes=2)
    till.sweep()

    assert (states_of(booking), card_lines()) == (["paid"], [-7516])
    keys = {asked["key"] for asked in till.asked("/capture")}
    assert len(keys) == 1


def test_waits_for_an_errand_under_way_before_it_takes_it_up(till: Till, paid: Paid) -> None:
    booking = paid()
    till.stand_in.break_next("POST", "/v1/payment_intents/*/capture", "drop_request")
    confirm(till, booking)

    till.wait(seconds=119)
    till.receive()  # what was said of the authorisation comes late
    till.sweep()

    assert len(till.asked("/capture")) == 1


def test_asks_for_one_capture_however_many_ask_for_it(till: Till, paid: Paid) -> None:
    booking = paid()
    bookings.confirm(house=till.house, booking=booking, actor="user:1", now=till.now)
    booking_id, now, processor = booking.id, till.now, till.processor
    session.commit()
    application: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    def ask(_: int) -> None:
        with application.app_context():
            payments.follow_booking(processor=processor, booking_id=booking_id, now=now)

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(ask, range(5)))

    assert len(till.asked("/capture")) == 1
    assert (states_of(booking), card_lines()) == (["paid"], [-7516])


def test_leaves_the_stay_confirmed_and_tells_both_when_the_capture_fails(till: Till, paid: Paid) -> None:
    booking = paid()
    till.stand_in.break_next("POST", "/v1/payment_intents/*/capture", "status", status=402)

    confirm(till, booking)

    assert booking.status == "confirmed"
    assert folios.balance(booking) == Money(7516)
    assert letters_of(booking)[-3:] == ["booking_confirmed", "desk_payment", "payment_failed"]
    till.wait(minutes=2)
    till.sweep()
    assert states_of(booking) == ["released"], "what the bank had set aside goes back"
    assert card_lines() == []


def test_takes_no_money_after_the_authorisation_has_ended(till: Till, paid: Paid) -> None:
    booking = paid()
    till.processor.gateway.release(intent_of(booking), key="in the processor's own rooms")

    confirm(till, booking)

    assert (booking.status, states_of(booking)) == ("confirmed", ["failed"])
    assert letters_of(booking)[-2:] == ["desk_payment", "payment_failed"]


def test_lets_a_guest_pay_again_whose_capture_failed(till: Till, paid: Paid) -> None:
    booking = paid()
    till.processor.gateway.release(intent_of(booking), key="in the processor's own rooms")
    confirm(till, booking)

    till.stand_in.pay(till.start(booking))
    till.look(booking)

    assert states_of(booking) == ["failed", "paid"]
    assert folios.balance(booking) == Money(0)


def test_captures_no_more_than_is_still_owed(till: Till, paid: Paid) -> None:
    booking = paid()
    bookings.confirm(house=till.house, booking=booking, actor="user:1", now=till.now)
    folios.take_payment_at_desk(
        booking=booking, method=PaymentMethod.CASH, amount=Money.of(50), actor="user:1", now=till.now
    )

    follow(till, booking)

    assert card_lines() == [-2516]
    assert folios.balance(booking) == Money(0)


def test_captures_an_hour_later_what_a_kept_answer_stands_in_the_way_of(till: Till, paid: Paid) -> None:
    booking, other = paid(), paid()
    key = till.processor.key_of_the_hour(attempts_of(booking)[0].public_id, "capture", till.now)
    till.processor.gateway.release(intent_of(other), key=key)  # under this key the processor repeats itself
    confirm(till, booking)
    assert states_of(booking) == ["capturing"]
    assert "payment_failed" not in letters_of(booking)

    till.wait(hours=1)
    till.sweep()

    assert states_of(booking) == ["paid"]


def test_takes_the_money_of_two_pages_once(till: Till, hold: Hold) -> None:
    booking = hold()
    older = till.start(booking)
    attempts_of(booking)[0].state = "expired"  # given up before anybody knew that its page had opened
    session.commit()
    newer = till.start(booking)
    for page in (older, newer):
        till.stand_in.pay(page)
    till.receive()
    till.sweep()
    assert states_of(booking) == ["authorised", "authorised"]

    till.stand_in.break_next("POST", "/v1/payment_intents/*/capture", "drop_request")
    confirm(till, booking)
    assert sorted(states_of(booking)) == ["authorised", "capturing"]
    for _ in range(3):
        till.wait(minutes=2)
        till.sweep()

    assert sorted(states_of(booking)) == ["paid", "released"]
    assert (card_lines(), folios.balance(booking)) == ([-7516], Money(0))
