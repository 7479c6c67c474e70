"""Believe a notification only when Stripe signed these very bytes a moment ago, then read what it names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import stripe

from app.gateways.payments import Notification, NotificationInvalid

SIGNATURE_TOLERANCE_SECONDS = 300
LARGEST_NOTIFICATION = 512 * 1024


def verify_signature(raw: bytes, signature: str, *, secret: str, now: datetime) -> None:
    """Check that `signature` (the Stripe-Signature header) covers these bytes and is of `now`, give or take.

    Raises: NotificationInvalid, which never quotes the body.
    """
    if len(raw) > LARGEST_NOTIFICATION:
        raise NotificationInvalid(f"{len(raw)} bytes are too many")
    # The SDK compares signatures as ASCII text and would stumble over anything else.
    if not signature.isascii():
        raise NotificationInvalid("the signature is not ASCII")
    try:
        # The SDK's own check of the age reads the clock and lets the future pass: ours follows.
        stripe.WebhookSignature.verify_header(raw, signature, secret, tolerance=None)
    except (stripe.SignatureVerificationError, UnicodeDecodeError) as error:
        raise NotificationInvalid(type(error).__name__) from None
    age = now.timestamp() - _signed_at(signature)
    if abs(age) > SIGNATURE_TOLERANCE_SECONDS:
        raise NotificationInvalid(f"signed {age:.0f} seconds ago")


def read_event(raw: bytes) -> Notification:
    """Read which object an event names. Raises: NotificationInvalid."""
    try:
        event: Any = json.loads(raw)
        changed = event["data"]["object"]
        return Notification(
            event_id=_text(event, "id"),
            type=_text(event, "type"),
            object_id=_text(changed, "id"),
            intent_id=_intent_of(changed),
            created=datetime.fromtimestamp(event["created"], UTC),
            is_live=event["livemode"] is True,
        )
    except (LookupError, TypeError, ValueError, OverflowError, OSError) as error:
        raise NotificationInvalid(f"not an event: {type(error).__name__}") from None


def _signed_at(signature: str) -> int:
    """Return the first time stamp of the header: the one that was just verified."""
    stamps = (part.removeprefix("t=") for part in signature.split(",") if part.startswith("t="))
    return int(next(stamps))


def _intent_of(changed: Mapping[str, Any]) -> str | None:
    if changed.get("object") == "payment_intent":
        return _text(changed, "id")
    intent = changed.get("payment_intent")
    return intent if isinstance(intent, str) else None


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values[name]
    if not isinstance(value, str) or not value:
        raise ValueError(name)
    return value
