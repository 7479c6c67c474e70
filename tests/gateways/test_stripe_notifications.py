"""Hold the house to believing a notification only when Stripe signed these very bytes a moment ago."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
import stripe

from app.gateways.payments import Notification, NotificationInvalid
from app.gateways.stripe import StripeGateway
from tests.gateways.checkouts import NOW, make_request
from tests.stripe_house.process import SECRET_KEY, WEBHOOK_SECRET, StripeHouse

EVENT: dict[str, Any] = {
    "id": "evt_1",
    "object": "event",
    "type": "payment_intent.succeeded",
    "created": int(NOW.timestamp()),
    "livemode": False,
    "data": {"object": {"id": "pi_1", "object": "payment_intent"}},
}
BODY = json.dumps(EVENT)
BIG = BODY + " " * 5_000_000
GATEWAY = StripeGateway(SECRET_KEY, webhook_secret=WEBHOOK_SECRET)


def sign(body: str = BODY, *, secret: str = WEBHOOK_SECRET, at: datetime = NOW) -> str:
    header: str = stripe.WebhookSignature.generate_signature_header(body, secret, int(at.timestamp()))
    return header


def seconds(number: int) -> timedelta:
    return timedelta(seconds=number)


def test_reads_which_payment_changed() -> None:
    notification = GATEWAY.parse_notification(BODY.encode(), sign(), now=NOW)

    assert notification == Notification(
        "evt_1", "payment_intent.succeeded", "pi_1", "pi_1", NOW, is_live=False
    )


@pytest.mark.parametrize(
    ("changed", "intent_id"),
    [
        ({"id": "ch_1", "object": "charge", "payment_intent": "pi_2"}, "pi_2"),
        ({"id": "cs_1", "object": "checkout.session", "payment_intent": None}, None),
        ({"id": "po_1", "object": "payout"}, None),
    ],
)
def test_reads_which_payment_a_refund_or_a_session_concerns(
    changed: dict[str, Any], intent_id: str | None
) -> None:
    body = json.dumps(EVENT | {"data": {"object": changed}})

    notification = GATEWAY.parse_notification(body.encode(), sign(body), now=NOW)

    assert (notification.object_id, notification.intent_id) == (changed["id"], intent_id)


@pytest.mark.parametrize("age", [-300, -1, 0, 300])
def test_believes_a_signature_of_the_last_minutes(age: int) -> None:
    assert GATEWAY.parse_notification(BODY.encode(), sign(at=NOW - seconds(age)), now=NOW).event_id == "evt_1"


def test_believes_either_of_two_signatures_while_the_secret_changes() -> None:
    rotated = f"{sign(secret='whsec_old')},{sign().split(',')[1]}"

    assert GATEWAY.parse_notification(BODY.encode(), rotated, now=NOW).event_id == "evt_1"


@pytest.mark.parametrize(
    ("raw", "signature"),
    [
        (BODY.encode(), ""),
        (BODY.encode(), "nonsense"),
        (BODY.encode(), "t=,v1="),
        (BODY.encode(), f"t={int(NOW.timestamp())}"),
        (BODY.encode(), f"t={int(NOW.timestamp())},v1=é"),
        (BODY.encode(), f"t={'9' * 5000},v1=00"),
        (BODY.encode(), sign(secret="whsec_other")),
        (BODY.encode(), sign().replace("v1=", "v0=")),
        (BODY.encode(), sign(at=NOW - seconds(301))),
        (BODY.encode(), sign(at=NOW + seconds(301))),
        (BODY.encode(), sign(at=NOW + timedelta(days=1))),
        (BODY.encode(), f"t={int((NOW - timedelta(days=1)).timestamp())},{sign()}"),
        (BODY.replace("pi_1", "pi_2").encode(), sign()),
        (json.dumps(EVENT, indent=1).encode(), sign()),
        (b"\xff\xfe" + BODY.encode(), sign()),
        (b"", sign("")),
        (b"[]", sign("[]")),
        (b"null", sign("null")),
        (b'"evt_1"', sign('"evt_1"')),
        (b"{}", sign("{}")),
        (b"{", sign("{")),
        (BIG.encode(), sign(BIG)),
    ],
    ids=[
        "no header",
        "no scheme",
        "empty parts",
        "no signature",
        "signature not ASCII",
        "endless time stamp",
        "another endpoint's secret",
        "another scheme",
        "stale",
        "from the future",
        "from tomorrow",
        "a second time stamp in front",
        "a changed byte",
        "written anew",
        "not UTF-8",
        "empty",
        "a list",
        "null",
        "a text",
        "an empty object",
        "half an object",
        "5 MB",
    ],
)
def test_believes_nothing_else(raw: bytes, signature: str) -> None:
    with pytest.raises(NotificationInvalid) as refused:
        GATEWAY.parse_notification(raw, signature, now=NOW)

    assert "pi_1" not in str(refused.value)


@pytest.mark.parametrize(
    "change",
    [
        {"id": None},
        {"id": ""},
        {"type": 7},
        {"created": "today"},
        {"created": 10**30},
        {"created": None},
        {"data": []},
        {"data": {"object": "pi_1"}},
        {"data": {"object": {"object": "payment_intent"}}},
    ],
    ids=str,
)
def test_refuses_a_signed_event_that_names_nothing(change: dict[str, Any]) -> None:
    body = json.dumps(EVENT | change)

    with pytest.raises(NotificationInvalid):
        GATEWAY.parse_notification(body.encode(), sign(body), now=NOW)


def test_believes_what_the_stand_in_sends_of_a_whole_payment(
    house: StripeHouse, gateway: StripeGateway
) -> None:
    house.webhook()
    started = gateway.start(make_request(is_hold=True))

    house.pay(started.url, "declined")
    house.pay(started.url)
    intent_id = gateway.fetch_session(started.session_id).intent_id or ""
    gateway.capture(intent_id, amount_minor=12_000, key="test-a1-capture")
    gateway.refund(intent_id, amount_minor=2_000, reference="r1", key="test-r1")

    heard = [
        gateway.parse_notification(sent["body"].encode(), sent["signature"], now=NOW)
        for sent in house.notifications()
    ]
    assert [one.type for one in heard] == [
        "payment_intent.payment_failed",
        "payment_intent.amount_capturable_updated",
        "checkout.session.completed",
        "payment_intent.succeeded",
        "refund.created",
        "charge.refunded",
    ]
    assert {one.intent_id for one in heard} == {intent_id}
    assert len({one.event_id for one in heard}) == len(heard)
