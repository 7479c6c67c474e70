# SPDX-License-Identifier: GPL-3.0-or-later
# This file imports localstripe (GPL-3.0-or-later) and carries its licence, unlike the rest of the project.
"""Bring localstripe's payments closer to Stripe's: what was received, declines, refunds with a limit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localstripe.errors import UserError
from localstripe.resources import Charge, Event, PaymentIntent, PaymentMethod, Refund
from localstripe.webhooks import schedule_webhook

HOLD_SECONDS = 7 * 24 * 3600
DECLINES = {"4000000000000002": "generic_decline", "4000000000009995": "insufficient_funds"}


class HouseCharge(Charge):  # type: ignore[misc]
    """A charge that knows its card, what was captured of it, and until when it can be."""

    def __init__(self, **data: Any) -> None:
        super().__init__(**data)
        method = PaymentMethod._api_retrieve(self.payment_method)
        self._decline_code = DECLINES.get(method._card_number, "generic_decline")
        if method._card_number in DECLINES:
            self._authorized = False
        self._was_released = False
        self._asked_minor = self.amount
        self.billing_details: dict[str, Any] = {}
        self.disputed = False
        card = {
            name: method.card[name]
            for name in ("brand", "country", "exp_month", "exp_year", "funding", "last4")
        }
        if not self.captured:
            card["capture_before"] = self.created + HOLD_SECONDS
        self.payment_method_details = {"type": "card", "card": card}

    def _capture(self, amount: Any, on_success: Callable[[], None] | None = None) -> None:
        if self._was_released or self.captured:
            raise UserError(
                400, "This payment cannot be captured.", {"code": "payment_intent_unexpected_state"}
            )
        if amount is not None and int(amount) > self.amount:
            raise UserError(400, "More than was authorised.", {"code": "amount_too_large"})
        self._asked_minor = int(amount or self.amount)
        super()._capture(amount, on_success)

    def _raise_failure(self) -> None:
        raise UserError(
            402, self.failure_message, {"code": self.failure_code, "decline_code": self._decline_code}
        )

    def _export(self, expand: list[str] | None = None) -> dict[str, Any]:
        return _without(super()._export(expand), "invoice", "refunds")

    @property
    def amount_captured(self) -> int:
        """What was taken, in minor units."""
        return self._asked_minor if self.captured and self.status == "succeeded" else 0

    @property
    def amount_refunded(self) -> int:
        """What went back; like Stripe's, it counts what was set aside and never taken."""
        return self.amount if self._was_released else int(super().amount_refunded)


class HouseIntent(PaymentIntent):  # type: ignore[misc]
    """An intent that names its charge instead of carrying it, and says what it received and can capture."""

    def _create_charge(self, on_failure_now: Callable[[], None]) -> None:
        charge = HouseCharge(
            amount=self.amount,
            currency=self.currency,
            source=self.payment_method,
            capture=self.capture_method != "manual",
        )
        charge.payment_intent = self.id
        self.latest_charge = charge
        charge._initialize_charge(self._on_success, on_failure_now)
        if self.status == "requires_capture":
            tell("payment_intent.amount_capturable_updated", self)

    @property
    def amount_received(self) -> int:
        """What was taken, in minor units."""
        return self.latest_charge.amount_captured if self.latest_charge else 0

    @property
    def amount_capturable(self) -> int:
        """What is set aside, in minor units."""
        return self.amount if self.status == "requires_capture" else 0

    def _export(self, expand: list[str] | None = None) -> dict[str, Any]:
        exported = _without(super()._export(), "charges", "invoice")
        charge = self.latest_charge
        if charge and not any(path.startswith("latest_charge") for path in expand or []):
            exported["latest_charge"] = charge.id
        return exported


class HouseRefund(Refund):  # type: ignore[misc]
    """A refund without the fields that Stripe's has not."""

    def _export(self, expand: list[str] | None = None) -> dict[str, Any]:
        return _without(super()._export(expand), "date", "livemode")


def tell(kind: str, changed: Any) -> None:
    """Send an event about an object to whoever registered."""
    schedule_webhook(Event(kind, changed))


def cancel_intent(id: str) -> Any:
    """Release what was set aside. Checkout's own intents cannot be cancelled before."""
    intent = PaymentIntent._api_retrieve(id)
    if intent.status != "requires_capture":
        raise UserError(400, f"This intent is {intent.status}.", {"code": "payment_intent_unexpected_state"})
    PaymentIntent._api_cancel(id)
    intent.latest_charge._was_released = True
    tell("payment_intent.canceled", intent)
    return intent


def create_refund(
    payment_intent: str,
    amount: str | None = None,
    metadata: dict[str, str] | None = None,
    reason: str | None = None,
) -> Any:
    """Send money back, never more than is left."""
    intent = PaymentIntent._api_retrieve(payment_intent)
    charge = intent.latest_charge
    if intent.status != "succeeded":
        raise UserError(400, "This payment was not taken.", {"code": "charge_not_refundable"})
    left = charge.amount - charge.amount_refunded
    wanted = int(amount or left)
    if left == 0:
        raise UserError(400, "Everything went back already.", {"code": "charge_already_refunded"})
    if wanted > left:
        raise UserError(400, f"Only {left} is left to refund.", {"code": "amount_too_large"})
    refund = HouseRefund(payment_intent=payment_intent, amount=wanted, metadata=metadata)
    tell("refund.created", refund)
    tell("charge.refunded", charge)
    return refund


def _without(exported: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in exported.items() if name not in names}
