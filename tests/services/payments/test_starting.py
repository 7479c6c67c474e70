"""Leading the guest to the page: one attempt, one page, whatever breaks on the way (decisions 4 and 18)."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import parse_qs

import pytest

from app.database import session
from app.gateways.payments import PaymentRefused, PaymentUnclear
from app.models import Claim, RoomNight
from app.services import bookings, payments
from app.services.bookings import PriceChoice
from pricing.money import Money
from tests.services.bookings.conftest import NOW, Hold
from tests.services.payments.conftest import PAGE, Till, attempts_of, letters_of, states_of

SESSIONS = "/checkout/sessions"


def test_freezes_the_price_and_its_tax_before_it_calls(till: Till, hold: Hold) -> None:
    booking = hold()

    till.start(booking)

    (attempt,) = attempts_of(booking)
    (asked,) = till.asked(SESSIONS)
    sent = {name: values[0] for name, values in parse_qs(asked["body"]).items()}
    assert attempt.amount_minor == 7200 + 316
    assert sent["line_items[0][price_data][unit_amount]"] == "7516"
    assert sent["line_items[0][price_data][currency]"] == "eur"
    assert sent["payment_intent_data[capture_method]"] == "manual"
    assert sent["payment_intent_data[metadata][attempt]"] == attempt.public_id
    assert sent["expires_at"] == str(int((NOW + timedelta(minutes=35)).timestamp()))
    assert asked["key"] == f"test-{attempt.public_id}-session"


def test_tells_the_processor_an_address_and_a_number_and_nothing_else(till: Till, hold: Hold) -> None:
    booking = hold(choice=PriceChoice(bracket=1))

    till.start(booking)

    body = till.asked(SESSIONS)[0]["body"]
    assert "Alice" not in body
    assert "Delattre" not in body
    assert parse_qs(body)["customer_email"] == ["alice@example.org"]
    metadata = {name: value for name, value in parse_qs(body).items() if "metadata" in name}
    assert sorted(metadata) == sorted(
        f"{owner}[{name}]"
        for owner in ("metadata", "payment_intent_data[metadata]")
        for name in ("attempt", "booking", "env", "purpose")
    )


def test_keeps_the_nights_forty_minutes_and_ten_more_to_look(till: Till, hold: Hold) -> None:
    booking = hold()

    till.start(booking)

    claim = session.get_one(Claim, booking.rooms[0].claim_id)
    assert booking.lapses_at == NOW + timedelta(minutes=40)
    assert claim.lapses_at == NOW + timedelta(minutes=50)


def test_sends_no_letter_while_the_guest_pays(till: Till, hold: Hold) -> None:
    booking = hold()

    till.start(booking)

    assert letters_of(booking) == []


def test_leads_a_double_click_to_the_same_page(till: Till, hold: Hold) -> None:
    booking = hold()

    addresses = {till.start(booking) for _ in range(3)}

    assert len(addresses) == 1
    assert states_of(booking) == ["open"]
    assert len(till.asked(SESSIONS)) == 1
    assert booking.lapses_at == NOW + timedelta(minutes=40), "pressing again keeps nothing longer"


@pytest.mark.parametrize("trouble", ["drop_request", "drop_response", "status"])
def test_repeats_the_same_bytes_after_an_unclear_answer(till: Till, hold: Hold, trouble: str) -> None:
    booking = hold()
    till.stand_in.break_next("POST", "/v1/checkout/sessions", trouble)
    with pytest.raises(PaymentUnclear):
        till.start(booking)
    assert booking.lapses_at == NOW + timedelta(minutes=40), "the room is kept"
    till.wait(minutes=2)

    address = till.start(booking)

    first, second = till.asked(SESSIONS)
    assert (first["key"], first["body"]) == (second["key"], second["body"])
    assert states_of(booking) == ["open"]
    assert till.stand_in.look(address).status == 200


def test_begins_anew_after_a_definite_refusal(till: Till, hold: Hold) -> None:
    booking = hold()
    till.stand_in.break_next("POST", "/v1/checkout/sessions", "status", status=400)
    with pytest.raises(PaymentRefused):
        till.start(booking)

    till.start(booking)

    first, second = till.asked(SESSIONS)
    assert first["key"] != second["key"]
    assert states_of(booking) == ["failed", "open"]


def test_follows_a_request_that_became_too_old_by_a_fresh_one(till: Till, hold: Hold) -> None:
    booking = hold()
    till.stand_in.break_next("POST", "/v1/checkout/sessions", "drop_request")
    with pytest.raises(PaymentUnclear):
        till.start(booking)
    till.wait(minutes=6)  # 29 minutes are left: less than the processor takes

    till.start(booking)

    assert states_of(booking) == ["failed", "open"]


def test_closes_the_old_page_before_it_opens_another(till: Till, hold: Hold) -> None:
    booking = hold()
    old = till.start(booking)
    till.wait(minutes=26)

    new = till.start(booking)

    assert till.stand_in.look(old).status == 410
    assert till.stand_in.look(new).status == 200
    assert states_of(booking) == ["expired", "open"]
    assert booking.lapses_at == till.now + timedelta(minutes=40)


def test_opens_no_second_page_while_the_first_cannot_be_closed(till: Till, hold: Hold) -> None:
    booking = hold()
    till.start(booking)
    till.wait(minutes=26)
    till.stand_in.break_next("POST", "/v1/checkout/sessions/*/expire", "drop_request")

    with pytest.raises(PaymentUnclear):
        till.start(booking)

    assert states_of(booking) == ["open"]


def test_asks_for_nothing_when_the_old_page_turns_out_to_be_paid(till: Till, hold: Hold) -> None:
    booking = hold()
    till.stand_in.pay(till.start(booking))
    till.wait(minutes=26)

    with pytest.raises(payments.CardNotOffered):
        till.start(booking)

    assert states_of(booking) == ["authorised"]
    assert booking.status == "requested"


def test_renews_the_nights_for_a_card_twice(till: Till, hold: Hold) -> None:
    booking = hold()
    for _ in range(3):
        till.start(booking)
        till.wait(minutes=30)

    with pytest.raises(payments.TooManyAttempts):
        till.start(booking)

    assert len(till.asked(SESSIONS)) == 3


def test_offers_no_card_for_less_than_it_can_take(till: Till, hold: Hold) -> None:
    booking = hold()
    for night in booking.rooms[0].nights:
        night.chosen_minor = 24
    session.commit()
    assert payments.amount_due(booking) is None

    with pytest.raises(payments.CardNotOffered):
        till.start(booking)

    assert till.asked(SESSIONS) == []


def test_takes_exactly_fifty_cents(till: Till, hold: Hold) -> None:
    booking = hold()
    first, second = booking.rooms[0].nights
    first.chosen_minor, second.chosen_minor = 48, 0  # and 0.02 of tax
    session.commit()

    assert payments.amount_due(booking) == Money(50)


def test_opens_no_page_for_a_hold_that_is_over(till: Till, hold: Hold) -> None:
    booking = hold()
    till.wait(minutes=12)

    with pytest.raises(bookings.HoldExpired):
        till.start(booking)

    assert till.asked(SESSIONS) == []


def test_lets_a_guest_pay_at_reception_after_all(till: Till, hold: Hold) -> None:
    booking = hold()
    page = till.start(booking)

    payments.close(processor=till.processor, booking_id=booking.id, now=till.now)
    bookings.order(
        house=till.house,
        booking=booking,
        pays_by_card=False,
        link_minutes=60,
        most_per_contact=2,
        now=till.now,
    )

    assert till.stand_in.look(page).status == 410
    assert letters_of(booking) == ["request_to_confirm"]
    assert not booking.is_paid_by_card


def test_gives_the_room_back_only_when_the_page_is_closed(till: Till, hold: Hold) -> None:
    booking = hold()
    page = till.start(booking)
    till.stand_in.break_next("POST", "/v1/checkout/sessions/*/expire", "drop_request")

    till.wait(minutes=41)
    till.sweep()

    assert booking.status == "tentative"
    assert night_count() == 2
    till.wait(minutes=1)
    till.sweep()  # this time the processor is read: expired
    till.sweep()
    assert till.stand_in.look(page).status == 410
    assert (booking.status, states_of(booking), night_count()) == ("expired", ["expired"], 0)


def test_waits_for_a_silent_processor_no_longer_than_ten_minutes(till: Till, hold: Hold) -> None:
    booking = hold()
    till.start(booking)
    till.stand_in.break_next("POST", "/v1/checkout/sessions/*/expire", "drop_request", times=9)
    till.wait(minutes=50)

    till.sweep()

    assert (booking.status, night_count()) == ("expired", 0)
    assert states_of(booking) == ["open"], "nobody said that it was not paid"


def test_stores_parameters_that_are_the_bytes_it_sends(till: Till, hold: Hold) -> None:
    booking = hold()

    till.start(booking)

    (attempt,) = attempts_of(booking)
    assert json.loads(json.dumps(attempt.parameters)) == attempt.parameters
    assert attempt.parameters["success_url"] == PAGE.success_url


def night_count() -> int:
    """Return how many nights of our house somebody has."""
    session.rollback()
    return len(session.query(RoomNight).filter(RoomNight.property_id != 1).all())
