"""Money is believed from the processor's own objects, applied once, whoever asks first (payments 8: 1 to 5, 18, 40)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, current_app

from app.database import session
from app.gateways.payments import PaymentState, Snapshot
from app.models import Booking, BookingStatus, Claim, ProcessorNotice
from app.services import folios, payments
from pricing.money import Money
from tests.services.bookings.conftest import NOW, Hold
from tests.services.payments.conftest import (
    TONIGHT,
    Paid,
    Till,
    attempts_of,
    card_lines,
    letters_of,
    states_of,
)

LATER = [  # what a guest can be told after a payment
    ("request", {}, "requested", "authorised", ["request_received", "desk_request"]),
    ("instant", {"stay": TONIGHT}, "confirmed", "paid", ["booking_confirmed"]),
]


@pytest.mark.parametrize(
    ("changes", "status", "state", "letters"), [row[1:] for row in LATER], ids=[row[0] for row in LATER]
)
def test_lets_a_paid_order_stand(
    paid: Paid, changes: dict[str, Any], status: str, state: str, letters: list[str]
) -> None:
    booking = paid(**changes)

    assert (booking.status, states_of(booking), letters_of(booking)) == (status, [state], letters)


def test_takes_the_money_of_an_instant_stay_at_once(paid: Paid) -> None:
    booking = paid(stay=TONIGHT)

    assert folios.balance(booking) == Money(0)
    assert card_lines() == [-attempts_of(booking)[0].amount_minor]
    assert session.get_one(Claim, booking.rooms[0].claim_id).lapses_at is None


def test_only_sets_the_sum_aside_for_a_request(paid: Paid) -> None:
    booking = paid()

    assert card_lines() == []
    assert attempts_of(booking)[0].capture_before == NOW + timedelta(days=7)
    assert booking.answer_due_at == NOW + timedelta(hours=24)
    assert session.get_one(Claim, booking.rooms[0].claim_id).lapses_at == booking.answer_due_at


def test_owes_its_answer_twelve_hours_before_the_authorisation_ends(till: Till, hold: Hold) -> None:
    booking = hold()
    page = till.start(booking)
    till.stand_in.set_clock(
        NOW - timedelta(days=6, hours=4)
    )  # the bank keeps it for seven days: 20 hours are left
    till.stand_in.pay(page)

    till.look(booking)

    assert booking.answer_due_at == NOW + timedelta(hours=8)


@pytest.mark.parametrize("changes", [row[1] for row in LATER], ids=[row[0] for row in LATER])
def test_applies_ten_deliveries_of_each_event_once(till: Till, hold: Hold, changes: dict[str, Any]) -> None:
    booking = hold(**changes)
    till.stand_in.pay(till.start(booking))

    for _ in range(2):
        till.receive(count=5)
        till.sweep()
    till.look(booking)

    assert len(letters_of(booking)) == len(set(letters_of(booking)))
    assert len(card_lines()) == (1 if changes else 0)
    assert session.query(ProcessorNotice).filter(ProcessorNotice.applied_at.is_(None)).count() == 0


@pytest.mark.parametrize("changes", [row[1] for row in LATER], ids=[row[0] for row in LATER])
def test_applies_webhook_return_and_sweep_at_once_only_once(
    till: Till, hold: Hold, changes: dict[str, Any]
) -> None:
    booking = hold(**changes)
    till.stand_in.pay(till.start(booking))
    till.receive()
    booking_id, now, processor = booking.id, till.now, till.processor
    session.commit()
    application: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    def ask(which: int) -> None:
        with application.app_context():
            if which % 3 == 0:
                payments.apply_notices(processor=processor, now=now)
            elif which % 3 == 1:
                payments.look_at_booking(processor=processor, booking_id=booking_id, now=now)
            else:
                payments.recheck(processor=processor, now=now + timedelta(minutes=10))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(ask, range(6)))

    expected = next(row for row in LATER if row[1] == changes)
    session.rollback()
    assert (booking.status, states_of(booking), letters_of(booking)) == (
        expected[2],
        [expected[3]],
        expected[4],
    )
    assert len(card_lines()) == (1 if changes else 0)


def test_finds_a_payment_whose_page_it_had_no_time_to_remember(till: Till, hold: Hold) -> None:
    booking = hold(stay=TONIGHT)
    page = till.start(booking)
    (attempt,) = attempts_of(booking)
    attempt.session_id, attempt.session_url, attempt.state = None, None, "new"
    session.commit()
    till.stand_in.pay(page)

    till.receive()
    till.sweep()

    assert (booking.status, states_of(booking)) == ("confirmed", ["paid"])
    assert attempts_of(booking)[0].session_id


def test_stays_paid_when_an_older_failure_is_heard_later(till: Till, hold: Hold) -> None:
    booking = hold(stay=TONIGHT)
    page = till.start(booking)
    till.stand_in.pay(page, "declined")
    till.stand_in.pay(page)
    sent = till.stand_in.notifications()
    assert "payment_intent.payment_failed" in [one["type"] for one in sent]

    for one in reversed(sent):
        notification = till.processor.gateway.parse_notification(
            one["body"].encode(), one["signature"], now=NOW
        )
        payments.keep(notification=notification, gateway=till.processor.gateway, now=NOW)
        till.sweep()

    assert (booking.status, states_of(booking), len(card_lines())) == ("confirmed", ["paid"], 1)


def test_never_moves_back_for_a_reading_that_grew_old(till: Till, hold: Hold) -> None:
    booking = hold(stay=TONIGHT)
    page = till.start(booking)
    (attempt,) = attempts_of(booking)
    attempt_id, session_id = attempt.id, attempt.session_id or ""
    session.commit()
    old = till.processor.gateway.fetch_session(session_id)
    till.stand_in.pay(page)
    till.look(booking)

    payments.apply(
        processor=till.processor, attempt_id=attempt_id, reading=payments.Reading(old), now=till.now
    )
    expired = replace(old, state=PaymentState.EXPIRED)
    payments.apply(
        processor=till.processor, attempt_id=attempt_id, reading=payments.Reading(expired), now=till.now
    )

    assert (booking.status, states_of(booking)) == ("confirmed", ["paid"])


@pytest.mark.parametrize("card", ["declined", "insufficient"])
def test_keeps_the_room_for_a_guest_whose_card_is_declined(till: Till, hold: Hold, card: str) -> None:
    booking = hold()
    page = till.start(booking)
    till.stand_in.pay(page, card)

    till.receive()
    till.sweep()
    till.look(booking)

    assert (booking.status, states_of(booking)) == ("tentative", ["open"])
    assert (card_lines(), letters_of(booking)) == ([], [])
    assert till.start(booking) == page
    till.stand_in.pay(page)
    till.look(booking)
    assert booking.status == "requested"


def test_keeps_the_room_for_a_guest_whom_the_bank_did_not_recognise(till: Till, hold: Hold) -> None:
    booking = hold()
    page = till.start(booking)
    till.stand_in.pay(page, "3ds")
    till.stand_in.authenticate(page, succeeds=False)
    till.look(booking)
    assert (booking.status, states_of(booking), letters_of(booking)) == ("tentative", ["open"], [])

    till.stand_in.pay(page, "3ds")
    till.stand_in.authenticate(page, succeeds=True)
    till.look(booking)

    assert (booking.status, states_of(booking)) == ("requested", ["authorised"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"received_minor": 100},
        {"currency": "CHF"},
        {"is_live": True},
        {"intent_id": "pi_of_somebody_else"},
        {"session_id": "cs_of_somebody_else"},
        {"metadata": {"attempt": "somebody else's"}},
        {"metadata": {"booking": "SOMEBODY22"}},
        {"metadata": {"env": "live"}},
    ],
    ids=str,
)
def test_believes_no_payment_that_is_not_the_one_asked_for(
    till: Till, hold: Hold, wrong: dict[str, Any]
) -> None:
    booking = hold(stay=TONIGHT)
    page = till.start(booking)
    till.stand_in.pay(page, "declined")
    till.look(booking)
    (attempt,) = attempts_of(booking)
    attempt_id, right = attempt.id, _paid_snapshot(booking)
    snapshot = replace(right, **{**wrong, "metadata": {**right.metadata, **wrong.get("metadata", {})}})
    session.commit()

    for _ in range(3):
        payments.apply(
            processor=till.processor, attempt_id=attempt_id, reading=payments.Reading(snapshot), now=NOW
        )

    assert (booking.status, states_of(booking), card_lines()) == ("tentative", ["open"], [])
    assert letters_of(booking) == ["desk_payment"], "the desk is told, once"


def test_believes_the_payment_that_is_the_one_asked_for(till: Till, hold: Hold) -> None:
    booking = hold(stay=TONIGHT)
    till.start(booking)
    (attempt,) = attempts_of(booking)
    attempt_id, right = attempt.id, _paid_snapshot(booking)
    session.commit()

    payments.apply(processor=till.processor, attempt_id=attempt_id, reading=payments.Reading(right), now=NOW)

    assert (booking.status, states_of(booking)) == ("confirmed", ["paid"])


def test_reaches_the_same_end_without_any_webhook(till: Till, hold: Hold) -> None:
    booking = hold(stay=TONIGHT)
    till.stand_in.pay(till.start(booking))
    till.wait(minutes=9)
    till.sweep()
    assert booking.status == "tentative", "nothing was due yet"

    till.wait(minutes=1)
    till.sweep()

    assert (booking.status, states_of(booking), len(card_lines())) == ("confirmed", ["paid"], 1)


def test_lets_one_odd_attempt_keep_nobody_waiting(till: Till, hold: Hold) -> None:
    odd, good = hold(stay=TONIGHT), hold(stay=TONIGHT)
    for booking in (odd, good):
        till.stand_in.pay(till.start(booking))
    attempts_of(odd)[0].session_id = "cs_test_unknown"
    session.commit()
    till.wait(minutes=10)

    till.sweep()
    till.sweep()

    assert (odd.status, good.status) == ("tentative", "confirmed")
    assert letters_of(odd) == ["desk_payment"]


def test_lets_a_request_wait_for_its_answer_though_it_was_ordered_twice(till: Till, paid: Paid) -> None:
    booking = paid()

    till.wait(hours=2)
    till.sweep()

    assert booking.status == BookingStatus.REQUESTED
    assert states_of(booking) == ["authorised"]


def _paid_snapshot(booking: Booking) -> Snapshot:
    """Return what the processor would say of the booking's attempt once it is paid."""
    (attempt,) = attempts_of(booking)
    return Snapshot(
        state=PaymentState.PAID,
        currency="EUR",
        session_id=attempt.session_id,
        intent_id=attempt.intent_id or "pi_1",
        charge_id="ch_1",
        received_minor=attempt.amount_minor,
        metadata=dict(attempt.parameters["metadata"]),
    )
