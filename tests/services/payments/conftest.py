"""A guest with a card before the processor's stand-in: the makers that the tests of payments share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.database import session
from app.models import Booking, FolioLine, Letter, PaymentAttempt, Property
from app.services import bookings, payments
from tests.gateways.checkouts import make_gateway
from tests.services.bookings.conftest import NOW, STAY, Hold, confirmed, hold, ordered, requested
from tests.stripe_house.fixtures import stripe_house, stripe_process
from tests.stripe_house.process import StripeHouse

__all__ = ["confirmed", "hold", "ordered", "requested", "stripe_house", "stripe_process"]

TONIGHT = STAY.shifted((NOW.date() - STAY.arrival).days)
ENVIRONMENT = "test"
PAGE = payments.PaymentPage(
    line_name="La Maison d'Ingénieur, 2 nuits",
    success_url="http://localhost/fr/back?session={CHECKOUT_SESSION_ID}",
    cancel_url="http://localhost/fr/unpaid",
)


class ClosedBooks:
    """The gateway, and a check before each call that no transaction is open (decision 16)."""

    def __init__(self, gateway: Any) -> None:
        self._gateway = gateway

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._gateway, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            assert not session().in_transaction(), f"{name} is called inside a transaction"
            return found(*args, **kwargs)

        return call if callable(found) else found


@dataclass
class Till:
    """The house with its card processor at one instant; `now` is moved on by hand, for both."""

    house: Property
    stand_in: StripeHouse
    processor: payments.Processor
    now: datetime = NOW

    def wait(self, **duration: int) -> None:
        """Let time pass, here and at the processor."""
        self.now += timedelta(**duration)
        self.stand_in.set_clock(self.now)

    def start(self, booking: Booking) -> str:
        """Order by card; return the address of the page."""
        return payments.start(
            processor=self.processor,
            house=self.house,
            booking=booking,
            page=PAGE,
            most_per_contact=2,
            now=self.now,
        )

    def look(self, booking: Booking) -> None:
        """Come back from the page."""
        payments.look_at_booking(processor=self.processor, booking_id=booking.id, now=self.now)

    def sweep(self) -> None:
        """Let the jobs run once."""
        bookings.expire_lapsed(now=self.now)
        payments.apply_notices(processor=self.processor, now=self.now)
        payments.recheck(processor=self.processor, now=self.now)

    def receive(self, count: int = 1) -> None:
        """Receive every notification that the processor has sent, `count` times each."""
        for sent in self.stand_in.notifications() * count:
            notification = self.processor.gateway.parse_notification(
                sent["body"].encode(), sent["signature"], now=self.now
            )
            payments.keep(notification=notification, gateway=self.processor.gateway, now=self.now)

    def asked(self, path_end: str) -> list[dict[str, str]]:
        """Return the requests that the processor got on paths with this end."""
        return [asked for asked in self.stand_in.requests() if asked["path"].endswith(path_end)]


Paid = Callable[..., Booking]


@pytest.fixture
def till(house: Property, stripe_house: StripeHouse) -> Till:
    """Return the house with its card processor; both clocks stand at NOW."""
    stripe_house.set_clock(NOW)
    stripe_house.webhook()
    gateway: Any = ClosedBooks(make_gateway(stripe_house.url))
    return Till(house, stripe_house, payments.Processor(gateway, ENVIRONMENT))


@pytest.fixture
def paid(till: Till, hold: Hold) -> Paid:
    """Return a maker of bookings whose guest has paid and come back; tonight's are instant."""

    def make(**changes: Any) -> Booking:
        booking = hold(**changes)
        till.stand_in.pay(till.start(booking))
        till.look(booking)
        return booking

    return make


def attempts_of(booking: Booking) -> list[PaymentAttempt]:
    """Return the attempts of a booking, oldest first, as they stand in the database."""
    session.rollback()
    return list(
        session.scalars(
            select(PaymentAttempt).where(PaymentAttempt.booking_id == booking.id).order_by(PaymentAttempt.id)
        )
    )


def states_of(booking: Booking) -> list[str]:
    """Return the states of the attempts of a booking, oldest first."""
    return [attempt.state for attempt in attempts_of(booking)]


def card_lines() -> list[int]:
    """Return what was posted by card, oldest first: negative came in, positive went back."""
    session.rollback()
    return list(
        session.scalars(select(FolioLine.amount_minor).where(FolioLine.code == "card").order_by(FolioLine.id))
    )


def letters_of(booking: Booking) -> list[str]:
    """Return the kinds of the letters about a booking, oldest first."""
    session.rollback()
    return list(
        session.scalars(select(Letter.kind).where(Letter.booking_id == booking.id).order_by(Letter.id))
    )
