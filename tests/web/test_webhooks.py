"""The processor's door: signed bytes are kept and answered at once, everything else leaves no trace (payments 4.7)."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, Self

import pytest
import stripe
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from app import clock
from app.database import session
from app.models import ProcessorNotice, Property
from app.services import payments
from app.web.cards import processor_of
from tests.cast import NOW
from tests.services.bookings.conftest import hold
from tests.services.payments.conftest import PAGE
from tests.stripe_house.process import WEBHOOK_SECRET, StripeHouse
from tests.web.card_house import card_app, card_house, stripe_house, stripe_process

__all__ = ["card_app", "card_house", "hold", "stripe_house", "stripe_process"]

DOOR = "/webhooks/stripe"
EVENT: dict[str, Any] = {
    "id": "evt_1",
    "object": "event",
    "type": "payment_intent.succeeded",
    "created": int(NOW.timestamp()),
    "livemode": False,
    "data": {"object": {"id": "pi_never_seen", "object": "payment_intent"}},
}
BODY = json.dumps(EVENT)


def sign(body: str = BODY, *, secret: str = WEBHOOK_SECRET, age: int = 0) -> str:
    """Return the header that the processor would send with a body."""
    at = int((NOW - timedelta(seconds=age)).timestamp())
    header: str = stripe.WebhookSignature.generate_signature_header(body, secret, at)
    return header


def deliver(
    client: FlaskClient, body: str | bytes = BODY, signature: str | None = None, **kwargs: Any
) -> TestResponse:
    """Post a body with its signature, or with another one."""
    raw = body.encode() if isinstance(body, str) else body
    written = sign(body) if signature is None and isinstance(body, str) else signature or ""
    return client.post(
        DOOR, data=raw, headers={"Stripe-Signature": written}, content_type="application/json", **kwargs
    )


def kept() -> list[str]:
    """Return the ids of the notices that the house keeps."""
    session.rollback()
    return list(session.scalars(select(ProcessorNotice.event_id)))


@pytest.fixture
def processor(card_house: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """Return the processor before the door, at NOW: it has no cookie and no token."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return card_house.test_client()


def test_keeps_a_signed_notice_under_its_id(processor: FlaskClient) -> None:
    answer = deliver(processor)

    assert (answer.status_code, answer.data, kept()) == (200, b"", ["evt_1"])
    assert "Set-Cookie" not in answer.headers


def test_keeps_what_is_told_ten_times_once(processor: FlaskClient, card_house: Flask) -> None:
    for _ in range(5):
        assert deliver(processor).status_code == 200
    session.commit()

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: deliver(card_house.test_client()).status_code, range(5)))

    assert answers == [200] * 5
    assert kept() == ["evt_1"]


@pytest.mark.parametrize(
    ("body", "signature"),
    [
        pytest.param(BODY, "", id="missing"),
        pytest.param(BODY, "t=1,v1=0", id="wrong"),
        pytest.param(BODY, sign(age=301), id="stale"),
        pytest.param(BODY, sign(age=-301), id="from the future"),
        pytest.param(BODY, sign(secret="whsec_of_another_door"), id="of another endpoint"),
        pytest.param(BODY.replace("evt_1", "evt_2"), sign(), id="changed byte"),
        pytest.param(json.dumps(json.loads(BODY), indent=1), sign(), id="written anew"),
        pytest.param(b"\xff\xfe", sign(), id="not UTF-8"),
        pytest.param("", None, id="empty"),
        pytest.param("[1]", None, id="a signed list"),
        pytest.param('{"id": "evt_1"}', None, id="a signed scrap"),
        pytest.param(BODY, "t=é,v1=é", id="a signature that is not ASCII"),
    ],
)
def test_refuses_what_was_not_signed_for_it_now(
    processor: FlaskClient, body: str | bytes, signature: str | None
) -> None:
    answer = deliver(processor, body, signature)

    assert (answer.status_code, answer.data, kept()) == (400, b"", [])


@pytest.mark.parametrize("size", [600_000, 5_000_000])
def test_refuses_what_is_too_large_without_reading_it(processor: FlaskClient, size: int) -> None:
    body = BODY + " " * size

    answer = deliver(processor, body)

    assert (answer.status_code, kept()) == (413, [])


def test_says_nothing_of_a_refused_body_in_its_log(
    processor: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    deliver(processor, BODY.replace("pi_never_seen", "a secret of somebody"), sign())

    assert "a secret of somebody" not in caplog.text
    assert "Traceback" not in caplog.text
    assert "refused" in caplog.text


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_opens_to_nothing_but_a_post(processor: FlaskClient, method: str) -> None:
    answer = processor.open(DOOR, method=method)

    assert answer.status_code == 405
    assert "Location" not in answer.headers


def test_leads_nobody_elsewhere(processor: FlaskClient) -> None:
    assert processor.post(f"{DOOR}/").status_code == 404


def test_leaves_a_notice_of_the_other_mode_aside(processor: FlaskClient) -> None:
    body = json.dumps(EVENT | {"livemode": True})

    answer = deliver(processor, body)

    assert (answer.status_code, kept()) == (200, [])


def test_has_no_such_door_without_keys(client: FlaskClient) -> None:
    assert deliver(client).status_code == 404


def test_asks_to_be_told_again_when_its_database_is_away(processor: FlaskClient) -> None:
    session.execute(text("ALTER TABLE processor_notice RENAME TO processor_notice_away"))
    session.commit()
    assert deliver(processor).status_code == 500

    session.execute(text("ALTER TABLE processor_notice_away RENAME TO processor_notice"))
    session.commit()
    assert deliver(processor).status_code == 200

    assert kept() == ["evt_1"]


def test_gives_the_same_answer_for_known_and_unknown_payments(
    processor: FlaskClient, card_house: Flask, stripe_house: StripeHouse
) -> None:
    stripe_house.set_clock(NOW)
    assert deliver(processor).status_code == 200

    card_house.extensions["jobs"].run("payments")

    session.rollback()
    notice = session.scalars(select(ProcessorNotice)).one()
    assert notice.applied_at == NOW, "nobody knows it: there is nothing to do, ever"


class Street:
    """The doors on loopback, as a server opens them; counts who has come and been answered."""

    def __init__(self, doors: Flask) -> None:
        self._doors = doors
        self._answered = threading.Semaphore(0)
        self._server = make_server("127.0.0.1", 0, self._let_in, threaded=True)
        self.address = f"http://localhost:{self._server.server_port}{DOOR}"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def wait_for(self, visitors: int) -> None:
        """Wait until so many have been answered."""
        for _ in range(visitors):
            assert self._answered.acquire(timeout=10)

    def _let_in(self, environ: dict[str, Any], start_response: Any) -> Any:
        answer = list(self._doors(environ, start_response))
        self._answered.release()
        return answer


def test_hears_of_a_payment_though_the_guest_never_comes_back(
    processor: FlaskClient,
    card_house: Flask,
    house: Property,
    stripe_house: StripeHouse,
    hold: Any,
) -> None:
    stripe_house.set_clock(NOW)
    booking = hold(now=NOW)
    asked = processor_of(card_house.config["HOUSE"])
    assert asked
    page = payments.start(
        processor=asked, house=house, booking=booking, page=PAGE, most_per_contact=2, now=NOW
    )

    with Street(card_house) as street:
        stripe_house.webhook(street.address)
        stripe_house.pay(page)
        street.wait_for(2)  # set aside; page completed
    card_house.extensions["jobs"].run("payments")

    session.rollback()
    assert "checkout.session.completed" in set(session.scalars(select(ProcessorNotice.type)))
    assert booking.status == "requested"
