"""Hold the Stripe gateway to telling a refusal from an unknown outcome, and to keeping secrets."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest

from app.gateways.payments import PaymentRefused, PaymentUnclear
from app.gateways.stripe import StripeGateway
from tests.gateways.checkouts import NOW, make_gateway, make_params, make_request
from tests.stripe_house.process import SECRET_KEY, StripeHouse

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


def test_says_that_a_key_was_used_for_something_else(gateway: StripeGateway) -> None:
    gateway.start(make_request())

    with pytest.raises(PaymentRefused) as refused:
        gateway.start(make_request(amount_minor=9_000))

    assert refused.value.code == "idempotency_error"


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
