"""A platform is connected, its first stays are looked at, one is completed, and a night sold twice finds two rooms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.database import session
from app.models import Property, Room
from app.services import bookings
from app.services.bookings import GuestDetails, PriceChoice
from app.web.filters import date_short
from pricing.household import Household
from pricing.stay import Stay
from tests.browser import channel_steps
from tests.browser.guest_steps import Person
from tests.browser.open_house import OpenHouse
from tests.browser.visitor import Visitor
from tests.cast import NOW, TODAY

Enter = Callable[..., Visitor]

FIRST_STAY = date(2027, 11, 2)  # beyond what the example has sold


def book_beside(house: OpenHouse, stay: Stay, type_code: str, person: Person) -> str:
    """Book a stay at the desk, as before anybody knew of the platform's; return the room's name."""
    with house.app.app_context():
        booking = bookings.book_at_desk(
            house=session.scalars(select(Property)).one(),
            stay=stay,
            party=Household(1),
            offer_key=type_code,
            choice=PriceChoice(bracket=3),
            guest=GuestDetails(person.name, person.email),
            language="fr",
            actor="user:1",
            now=NOW,
            today=TODAY,
        )
        return session.get_one(Room, booking.rooms[0].room_id).name


@pytest.mark.parametrize(
    ("number", "language", "screen", "script", "type_code"),
    [
        pytest.param(60, "fr", "desktop", True, "family", id="french-desktop"),
        pytest.param(61, "en", "phone", False, "single", id="english-phone-without-script"),
    ],
)
def test_connects_a_platform_and_settles_what_it_sold_twice(
    house: OpenHouse, visit: Enter, number: int, language: str, screen: str, script: bool, type_code: str
) -> None:
    manager = visit(language, screen, script=script, who="Marie")
    desk = visit(language, screen, script=script, who="Samir")
    first = Stay(FIRST_STAY, FIRST_STAY + timedelta(days=3))
    second = Stay(first.arrival + timedelta(days=7), first.departure + timedelta(days=7))
    direct = Stay(second.arrival - timedelta(days=1), second.arrival + timedelta(days=1))
    room = book_beside(house, direct, type_code, Person.numbered(number))

    channel_steps.sell(house.platform, first)
    channel_steps.connect(manager, house.platform, room)
    arrival, departure = (date_short(day, language) for day in (first.arrival, first.departure))
    assert manager.reads("arrives %(arrival)s, leaves %(departure)s", arrival=arrival, departure=departure)
    channel_steps.believe(manager)

    platform_guest = Person.numbered(number + 10)
    channel_steps.complete(desk, first, platform_guest)
    assert desk.title == platform_guest.name

    channel_steps.sell(house.platform, first, second)
    channel_steps.read_again(manager, room)
    assert manager.reads("Some of its nights are taken already: look at the conflicts.")
    other = channel_steps.give_other_room(desk, room)
    assert desk.reads("The guest has another room, and the conflict is settled. The price stays as agreed.")
    assert other != room

    manager.open("/desk/channels")
    manager.page.locator(".channel-room", has_text=room).get_by_role("link").first.click()
    assert manager.title == manager.say("History of %(room)s", room=room)
