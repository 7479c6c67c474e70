"""How a stay of the example comes about: what guest and reception do, each step at its own moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from app.models import Booking, BookingStatus, PaymentMethod, Property
from app.services import bookings, folios
from app.services.bookings import GuestDetails, HoldLimits, HoldWish, PriceChoice
from pricing.household import Household
from pricing.stay import Stay

LIMITS = HoldLimits(hold_minutes=12, most_per_network=3, most_repeated=2)
LINK_MINUTES = 60
MOST_PER_CONTACT = 2

TO_REVIEW = timedelta(minutes=4)
TO_OPEN_THE_LINK = timedelta(minutes=9)
TO_ANSWER = timedelta(minutes=45)


@dataclass(frozen=True, slots=True)
class Scene:
    """The house on the day of the example, and who stands at its desk."""

    house: Property
    desk: str
    now: datetime
    today: date
    visits: Iterator[int] = field(default_factory=lambda: count(1))

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """Return an hour of a day on the wall of the house, in UTC."""
        wall = datetime.combine(day, time(hour, minute), ZoneInfo(self.house.timezone))
        return wall.astimezone(ZoneInfo("UTC"))

    def day_of(self, instant: datetime) -> date:
        """Return the date on the wall of the house."""
        return instant.astimezone(ZoneInfo(self.house.timezone)).date()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants: when, for whom, in which rooms, at which price."""

    stay: Stay
    party: Household
    offer_key: str
    choice: PriceChoice
    guest: GuestDetails
    language: str = "fr"


def hold(scene: Scene, wanted: Wanted, *, asked_at: datetime) -> Booking:
    """Keep the rooms, as the review page does."""
    visit = next(scene.visits)
    return bookings.hold(
        house=scene.house,
        wish=HoldWish(
            stay=wanted.stay,
            party=wanted.party,
            offer_key=wanted.offer_key,
            choice=wanted.choice,
            guest=wanted.guest,
            language=wanted.language,
            session_key=f"example-session-{visit}",
            network_key=f"example-network-{visit}",
        ),
        limits=LIMITS,
        now=asked_at,
        today=scene.day_of(asked_at),
    )


def order(scene: Scene, wanted: Wanted, *, asked_at: datetime) -> Booking:
    """Hold and order: with an e-mail the link is on its way, with a telephone alone it is a request already."""
    booking = hold(scene, wanted, asked_at=asked_at)
    bookings.order(
        house=scene.house,
        booking=booking,
        pays_by_card=False,
        link_minutes=LINK_MINUTES,
        most_per_contact=MOST_PER_CONTACT,
        now=asked_at + TO_REVIEW,
    )
    return booking


def request(scene: Scene, wanted: Wanted, *, asked_at: datetime) -> Booking:
    """Order, and prove it by the mailed link: reception owes an answer."""
    booking = order(scene, wanted, asked_at=asked_at)
    if wanted.guest.email:
        bookings.confirm_by_link(house=scene.house, booking=booking, now=asked_at + TO_OPEN_THE_LINK)
    return booking


def book_online(scene: Scene, wanted: Wanted, *, asked_at: datetime) -> Booking:
    """Request, and get a yes from reception."""
    booking = request(scene, wanted, asked_at=asked_at)
    if booking.status == BookingStatus.REQUESTED:
        bookings.confirm(house=scene.house, booking=booking, actor=scene.desk, now=asked_at + TO_ANSWER)
    return booking


def book_by_telephone(
    scene: Scene, wanted: Wanted, *, asked_at: datetime, is_price_open: bool = False
) -> Booking:
    """Let reception book for somebody who calls, at the price they say, or at one that they will choose."""
    return bookings.book_at_desk(
        house=scene.house,
        stay=wanted.stay,
        party=wanted.party,
        offer_key=wanted.offer_key,
        choice=None if is_price_open else wanted.choice,
        guest=wanted.guest,
        language=wanted.language,
        actor=scene.desk,
        now=asked_at,
        today=scene.day_of(asked_at),
    )


def check_in(scene: Scene, booking: Booking, *, hour: int = 16, minute: int = 30) -> None:
    """Give the key on the day of arrival."""
    arrived_at = scene.at(booking.arrival, hour, minute)
    bookings.check_in(booking=booking, actor=scene.desk, today=booking.arrival, now=arrived_at)


def pay(scene: Scene, booking: Booking, method: PaymentMethod, *, paid_at: datetime, note: str = "") -> None:
    """Settle what is open, at the counter."""
    due = folios.balance(booking)
    if due.minor > 0:
        folios.take_payment_at_desk(
            booking=booking, method=method, amount=due, actor=scene.desk, now=paid_at, note=note
        )


def check_out(scene: Scene, booking: Booking, *, hour: int = 10) -> None:
    """Take the key back on the day of departure."""
    bookings.check_out(
        booking=booking, actor=scene.desk, today=booking.departure, now=scene.at(booking.departure, hour)
    )
