"""Money is believed from the processor's own objects, the newest and the right ones (payments 8: 1 to 5, 18, 40)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.database import session
from app.gateways.payments import PaymentState
from app.services import payments
from tests.services.bookings.conftest import NOW, Hold
from tests.services.payments.conftest import (
    TONIGHT,
    Till,
    attempts_of,
    card_lines,
    letters_of,
    states_of,
)
from tests.services.payments.readings import paid_snapshot


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
    attempt_id, right = attempt.id, paid_snapshot(booking)
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
    attempt_id, right = attempt.id, paid_snapshot(booking)
    session.commit()

    payments.apply(processor=till.processor, attempt_id=attempt_id, reading=payments.Reading(right), now=NOW)

    assert (booking.status, states_of(booking)) == ("confirmed", ["paid"])
