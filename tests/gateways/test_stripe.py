"""Hold the Stripe gateway to the words of `app.gateways.payments`: a guest pays, the house takes or gives back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.gateways.payments import PaymentRefused, PaymentState, PaymentUnclear, RefundState, Snapshot
from app.gateways.stripe import StripeGateway
from tests.gateways.checkouts import NOW, SUCCESS, make_request
from tests.stripe_house.process import StripeHouse


def pay(house: StripeHouse, gateway: StripeGateway, *, card: str = "visa", **changes: Any) -> Snapshot:
    """Walk a guest through the page and return the payment as it then is."""
    started = gateway.start(make_request(**changes))
    house.pay(started.url, card)
    return gateway.fetch_session(started.session_id)


def intent_of(snapshot: Snapshot) -> str:
    assert snapshot.intent_id is not None
    return snapshot.intent_id


# The page


def test_sends_the_guest_to_a_page_that_shows_the_promised_price(
    house: StripeHouse, gateway: StripeGateway
) -> None:
    started = gateway.start(make_request())

    page = house.look(started.url)
    assert page.status == 200
    assert "120.00 EUR" in page.text
    assert gateway.fetch_session(started.session_id).state is PaymentState.OPEN


def test_brings_the_guest_back_with_the_session_in_the_address(
    house: StripeHouse, gateway: StripeGateway
) -> None:
    started = gateway.start(make_request())

    page = house.pay(started.url)

    assert page.location == SUCCESS.replace("{CHECKOUT_SESSION_ID}", started.session_id)


def test_takes_the_whole_sum_at_once(house: StripeHouse, gateway: StripeGateway) -> None:
    paid = pay(house, gateway)

    assert paid.state is PaymentState.PAID
    assert (paid.authorised_minor, paid.received_minor, paid.refunded_minor) == (0, 12_000, 0)
    assert (paid.currency, paid.card_brand, paid.card_last4, paid.is_live) == ("EUR", "visa", "4242", False)
    assert paid.metadata == {"attempt": "a1", "booking": "KX7P2M", "purpose": "full", "env": "test"}
    assert paid.charge_id is not None


def test_finds_the_attempt_by_the_payment_alone(house: StripeHouse, gateway: StripeGateway) -> None:
    paid = pay(house, gateway)

    by_intent = gateway.fetch_intent(intent_of(paid))

    assert by_intent.metadata == paid.metadata
    assert (by_intent.state, by_intent.charge_id) == (paid.state, paid.charge_id)
    assert by_intent.session_id is None


@pytest.mark.parametrize("card", ["declined", "insufficient"])
def test_lets_the_guest_try_another_card_after_a_refusal(
    house: StripeHouse, gateway: StripeGateway, card: str
) -> None:
    started = gateway.start(make_request())

    refused = house.pay(started.url, card)
    meanwhile = gateway.fetch_session(started.session_id)
    house.pay(started.url, "visa")

    assert refused.status == 402
    assert 'role="alert"' in refused.text
    assert (meanwhile.state, meanwhile.charge_id, meanwhile.received_minor) == (PaymentState.OPEN, None, 0)
    assert gateway.fetch_session(started.session_id).state is PaymentState.PAID


@pytest.mark.parametrize(
    ("succeeds", "state"), [(True, PaymentState.PAID), (False, PaymentState.OPEN)], ids=["yes", "no"]
)
def test_waits_for_the_bank_to_recognise_the_guest(
    house: StripeHouse, gateway: StripeGateway, succeeds: bool, state: PaymentState
) -> None:
    started = gateway.start(make_request())
    asked = house.pay(started.url, "3ds")
    assert "Your bank asks" in asked.text
    assert gateway.fetch_session(started.session_id).state is PaymentState.OPEN

    house.authenticate(started.url, succeeds=succeeds)

    assert gateway.fetch_session(started.session_id).state is state


def test_gives_the_same_page_to_a_request_that_is_repeated(
    house: StripeHouse, gateway: StripeGateway
) -> None:
    first = gateway.start(make_request())

    second = gateway.start(make_request())

    assert second == first
    one, two = house.requests()
    assert (one["key"], one["body"]) == (two["key"], two["body"]) == ("test-a1-session", one["body"])


def test_refuses_a_repeated_key_with_another_price(house: StripeHouse, gateway: StripeGateway) -> None:
    gateway.start(make_request())

    with pytest.raises(PaymentRefused):
        gateway.start(make_request(amount_minor=1_000))


def test_takes_no_money_from_a_page_that_grew_old(house: StripeHouse, gateway: StripeGateway) -> None:
    started = gateway.start(make_request())
    house.set_clock(NOW + timedelta(minutes=35))

    late = house.pay(started.url)

    assert late.status == 410
    assert gateway.fetch_session(started.session_id).state is PaymentState.EXPIRED


def test_closes_an_open_page(house: StripeHouse, gateway: StripeGateway) -> None:
    started = gateway.start(make_request())
    house.pay(started.url, "declined")

    closed = gateway.expire(started.session_id)

    assert (closed.state, closed.received_minor) == (PaymentState.EXPIRED, 0)
    assert house.pay(started.url).status == 410
    assert gateway.expire(started.session_id).state is PaymentState.EXPIRED


def test_learns_that_the_guest_was_quicker(house: StripeHouse, gateway: StripeGateway) -> None:
    started = gateway.start(make_request())
    house.pay(started.url)

    assert gateway.expire(started.session_id).state is PaymentState.PAID


# Money set aside


def test_sets_the_sum_aside_until_the_house_confirms(house: StripeHouse, gateway: StripeGateway) -> None:
    held = pay(house, gateway, is_hold=True)
    assert held.state is PaymentState.AUTHORISED
    assert (held.authorised_minor, held.received_minor) == (12_000, 0)
    assert held.capture_before == NOW + timedelta(days=7)

    taken = gateway.capture(intent_of(held), amount_minor=12_000, key="test-a1-capture")

    assert taken.state is PaymentState.PAID
    assert (taken.authorised_minor, taken.received_minor, taken.refunded_minor) == (0, 12_000, 0)


def test_counts_what_was_never_taken_as_no_refund(house: StripeHouse, gateway: StripeGateway) -> None:
    held = pay(house, gateway, is_hold=True)

    taken = gateway.capture(intent_of(held), amount_minor=9_000, key="test-a1-capture")

    assert (taken.received_minor, taken.refunded_minor, taken.kept_minor) == (9_000, 0, 9_000)
    gateway.refund(intent_of(held), amount_minor=4_000, reference="r1", key="test-r1")
    assert gateway.fetch_intent(intent_of(held)).kept_minor == 5_000


def test_gives_back_what_was_set_aside(house: StripeHouse, gateway: StripeGateway) -> None:
    held = pay(house, gateway, is_hold=True)

    released = gateway.release(intent_of(held), key="test-a1-release")

    assert released.state is PaymentState.RELEASED
    assert (released.authorised_minor, released.received_minor, released.refunded_minor) == (0, 0, 0)
    with pytest.raises(PaymentRefused):
        gateway.capture(intent_of(held), amount_minor=12_000, key="test-a1-capture")
    assert gateway.fetch_session(held.session_id or "").state is PaymentState.RELEASED


def test_takes_a_held_sum_once_and_never_more_than_was_held(
    house: StripeHouse, gateway: StripeGateway
) -> None:
    held = pay(house, gateway, is_hold=True)

    with pytest.raises(PaymentRefused):
        gateway.capture(intent_of(held), amount_minor=12_001, key="test-a1-capture-1")
    gateway.capture(intent_of(held), amount_minor=12_000, key="test-a1-capture-2")
    gateway.capture(intent_of(held), amount_minor=12_000, key="test-a1-capture-2")
    with pytest.raises(PaymentRefused) as second:
        gateway.capture(intent_of(held), amount_minor=12_000, key="test-a1-capture-3")

    assert second.value.code == "payment_intent_unexpected_state"
    assert gateway.fetch_intent(intent_of(held)).received_minor == 12_000


# Money that goes back


def test_refunds_in_parts_but_never_more_than_was_paid(house: StripeHouse, gateway: StripeGateway) -> None:
    intent = intent_of(pay(house, gateway))

    first = gateway.refund(intent, amount_minor=7_000, reference="r1", key="test-r1")
    with pytest.raises(PaymentRefused):
        gateway.refund(intent, amount_minor=5_001, reference="r2", key="test-r2")

    assert (first.state, first.amount_minor, first.currency) == (RefundState.SUCCEEDED, 7_000, "EUR")
    assert (first.intent_id, first.reference) == (intent, "r1")
    assert gateway.list_refunds(intent) == (first,)
    assert gateway.fetch_intent(intent).kept_minor == 5_000


def test_refunds_once_though_the_answer_was_lost(house: StripeHouse, gateway: StripeGateway) -> None:
    intent = intent_of(pay(house, gateway))
    house.break_next("POST", "/v1/refunds", "drop_response")

    with pytest.raises(PaymentUnclear):
        gateway.refund(intent, amount_minor=7_000, reference="r1", key="test-r1")
    gateway.refund(intent, amount_minor=7_000, reference="r1", key="test-r1")

    assert [refund.amount_minor for refund in gateway.list_refunds(intent)] == [7_000]
