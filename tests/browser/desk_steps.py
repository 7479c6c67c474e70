"""The steps of reception, and what a platform reads when reception has done its work."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.request import urlopen

from icalendar import Calendar

from pricing.stay import Stay
from tests.browser.guest_steps import Person, reference_on
from tests.browser.visitor import Visitor


def open_sheet(desk: Visitor, reference: str) -> None:
    """Open a booking through the search box, as somebody on the telephone asks for it."""
    desk.open("/desk/")
    desk.page.get_by_role("searchbox").fill(reference)
    desk.button("Search").click()
    desk.page.locator(f"main a[href$='/{reference}']").click()


def confirm(desk: Visitor, reference: str) -> None:
    """Say yes to a request."""
    open_sheet(desk, reference)
    desk.button("Confirm the stay").click()
    assert desk.reads("The stay is confirmed. The guest will have it in writing.")


def book_by_telephone(desk: Visitor, stay: Stay, person: Person) -> str:
    """Book for somebody who calls, the price left to them; return the number."""
    desk.open("/desk/")
    desk.link("New booking").click()
    desk.field("Arrival").fill(stay.arrival.isoformat())
    desk.field("Departure").fill(stay.departure.isoformat())
    desk.button("Look what is free").click()
    desk.page.locator("a[href$='rooms=double']").click()
    desk.field("Name").fill(person.name)
    desk.field("E-mail address").fill(person.email)
    desk.field("Language of the letters").select_option(desk.language)
    desk.button("Book").click()
    assert desk.reads("The room is booked.")
    return reference_on(desk)


def take_what_is_due(desk: Visitor, reference: str) -> None:
    """Take the whole sum in cash; the page proposes it."""
    open_sheet(desk, reference)
    desk.link("Account and payments").click()
    desk.button("Write the payment down").click()
    assert desk.reads("The payment is written down.")


def room_of(desk: Visitor, reference: str) -> str:
    """Return the name of the room that a booking has."""
    desk.open(f"/desk/bookings/{reference}")
    words = desk.page.locator("dt", has_text=desk.say("Room")).first.locator("xpath=following-sibling::dd[1]")
    return words.inner_text().split(" (")[0]


def feed_address_of(desk: Visitor, room: str) -> str:
    """Return the address that reception gives to a platform for a room."""
    desk.open("/desk/channels")
    desk.page.locator(".channel-room", has_text=room).locator(".channel h3 a").first.click()
    return desk.page.locator(".our-address__field").input_value()


def nights_shown_at(address: str) -> set[date]:
    """Read a calendar as a platform does: the nights on which the room is closed."""
    with urlopen(address, timeout=10) as answer:
        events = Calendar.from_ical(answer.read()).walk("VEVENT")
    return {night for event in events for night in nights_of(event.start, event.end)}


def nights_of(first: date, until: date) -> list[date]:
    """Return the nights from a day up to, not including, another."""
    return [first + timedelta(days=number) for number in range((until - first).days)]
