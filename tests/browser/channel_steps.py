"""What manager and reception do with a platform: connect it, believe it, complete its stays, settle its conflicts."""

from __future__ import annotations

from urllib.parse import quote

from pricing.stay import Stay
from tests.browser.guest_steps import Person
from tests.browser.open_house import PLATFORM_HOST
from tests.browser.visitor import Visitor
from tests.platforms import Platform, calendar

MAKER = "-//admin.booking.com//EN"


def sell(platform: Platform, *stays: Stay) -> None:
    """Have the platform list these stays as Booking.com does: it does not tell who comes, or whether anybody does."""
    events = [
        (stay.arrival.isoformat(), stay.departure.isoformat(), f"{stay.arrival}@booking.com")
        for stay in stays
    ]
    platform.body = calendar(*events, maker=MAKER).replace(
        b"SUMMARY:Reserved", b"SUMMARY:CLOSED - Not available"
    )


def connect(manager: Visitor, platform: Platform, room: str) -> None:
    """Walk from the channels to the page of a platform, and paste its address for a room."""
    manager.open("/desk/channels")
    manager.link("Connect a platform").click()
    manager.page.get_by_role("link", name="Booking.com").click()
    line = manager.page.locator("li.channel", has_text=room)
    line.locator("summary").click()
    address = platform.url.replace("127.0.0.1", PLATFORM_HOST)
    line.get_by_role("textbox").fill(f"{address}&room={quote(room)}")
    line.get_by_role("button").first.click()


def believe(manager: Visitor) -> None:
    """Say that the stays of a first import are right."""
    manager.page.get_by_role("radio").first.check()
    manager.button("Go on").click()
    assert manager.reads("Thank you. This calendar is trusted from now on.")


def read_again(manager: Visitor, room: str) -> None:
    """Read the feed of a room now."""
    manager.open("/desk/channels")
    manager.page.locator(".channel-room", has_text=room).get_by_role("button").click()


def complete(desk: Visitor, stay: Stay, person: Person) -> None:
    """Find a platform's stay on the planning, say that a guest comes, and who."""
    desk.open(f"/desk/planning?from={stay.arrival.isoformat()}&nights=7")
    desk.page.get_by_role("link", name="Booking.com").first.click()
    desk.button("A guest comes").click()
    assert desk.reads("Noted: a guest comes.")
    desk.field("Name").fill(person.name)
    desk.field("Adults").fill("1")
    desk.button("Complete the stay").click()


def give_other_room(desk: Visitor, room: str) -> str:
    """Settle the conflict of a room: its first side gets another room; return which."""
    desk.open("/desk/conflicts")
    heading = desk.page.get_by_role("heading", level=2, name=room)
    conflict = desk.page.locator("article", has=heading)
    way = conflict.locator(".way").first
    choice = way.locator("select")
    name = choice.locator("option").first.inner_text()
    choice.select_option(index=0)
    way.get_by_role("button").first.click()
    return name.split(" (")[0]
