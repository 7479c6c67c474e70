"""What the terms do not keep goes back to the card, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.services import bookings, folios
from pricing.money import Money
from tests.services.bookings.conftest import STAY
from tests.services.payments.conftest import (
    Paid,
    Till,
    card_lines,
    letters_of,
    states_of,
)
from tests.services.payments.errands import cancel, confirm, follow, intent_of


def test_refunds_the_whole_of_a_stay_cancelled_in_time(till: Till, paid: Paid) -> None:
    booking = paid()
    confirm(till, booking)

    cancel(till, booking)

    assert (states_of(booking), card_lines()) == (["refunded"], [-7516, 7516])
    assert folios.balance(booking) == Money(0)


def test_refunds_what_the_terms_do_not_keep(till: Till, paid: Paid) -> None:
    booking = paid()
    confirm(till, booking)
    till.wait(days=7)  # the day before arrival: the first night is kept, the tax is not

    cancel(till, booking)

    assert (states_of(booking), card_lines()) == (["refunded"], [-7516, 7516 - 3600])
    assert folios.balance(booking) == Money(0)
    (asked,) = [asked for asked in till.asked("/refunds") if asked["method"] == "POST"]
    assert "amount=3916" in asked["body"]


@pytest.mark.parametrize("trouble", ["drop_request", "drop_response", "status"])
def test_refunds_once_though_the_answer_was_lost(till: Till, paid: Paid, trouble: str) -> None:
    booking = paid()
    confirm(till, booking)
    till.stand_in.break_next("POST", "/v1/refunds", trouble)
    cancel(till, booking)
    assert (states_of(booking), card_lines()) == (["refunding"], [-7516])

    till.wait(days=2)  # the processor has forgotten the key by then
    till.sweep()
    till.sweep()

    assert (states_of(booking), card_lines()) == (["refunded"], [-7516, 7516])
    assert len(till.processor.gateway.list_refunds(intent_of(booking))) == 1


def test_refunds_what_a_crash_left_after_the_cancellation(till: Till, paid: Paid) -> None:
    booking = paid()
    confirm(till, booking)
    bookings.cancel(house=till.house, booking=booking, actor="guest", reason="", now=till.now)

    till.sweep()

    assert (states_of(booking), card_lines()) == (["refunded"], [-7516, 7516])


def test_tells_the_desk_once_of_a_refund_that_is_refused(till: Till, paid: Paid) -> None:
    booking = paid()
    confirm(till, booking)
    till.stand_in.break_next("POST", "/v1/refunds", "status", status=400, times=9)

    cancel(till, booking)
    for _ in range(3):
        till.wait(minutes=5)
        till.sweep()

    assert states_of(booking) == ["paid"]
    assert letters_of(booking).count("desk_payment") == 1
    assert folios.balance(booking) == Money(-7516), "the account shows what is owed to the guest"
    assert [asked["method"] for asked in till.asked("/refunds")].count("POST") == 1


def test_posts_a_refund_made_in_the_processors_rooms_once(till: Till, paid: Paid) -> None:
    booking = paid()
    confirm(till, booking)
    till.processor.gateway.refund(intent_of(booking), amount_minor=1000, reference="", key="by hand")

    for _ in range(2):
        till.receive()
        till.sweep()

    assert (states_of(booking), card_lines()) == (["paid"], [-7516, 1000])
    assert folios.balance(booking) == Money(1000)


def test_gives_back_what_is_not_kept_of_who_did_not_come(till: Till, paid: Paid) -> None:
    booking = paid()
    confirm(till, booking)

    bookings.mark_no_show(
        booking=booking, actor="user:1", today=STAY.arrival + timedelta(days=1), now=till.now
    )
    follow(till, booking)

    assert states_of(booking) == ["refunded"]
    assert card_lines() == [-7516, 3916]
    assert folios.balance(booking) == Money(0)
