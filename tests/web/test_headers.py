"""The house tells browsers what its pages may do, on every answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from app.web.headers import content_policy
from config import Config
from tests.cast import HOUSE_HOST

POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self' https://checkout.stripe.com; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)

ANSWERS = ["/fr/probe/form", "/fr/probe/fails", "/fr/nowhere", "/fr/desk/login", "/static/css/base.css", "/"]


@pytest.mark.parametrize("path", ANSWERS)
def test_sends_its_rules_with_every_answer(probe: FlaskClient, path: str) -> None:
    with probe.get(path) as answer:
        headers = answer.headers

    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Permissions-Policy"] == "geolocation=(), camera=(), microphone=()"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "Strict-Transport-Security" not in headers


def test_sends_its_rules_even_to_a_wrong_address(probe: FlaskClient) -> None:
    headers = probe.get("/", base_url="http://elsewhere.test").headers

    assert headers["Content-Security-Policy"] == POLICY


def test_asks_for_https_once_it_has_it(probe: FlaskClient) -> None:
    answer = probe.get("/fr/probe/form", base_url=f"https://{HOUSE_HOST}")

    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_sends_forms_to_the_configured_payment_page() -> None:
    config = Config(
        secret_key="x" * 32,
        stripe_secret_key="sk_test_1",
        stripe_webhook_secret="whsec_1",
        stripe_api_base="http://127.0.0.1:8420/v1",
    )

    assert "form-action 'self' https://checkout.stripe.com http://127.0.0.1:8420;" in content_policy(config)


@pytest.mark.parametrize("path", ["/fr/probe/form", "/fr/desk/login", "/fr/nowhere"])
def test_lets_no_cache_keep_a_page(probe: FlaskClient, path: str) -> None:
    assert probe.get(path).headers["Cache-Control"] == "no-store"


def test_lets_browsers_keep_a_sheet_until_it_changes(
    probe: FlaskClient, make_app: Callable[..., Flask]
) -> None:
    with make_app().test_request_context():
        address = url_for("static", filename="css/base.css")

    assert "?v=" in address
    with probe.get(address) as versioned, probe.get("/static/css/base.css") as bare:
        assert versioned.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "immutable" not in bare.headers.get("Cache-Control", "")


def test_says_nothing_of_its_machinery(probe: FlaskClient) -> None:
    headers = probe.get("/fr/probe/form").headers

    assert "X-Powered-By" not in headers
