"""Walk the house's own payments, from the order to the refund, past the strict checker; exit 1 on any finding.

    python tests/shared/payments.py PATH/stripe_spec_check.py

The checker listens between house and stand-in and passes on only what Stripe itself would take.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from app import create_app  # noqa: E402
from app.database import Base, db  # noqa: E402
from app.models import Booking, Property  # noqa: E402
from app.services import bookings, folios, payments  # noqa: E402
from app.web.cards import processor_of  # noqa: E402
from config import Config  # noqa: E402
from pricing.household import Household  # noqa: E402
from pricing.stay import Stay  # noqa: E402
from tests.cast import build_cast  # noqa: E402
from tests.stripe_house.checked_walk import checked, print_findings  # noqa: E402
from tests.stripe_house.process import SECRET_KEY, WEBHOOK_SECRET, StripeHouse  # noqa: E402

NOW = datetime.now(UTC)
PAGE = payments.PaymentPage(
    line_name="La Maison d'Ingénieur, 2 nuits",
    success_url="http://127.0.0.1/fr/return?session={CHECKOUT_SESSION_ID}",
    cancel_url="http://127.0.0.1/fr/payment",
)
LIMITS = bookings.HoldLimits(hold_minutes=12, most_per_network=3, most_repeated=2)


class Walk:
    """The house, its processor behind the checker, and guests who come one after the other."""

    def __init__(self, stand_in: StripeHouse, house: Property, processor: payments.Processor) -> None:
        self.stand_in, self.house, self.processor = stand_in, house, processor
        self._guests = count(1)

    def hold(self, days_ahead: int) -> Booking:
        """Keep a double room for two nights."""
        arrival = NOW.date() + timedelta(days=days_ahead)
        number = next(self._guests)
        wish = bookings.HoldWish(
            stay=Stay(arrival, arrival + timedelta(days=2)),
            party=Household(2),
            offer_key="double",
            choice=bookings.PriceChoice(bracket=3),
            guest=bookings.GuestDetails(f"Guest {number}", f"guest{number}@example.org"),
            language="fr",
            session_key=f"session {number}",
            network_key=f"network {number}",
        )
        return bookings.hold(house=self.house, wish=wish, limits=LIMITS, now=NOW, today=NOW.date())

    def start(self, booking: Booking) -> str:
        """Order by card."""
        return payments.start(
            processor=self.processor,
            house=self.house,
            booking=booking,
            page=PAGE,
            most_per_contact=2,
            now=NOW,
        )

    def pay(self, booking: Booking) -> Booking:
        """Order by card, be declined, pay with another, come back."""
        address = self.start(booking)
        self.stand_in.pay(address, "declined")
        self.stand_in.pay(address)
        payments.look_at_booking(processor=self.processor, booking_id=booking.id, now=NOW)
        return booking

    def follow(self, booking: Booking) -> None:
        """Do for the card what became of the booking."""
        payments.follow_booking(processor=self.processor, booking_id=booking.id, now=NOW)


def capture_and_refund(walk: Walk) -> bool:
    """Ask, confirm, cancel in time: everything that was captured goes back."""
    booking = walk.pay(walk.hold(20))
    bookings.confirm(house=walk.house, booking=booking, actor="user:1", now=NOW)
    walk.follow(booking)
    is_paid = folios.balance(booking).minor == 0
    bookings.cancel(house=walk.house, booking=booking, actor="guest", reason="", now=NOW)
    walk.follow(booking)
    return is_paid and folios.balance(booking).minor == 0 and len(folios.list_lines(booking)) > 0


def release(walk: Walk) -> bool:
    """Ask and be declined: nothing is captured."""
    booking = walk.pay(walk.hold(30))
    bookings.decline(house=walk.house, booking=booking, actor="user:1", reason="full", now=NOW)
    walk.follow(booking)
    return booking.status == "declined"


def pay_at_once(walk: Walk) -> bool:
    """Book for tomorrow: the money is taken at once."""
    booking = walk.pay(walk.hold(1))
    return booking.status == "confirmed" and folios.balance(booking).minor == 0


def turn_back(walk: Walk) -> bool:
    """Open the page and pay at reception after all."""
    booking = walk.hold(40)
    address = walk.start(booking)
    payments.close(processor=walk.processor, booking_id=booking.id, now=NOW)
    return walk.stand_in.look(address).status == 410


WALKS: tuple[Callable[[Walk], bool], ...] = (capture_and_refund, release, pay_at_once, turn_back)


def main() -> int:
    """Walk every road in a house of its own, and print what the checker found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("checker", type=Path)
    checker = parser.parse_args().checker
    with (
        tempfile.TemporaryDirectory() as folder,
        StripeHouse() as stand_in,
        checked(checker, stand_in.url) as address,
    ):
        failed = _walk_all(stand_in, address, Path(folder))
        findings = print_findings(address)
    for name in failed:
        print(f"did not end as it should: {name}")
    return 1 if findings or failed else 0


def _walk_all(stand_in: StripeHouse, address: str, folder: Path) -> list[str]:
    config = Config(
        secret_key="a secret for this walk and for nothing else",
        var_dir=folder,
        stripe_secret_key=SECRET_KEY,
        stripe_webhook_secret=WEBHOOK_SECRET,
        stripe_api_base=address,
        hash_memory_kib=64,
    )
    app, processor = create_app(config), processor_of(config)
    assert processor
    with app.app_context():
        Base.metadata.create_all(db.engine)
        walk = Walk(stand_in, build_cast(), processor)
        failed = [one.__name__ for one in WALKS if not one(walk)]
        db.session.remove()
        db.engine.dispose()
    return failed


if __name__ == "__main__":
    sys.exit(main())
