"""A page worth looking at, and short ways to the pages that lie behind others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from sqlalchemy import select

from app.database import session
from app.models import Booking, Property
from app.services import bookings
from app.services.bookings import GuestDetails, PriceChoice
from app.services.tokens import link_token
from app.web.letters.links import BOOKING_LINK
from pricing.household import Household
from pricing.stay import Stay
from tests.browser import guest_steps
from tests.browser.guest_steps import Person
from tests.browser.open_house import OpenHouse
from tests.browser.visitor import Visitor
from tests.cast import NOW, TODAY

Show = Callable[[Visitor], object]

_people = count(100)


@dataclass(frozen=True, slots=True)
class Shot:
    """One look of one page: the view and the template that make it, what is particular about it, how to get there.

    `who` is whoever of the staff looks at it; nobody means a guest.
    """

    endpoint: str
    template: str
    show: Show
    variant: str = ""
    who: str = ""

    @property
    def name(self) -> str:
        """Return what the picture is called: "guest-price-below_minimum"."""
        stem = self.template.removesuffix(".html").replace("/", "-")
        return f"{stem}-{self.variant}" if self.variant else stem


def at(path: str) -> Show:
    """Show the page at a path."""
    return lambda visitor: visitor.open(path)


def fresh_trip() -> tuple[Stay, Person]:
    """Return nights that no picture before has taken, and somebody new."""
    number = next(_people)
    arrival = date(2027, 9, 6) + timedelta(days=3 * (number % 100))
    return Stay(arrival, arrival + timedelta(days=2)), Person.numbered(number)


def book_double(stay: Stay, person: Person) -> tuple[Property, Booking]:
    """Book a double room at the desk, through the services; return the house and the booking."""
    house = session.scalars(select(Property)).first()
    assert house is not None
    booking = bookings.book_at_desk(
        house=house,
        stay=stay,
        party=Household(2),
        offer_key="double",
        choice=PriceChoice(bracket=3),
        guest=GuestDetails(person.name, person.email),
        language="fr",
        actor="user:1",
        now=NOW,
        today=TODAY,
    )
    return house, booking


def reference_of(house: OpenHouse, guest_name: str = "", status: str = "") -> str:
    """Return the number of the latest booking of the example with this name, or in this status."""
    wanted = Booking.guest_name == guest_name if guest_name else Booking.status == status
    with house.app.app_context():
        found = session.scalars(
            select(Booking.reference).where(wanted).order_by(Booking.arrival.desc())
        ).first()
        session.rollback()
    assert found, f"the example has no booking of {guest_name or status}"
    return found


def as_guest(page: str = "", guest_name: str = "", status: str = "") -> Show:
    """Show a page of a booking to its guest, who comes by the mailed link."""

    def show(visitor: Visitor) -> None:
        reference = reference_of(visitor.house, guest_name, status)
        secret = visitor.house.app.config["HOUSE"].secret_key
        token = link_token(secret, BOOKING_LINK, reference, 1)
        visitor.follow(f"{visitor.house.url}/l/{reference}/{token}")
        visitor.open(f"/bookings/{reference}{page}")

    return show


def on_review(visitor: Visitor) -> Person:
    """Walk to the page before the order is sent."""
    stay, person = fresh_trip()
    guest_steps.walk_to_review(visitor, stay, person)
    return person


def on_price(visitor: Visitor) -> None:
    """Walk to the ladder of a stay."""
    guest_steps.look_for(visitor, fresh_trip()[0])
    guest_steps.pick_room(visitor)


def then(show: Show, act: Show) -> Show:
    """Show a page, and do something on it."""

    def both(visitor: Visitor) -> None:
        show(visitor)
        act(visitor)

    return both


def press(words: str) -> Show:
    """Press a button."""
    return lambda visitor: visitor.button(words).click()
