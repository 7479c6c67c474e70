"""Hold the Stripe gateway to the words of `app.gateways.payments`, over real HTTP with the stand-in."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest

from app.gateways.payments import (
    CheckoutRequest,
    PaymentRefused,
    PaymentState,
    PaymentUnclear,
    RefundState,
    Snapshot,
)
from app.gateways.stripe import StripeGateway, checkout_params
from tests.stripe_house.process import SECRET_KEY, WEBHOOK_SECRET, StripeHouse

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SUCCESS = "http://127.0.0.1/fr/back?session={CHECKOUT_SESSION_ID}"


@pytest.fixture
def house(stripe_house: StripeHouse) -> StripeHouse:
    """Return the stand-in with its clock at NOW."""
    stripe_house.set_clock(NOW)
    return stripe_house


@pytest.fixture
def gateway(house: StripeHouse) -> StripeGateway:
    return make_gateway(house.url)


def make_gateway(api_base: str | None, **changes: Any) -> StripeGateway:
    settings: dict[str, Any] = {"webhook_secret": WEBHOOK_SECRET, "api_base": api_base}
    return StripeGateway(**({"api_key": SECRET_KEY} | settings | changes))


def make_params(**changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "attempt": "a1",
        "booking": "KX7P2M",
        "purpose": "full",
        "environment": "test",
        "amount_minor": 12_000,
        "currency": "EUR",
        "line_name": "Juste Nuit, 3 nuits",
        "locale": "fr",
        "is_hold": False,
        "email": "ada@example.org",
        "success_url": SUCCESS,
        "cancel_url": "http://127.0.0.1/fr/review",
        "expires_at": NOW + timedelta(minutes=35),
    }
    return checkout_params(**(values | changes))


def make_request(key: str = "test-a1-session", **changes: Any) -> CheckoutRequest:
    return CheckoutRequest(params=make_params(**changes), key=key)


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


# Bad luck


@pytest.mark.parametrize(
    ("action", "status", "expected"),
    [
        ("status", 500, PaymentUnclear),
        ("status", 503, PaymentUnclear),
        ("status", 409, PaymentUnclear),
        ("status", 429, PaymentUnclear),
        ("status", 400, PaymentRefused),
        ("status", 401, PaymentRefused),
        ("status", 403, PaymentRefused),
        ("drop_request", 0, PaymentUnclear),
        ("drop_response", 0, PaymentUnclear),
    ],
)
def test_tells_a_refusal_from_an_unknown_outcome(
    house: StripeHouse, gateway: StripeGateway, action: str, status: int, expected: type[Exception]
) -> None:
    house.break_next("POST", "/v1/checkout/sessions", action, status=status)

    with pytest.raises(expected):
        gateway.start(make_request())

    assert len(house.requests()) == 1, "nothing is retried behind our back"
    house.look(gateway.start(make_request()).url)


def test_opens_one_page_though_the_answer_was_lost(house: StripeHouse, gateway: StripeGateway) -> None:
    house.break_next("POST", "/v1/checkout/sessions", "drop_response")
    with pytest.raises(PaymentUnclear):
        gateway.start(make_request())

    started = gateway.start(make_request())

    house.set_clock(NOW + timedelta(hours=1))
    house.webhook()
    gateway.fetch_session(started.session_id)
    assert [sent["type"] for sent in house.notifications()] == ["checkout.session.expired"]


def test_gives_up_on_silence_and_finds_the_page_later(house: StripeHouse) -> None:
    impatient = make_gateway(house.url, connect_timeout=0.2, total_timeout=0.4)
    house.break_next("POST", "/v1/checkout/sessions", "hang")

    began = time.monotonic()
    with pytest.raises(PaymentUnclear):
        impatient.start(make_request())

    assert time.monotonic() - began < 2
    house.release()
    assert make_gateway(house.url).start(make_request()).session_id


def test_gives_up_when_nobody_is_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nowhere = make_gateway(f"http://127.0.0.1:{taken.getsockname()[1]}")

        with pytest.raises(PaymentUnclear):
            nowhere.fetch_intent("pi_1")


def test_never_lets_slow_calls_take_every_thread(house: StripeHouse) -> None:
    gateway = make_gateway(house.url, connect_timeout=0.2, max_calls=1)
    house.break_next("GET", "/v1/payment_intents/pi_1", "hang")

    with ThreadPoolExecutor(1) as pool:
        stuck = pool.submit(gateway.fetch_intent, "pi_1")
        while not house.requests():
            pass
        with pytest.raises(PaymentUnclear, match="nothing was sent"):
            gateway.fetch_intent("pi_2")
        house.release()

        with pytest.raises(PaymentRefused):
            stuck.result()
    with pytest.raises(PaymentRefused):
        gateway.fetch_intent("pi_2")


def test_refuses_a_payment_that_nobody_knows(gateway: StripeGateway) -> None:
    for unknown in ("pi_unknown", "pi_../../v1/charges", "", "é"):
        with pytest.raises((PaymentRefused, PaymentUnclear)):
            gateway.fetch_intent(unknown)


# Secrets and personal data


def test_sends_no_personal_data_but_the_address(house: StripeHouse, gateway: StripeGateway) -> None:
    gateway.start(make_request())

    (asked,) = house.requests()
    sent = parse_qs(asked["body"])
    assert "payment_method_types[0]" not in sent
    assert sent["allowed_payment_method_types[0]"] == ["card"]
    assert sent["adaptive_pricing[enabled]"] == ["false"]
    assert [name for name, values in sent.items() if "ada@example.org" in values] == ["customer_email"]


def test_tells_stripe_nothing_about_its_machine(house: StripeHouse, gateway: StripeGateway) -> None:
    gateway.start(make_request())

    (asked,) = house.requests()
    assert "bindings_version" in asked["agent"]
    assert "telemetry_id" not in asked["agent"], "the SDK would have written it into the home directory"
    assert "platform" not in asked["agent"]


@pytest.mark.parametrize(
    "odd",
    [
        {"api_key": ""},
        {"api_key": "pk_test_1"},
        {"api_key": "sk_live_1"},
        {"api_base": "https://stripe.example.org"},
        {"webhook_secret": ""},
    ],
    ids=str,
)
def test_refuses_keys_and_addresses_that_cannot_be_meant(odd: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        make_gateway(**({"api_base": "http://127.0.0.1:1"} | odd))


def test_keeps_its_key_out_of_words(gateway: StripeGateway, house: StripeHouse) -> None:
    house.break_next("GET", "/v1/payment_intents/pi_1", "status", status=401)

    with pytest.raises(PaymentRefused) as refused:
        gateway.fetch_intent("pi_1")

    assert SECRET_KEY not in repr(gateway) + repr(refused.value) + str(refused.value.__cause__)
    assert make_gateway(None, api_key="sk_live_1").is_live


# The frozen request


@pytest.mark.parametrize(
    "odd",
    [
        {"amount_minor": 49},
        {"amount_minor": 100_000_000},
        {"success_url": "http://127.0.0.1/fr/back"},
        {"expires_at": NOW.replace(tzinfo=None)},
    ],
    ids=str,
)
def test_freezes_no_request_that_stripe_must_refuse(odd: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        make_params(**odd)


@pytest.mark.parametrize("key", ["", "x" * 256, "clé", "a\nb"])
def test_refuses_a_key_that_stripe_would_not_keep(key: str) -> None:
    with pytest.raises(ValueError, match="idempotency key"):
        make_request(key=key)
