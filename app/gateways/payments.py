"""Say what the house asks of a card processor, in the house's own words; an adapter beside speaks to one.

Amounts are whole minor units with an upper-case ISO currency. The truth is always what `fetch_…` reads: a
notification only names what changed. No card data beyond brand and last four digits crosses this line.

>>> Snapshot(state=PaymentState.PAID, currency="EUR", received_minor=12_000, refunded_minor=2_000).kept_minor
10000
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol


class PaymentRefused(Exception):
    """The processor said no, definitely: nothing moved, and asking the same again gives the same answer.

    `code` is the processor's own word ("card_declined", "idempotency_error"), or empty.
    """

    def __init__(self, message: str, *, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class PaymentUnclear(Exception):
    """Nobody knows whether it happened (network, time-out): read, or ask again with the same key."""


class NotificationInvalid(ValueError):
    """A notification that the processor did not sign, or not now, or that is not one."""


class PaymentState(StrEnum):
    """Where a payment stands, whatever was tried on the way there.

    `OPEN` the guest may still pay, also after a declined card. `AUTHORISED` set aside by the bank, to be
    captured or released. `EXPIRED` ended without money. `FAILED` ended by a payment that did not come through.
    """

    OPEN = "open"
    PROCESSING = "processing"
    AUTHORISED = "authorised"
    PAID = "paid"
    EXPIRED = "expired"
    FAILED = "failed"
    RELEASED = "released"


class RefundState(StrEnum):
    """Where a refund stands; a `FAILED` one gave the money back to the house."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CheckoutRequest:
    """What is asked of the processor, frozen before the call so that a retry repeats it byte for byte.

    `params` is JSON-able and is stored with the attempt, `key` is made from the attempt's id.
    """

    params: Mapping[str, Any]
    key: str

    def __post_init__(self) -> None:
        """Refuse a key that the processor would not keep."""
        _check_key(self.key)


@dataclass(frozen=True, slots=True)
class StartedSession:
    """A page of the processor on which the guest pays: its id, and the address to send the guest to."""

    session_id: str
    url: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One payment as the processor has it now.

    `authorised_minor` is still set aside by the bank (until `capture_before`), `received_minor` was taken,
    `refunded_minor` of it went back. `charge_id` names the movement of money for the ledger's unique key.
    """

    state: PaymentState
    currency: str
    session_id: str | None = None
    intent_id: str | None = None
    charge_id: str | None = None
    authorised_minor: int = 0
    received_minor: int = 0
    refunded_minor: int = 0
    capture_before: datetime | None = None
    card_brand: str = ""
    card_last4: str = ""
    is_live: bool = False
    metadata: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse amounts that no payment can have."""
        if min(self.authorised_minor, self.received_minor, self.refunded_minor) < 0:
            raise ValueError(f"a payment has no negative amounts: {self}")
        if self.refunded_minor > self.received_minor:
            raise ValueError(f"more went back than was taken: {self}")

    @property
    def kept_minor(self) -> int:
        """Return what was taken and not given back, in minor units."""
        return self.received_minor - self.refunded_minor


@dataclass(frozen=True, slots=True)
class RefundSnapshot:
    """One refund as the processor has it now; `reference` is ours, empty when made in its dashboard."""

    refund_id: str
    intent_id: str
    state: RefundState
    amount_minor: int
    currency: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Notification:
    """A signed word that something changed: which event, of which kind, about which object.

    `intent_id` is the payment concerned, where the event names one (a refund or a dispute does).
    """

    event_id: str
    type: str
    object_id: str
    intent_id: str | None
    created: datetime
    is_live: bool


class CardGateway(Protocol):
    """A card processor with a hosted page; every call may raise PaymentRefused or PaymentUnclear."""

    is_live: bool

    def start(self, request: CheckoutRequest) -> StartedSession:
        """Open the page on which the guest pays; the same request twice is the same page."""

    def fetch_session(self, session_id: str) -> Snapshot:
        """Read a payment by its page."""

    def fetch_intent(self, intent_id: str) -> Snapshot:
        """Read a payment by itself."""

    def expire(self, session_id: str) -> Snapshot:
        """Close the page; the answer says whether the guest was quicker."""

    def capture(self, intent_id: str, *, amount_minor: int, key: str) -> Snapshot:
        """Take what was set aside, or part of it; the rest is released."""

    def release(self, intent_id: str, *, key: str) -> Snapshot:
        """Give back what was set aside."""

    def refund(self, intent_id: str, *, amount_minor: int, reference: str, key: str) -> RefundSnapshot:
        """Send money back, always an explicit amount."""

    def list_refunds(self, intent_id: str) -> tuple[RefundSnapshot, ...]:
        """Read every refund of a payment, newest first, those made elsewhere included."""

    def parse_notification(self, raw: bytes, signature: str, *, now: datetime) -> Notification:
        """Check and read a notification. Raises: NotificationInvalid."""


def _check_key(key: str) -> None:
    if not key or len(key) > 255 or not key.isascii() or not key.isprintable():
        raise ValueError(f"an idempotency key is 1 to 255 printable ASCII characters, not {key!r}")
