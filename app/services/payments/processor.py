"""Meet the card processor: which one, under which name of ours, and what it says of a payment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.gateways.payments import CardGateway, RefundSnapshot, RefundState, Snapshot


@dataclass(frozen=True, slots=True)
class Processor:
    """A gateway, and the name of this installation: another one may share the processor's account with us."""

    gateway: CardGateway
    environment: str

    def key(self, public_id: str, deed: str) -> str:
        """Return the idempotency key of what is asked for an attempt, made from its id and nothing else."""
        return f"{self.environment}-{public_id}-{deed}"

    def key_of_the_hour(self, public_id: str, deed: str, now: datetime) -> str:
        """Return a key that changes with the hour, for what the processor itself does only once per payment.

        The processor repeats a fault of its own for a day under the same key; an authorisation may end before.
        """
        return self.key(public_id, f"{deed}-{now:%Y%m%d%H}")


@dataclass(frozen=True, slots=True)
class Reading:
    """A payment as the processor has it now, with its refunds once money went back."""

    snapshot: Snapshot
    refunds: tuple[RefundSnapshot, ...] = ()


def read_session(gateway: CardGateway, session_id: str) -> Reading:
    """Read a payment by its page. Raises: PaymentRefused, PaymentUnclear."""
    return with_refunds(gateway, gateway.fetch_session(session_id))


def read_intent(gateway: CardGateway, intent_id: str) -> Reading:
    """Read a payment by itself. Raises: PaymentRefused, PaymentUnclear."""
    return with_refunds(gateway, gateway.fetch_intent(intent_id))


def with_refunds(gateway: CardGateway, snapshot: Snapshot) -> Reading:
    """Complete a snapshot by the refunds, where money was taken."""
    if not snapshot.received_minor or snapshot.intent_id is None:
        return Reading(snapshot)
    refunds = gateway.list_refunds(snapshot.intent_id)
    return Reading(snapshot, without_never_taken(refunds, snapshot.refunded_minor))


def without_never_taken(
    refunds: tuple[RefundSnapshot, ...], refunded_minor: int
) -> tuple[RefundSnapshot, ...]:
    """Leave out the oldest refund where it is what a capture in part let go of: that money was never taken.

    `refunds` are newest first, `refunded_minor` is what went back of what was taken.
    """
    standing = sum(refund.amount_minor for refund in refunds if refund.state is not RefundState.FAILED)
    return refunds[:-1] if standing > refunded_minor else refunds
