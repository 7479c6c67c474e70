"""A guest changes the price until it is paid, and cancels for what the page said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.database import session
from app.models import PaymentMethod, Property
from app.services import bookings, folios
from app.services.bookings import GuestDetails
from pricing.household import Household
from pricing.money import Money
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.web.guest.booking_page.steps import Link, confirmed
from tests.web.guest.conftest import Clock, Guest, reread, words


def test_explains_the_price_to_its_guest(guest: Guest, house: Property, mailed_link: Link) -> None:
    booking = confirmed(guest, house, mailed_link)

    page = words(guest.client.get(guest.page_of(booking)))

    assert "You chose €72; this stay costs the house €124." in page
    assert "In all €75.16" in page


def test_explains_the_price_after_the_bracket_is_erased(
    guest: Guest, house: Property, mailed_link: Link
) -> None:
    booking = confirmed(guest, house, mailed_link)
    for room in booking.rooms:
        room.bracket = None
        for night in room.nights:
            night.due_minor = None
    session.commit()

    assert "In all €75.16" in words(guest.client.get(guest.page_of(booking)))


def test_lets_a_guest_change_the_price_until_it_is_paid(
    guest: Guest, house: Property, mailed_link: Link
) -> None:
    booking = confirmed(guest, house, mailed_link)
    page = guest.page_of(booking, "/price")

    assert guest.client.submit(page, {"rung": "10000"}).location == guest.page_of(booking)
    assert folios.balance(reread(booking)) == Money.of("104.40")  # 100 + 4 x (4 % of 25, and a tenth of it)
    folios.take_payment_at_desk(
        booking=booking, method=PaymentMethod.CASH, amount=Money.of("104.40"), actor="user:1", now=NOW
    )

    assert guest.client.get(page).status_code == 409
    assert "Change my price" not in words(guest.client.get(guest.page_of(booking)))


def test_lets_a_guest_of_the_telephone_choose(make_guest: object, house: Property, mailed_link: Link) -> None:
    booking = bookings.book_at_desk(
        house=house,
        stay=Stay(TODAY + timedelta(30), TODAY + timedelta(32)),
        party=Household(2),
        offer_key="double",
        choice=None,
        guest=GuestDetails("Charlie", "charlie@example.org"),
        language="en",
        actor="user:1",
        now=NOW,
        today=TODAY,
    )
    guest = make_guest()  # type: ignore[operator]
    page = guest.client.get(mailed_link(booking), follow_redirects=True)
    rung = (
        guest.client.get(guest.page_of(booking, "/price")).text.split('id="rung-0" value="')[1].split('"')[0]
    )

    guest.client.submit(guest.page_of(booking, "/price"), {"rung": rung})

    assert "The price is yours to choose" in words(page)
    assert bookings.price_of(reread(booking)) == Money(int(rung))
    assert not booking.is_price_open


@pytest.mark.parametrize(
    ("before", "said", "fee"),
    [
        ({"days": 136}, "Cancelling now costs you nothing", 0),
        ({"days": 136, "hours": 8}, "costs €36: the first night", 3600),
    ],
)
def test_says_what_cancelling_costs_and_asks_for_no_more(
    guest: Guest,
    house: Property,
    mailed_link: Link,
    wall_clock: Clock,
    before: dict[str, int],
    said: str,
    fee: int,
) -> None:
    booking = confirmed(guest, house, mailed_link)
    wall_clock.pass_by(**before)  # from 22 November 10:00 to 7 April 11:00 (summer time), or 19:00

    page = guest.client.get(guest.page_of(booking, "/cancel"))
    guest.client.submit(guest.page_of(booking, "/cancel"), {"fee": str(fee)})

    assert said in words(page)
    assert reread(booking).status == "cancelled"
    assert folios.balance(booking) == Money(fee)


def test_does_not_cancel_for_more_than_the_page_said(
    guest: Guest, house: Property, mailed_link: Link, wall_clock: Clock
) -> None:
    booking = confirmed(guest, house, mailed_link)
    wall_clock.pass_by(days=137)

    page = guest.client.submit(guest.page_of(booking, "/cancel"), {"fee": "0"})

    assert "What cancelling costs has changed" in words(page)
    assert "€36" in words(page)
    assert reread(booking).status == "confirmed"


def test_cancels_a_request_for_nothing(guest: Guest) -> None:
    booking = guest.order(email="", telephone="06 12 34 56 78")

    guest.client.submit(guest.page_of(booking, "/cancel"), {"fee": "0"})

    assert reread(booking).status == "cancelled"
    assert "It costs you nothing." in words(guest.client.get(guest.page_of(booking)))
    assert guest.client.get(guest.page_of(booking, "/cancel")).location == guest.page_of(booking)
