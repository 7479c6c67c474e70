"""What became of the booking decides over the card: captured, released, refunded, once each (decision 7)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask, current_app

from app.database import session
from app.models import Booking, PaymentMethod
from app.services import bookings, folios, payments
from app.services.inventory import list_taken
from pricing.money import Money
from tests.services.bookings.conftest import NOW, STAY, Hold
from tests.services.payments.conftest import (
    TONIGHT,
    Paid,
    Till,
    attempts_of,
    card_lines,
    letters_of,
    states_of,
)


def confirm(till: Till, booking: Booking) -> None:
    """Say yes at the desk, and do for the card what this means."""
    bookings.confirm(house=till.house, booking=booking, actor="user:1", now=till.now)
    follow(till, booking)


def follow(till: Till, booking: Booking) -> None:
    """Do for the card what became of a booking."""
    payments.follow_booking(processor=till.processor, booking_id=booking.id, now=till.now)


def cancel(till: Till, booking: Booking) -> None:
    """Cancel as the guest, and do for the card what this means."""
    bookings.cancel(house=till.house, booking=booking, actor="guest", reason="", now=till.now)
    follow(till, booking)


# Captured


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


# Released


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


# Refunded


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


# Too late


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


def intent_of(booking: Booking) -> str:
    """Return the processor's name of the payment of a booking; no transaction stays open."""
    intent_id = attempts_of(booking)[0].intent_id
    session.commit()
    assert intent_id
    return intent_id


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
