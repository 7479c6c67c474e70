"""Money is applied once, whoever asks first, and reaches the same end on every way (payments 8: 1 to 5, 18, 40)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, current_app

from app.database import session
from app.models import BookingStatus, Claim, ProcessorNotice
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
from tests.services.payments.readings import LATER


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
