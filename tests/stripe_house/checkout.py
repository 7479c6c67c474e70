# SPDX-License-Identifier: GPL-3.0-or-later
# This file imports localstripe (GPL-3.0-or-later) and carries its licence, unlike the rest of the project.
"""Keep Checkout sessions: open, paid through localstripe's intents, expired by the clock or by request."""

from __future__ import annotations

from typing import Any

from localstripe.errors import UserError
from localstripe.resources import List, PaymentMethod, StripeObject, random_id, store

from tests.stripe_house.clock import CLOCK
from tests.stripe_house.payments import HouseIntent, tell

SHORTEST_SECONDS = 30 * 60
LONGEST_SECONDS = 24 * 3600
KNOWN = {
    "adaptive_pricing",
    "allowed_payment_method_types",
    "cancel_url",
    "client_reference_id",
    "customer_email",
    "expires_at",
    "line_items",
    "locale",
    "metadata",
    "mode",
    "payment_intent_data",
    "success_url",
}


class Session(StripeObject):  # type: ignore[misc]
    """One page on which a guest pays once, as Stripe shows it to the merchant."""

    object = "checkout.session"
    _id_prefix = "cs_test_"

    def __init__(self, params: dict[str, Any], amount: int, currency: str, page_root: str) -> None:
        super().__init__("cs_test_" + random_id(24))
        intent_data = params.get("payment_intent_data", {})
        self._intent_metadata = intent_data.get("metadata", {})
        self._capture_method = intent_data.get("capture_method", "automatic_async")
        self._line_name = params["line_items"][0]["price_data"]["product_data"]["name"]
        self._page = f"{page_root}/c/pay/{self.id}"
        self.mode = params["mode"]
        self.locale = params.get("locale")
        self.amount_total = self.amount_subtotal = amount
        self.currency = currency
        self.client_reference_id = params.get("client_reference_id")
        self.metadata = params.get("metadata", {})
        self.customer_email = params.get("customer_email")
        self.success_url = params["success_url"]
        self.cancel_url = params.get("cancel_url")
        self.expires_at = int(params["expires_at"])
        self.adaptive_pricing = {"enabled": params.get("adaptive_pricing", {}).get("enabled") == "true"}
        self.payment_method_types = params.get("allowed_payment_method_types", ["card"])
        self.payment_intent: str | None = None
        self.payment_status = "unpaid"
        self.status = "open"
        self.ui_mode = "hosted_page"
        self.automatic_tax = {"enabled": False, "liability": None, "provider": None, "status": None}
        self.custom_fields: list[Any] = []
        self.custom_text = dict.fromkeys(
            ("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")
        )
        self.shipping_options: list[Any] = []

    @property
    def url(self) -> str | None:
        """The address of the page while it is open."""
        return self._page if self.status == "open" else None


def create(page_root: str, **params: Any) -> Session:
    """Open a page, refusing what Stripe refuses."""
    unknown = sorted(set(params) - KNOWN)
    if unknown:
        raise UserError(400, "Received unknown parameter", {"code": "parameter_unknown", "param": unknown[0]})
    try:
        (line,) = params["line_items"]
        amount = int(line["price_data"]["unit_amount"]) * int(line["quantity"])
        currency = line["price_data"]["currency"]
        remaining = int(params["expires_at"]) - CLOCK.time()
        params["success_url"], line["price_data"]["product_data"]["name"]
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(400, f"Missing or odd: {error}", {"code": "parameter_missing"}) from None
    if params.get("mode") != "payment" or currency != currency.lower():
        raise UserError(
            400, "mode is payment, currencies are lower-case", {"code": "parameter_invalid_string"}
        )
    if not 50 <= amount <= 99_999_999:
        raise UserError(400, "amount", {"code": "amount_too_small" if amount < 50 else "amount_too_large"})
    if not SHORTEST_SECONDS <= remaining <= LONGEST_SECONDS:
        raise UserError(400, "expires_at is 30 minutes to 24 hours away", {"param": "expires_at"})
    return Session(params, amount, currency, page_root)


def retrieve(id: str) -> Session:
    """Find a session as the clock has it now."""
    session: Session = Session._api_retrieve(id)
    _let_expire(session)
    return session


def list_sessions(payment_intent: str | None = None, limit: str = "10") -> Any:
    """List sessions, newest first."""
    found = [value for key, value in store.items() if key.startswith("checkout.session:")]
    page = List("/v1/checkout/sessions", limit=limit)
    page._list = [one for one in reversed(found) if payment_intent in (None, one.payment_intent)]
    return page


def expire(id: str) -> Session:
    """Close an open page."""
    session = retrieve(id)
    if session.status != "open":
        raise UserError(400, f"Only open sessions expire; this one is {session.status}.")
    _close(session)
    return session


def submit(session: Session, number: str) -> None:
    """Try a card; a decline leaves the page open. Raises: UserError, code 402, when declined."""
    if session.status != "open":
        raise UserError(410, "This page is closed.")
    card = {"number": number, "exp_month": 12, "exp_year": 2040, "cvc": "123"}
    intent = _intent_of(session)
    intent.latest_charge = None
    intent.payment_method = PaymentMethod(type="card", card=card).id
    intent._confirm(on_failure_now=intent._report_failure)
    _complete_if_moved(session, intent)


def authenticate(session: Session, succeeds: bool) -> None:
    """Answer the bank's question about the guest. Raises: UserError when nothing was asked."""
    intent = _intent_of(session)
    if session.status != "open" or intent.status != "requires_action":
        raise UserError(410, "The bank asks nothing.")
    HouseIntent._api_authenticate(intent.id, client_secret=intent.client_secret, success=succeeds)
    if not succeeds:
        tell("payment_intent.payment_failed", intent)
        raise UserError(402, "The bank did not recognise you.", {"code": "authentication_required"})
    _complete_if_moved(session, intent)


def awaits_bank(session: Session) -> bool:
    """Tell whether the bank wants to see the guest before it pays."""
    return bool(session.payment_intent) and _intent_of(session).status == "requires_action"


def _intent_of(session: Session) -> Any:
    if session.payment_intent is None:
        session.payment_intent = HouseIntent(
            amount=session.amount_total,
            currency=session.currency,
            metadata=dict(session._intent_metadata),
            capture_method=session._capture_method,
        ).id
    return HouseIntent._api_retrieve(session.payment_intent)


def _complete_if_moved(session: Session, intent: Any) -> None:
    if intent.status not in ("succeeded", "requires_capture"):
        return
    session.status = "complete"
    session.payment_status = "paid" if intent.status == "succeeded" else "unpaid"
    tell("checkout.session.completed", session)


def _let_expire(session: Session) -> None:
    if session.status == "open" and session.expires_at <= CLOCK.time():
        _close(session)


def _close(session: Session) -> None:
    session.status = "expired"
    if session.payment_intent:
        HouseIntent._api_cancel(session.payment_intent)
    tell("checkout.session.expired", session)
