"""The steps of a guest, one page after the other, as their hands make them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import EmailMessage

from pricing.stay import Stay
from tests.browser.visitor import Visitor

LINK_IN_A_MAIL = re.compile(r"https?://\S+/l/\S+")
REFERENCE = re.compile(r"/bookings/(\w+)")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who wants a room."""

    name: str = "Ada Verlinden"
    email: str = "ada@post.example"

    @classmethod
    def numbered(cls, number: int) -> Person:
        """Return somebody with a mailbox of their own."""
        return cls(email=f"ada{number}@post.example")


def look_for(guest: Visitor, stay: Stay, adults: int = 2, children: str = "") -> None:
    """Ask on the first page what is free."""
    guest.open("/")
    guest.field("Arrival").fill(stay.arrival.isoformat())
    guest.field("Departure").fill(stay.departure.isoformat())
    guest.field("Adults").fill(str(adults))
    guest.field("Children (ages)").fill(children)
    guest.button("See the rooms").click()


def pick_room(guest: Visitor, type_code: str = "double") -> None:
    """Take a room of the list."""
    guest.page.locator(f"a[href$='rooms={type_code}']").click()


def pick_price(guest: Visitor, row: int = 2) -> str:
    """Choose a row of the ladder and go on; return its amount as the page says it."""
    rung = guest.page.locator("label.rung").nth(row)
    amount = rung.locator(".rung__amount").inner_text()
    rung.click()
    guest.button("Continue").click()
    return amount


def say_who(guest: Visitor, person: Person) -> None:
    """Write who comes."""
    guest.field("Your name").fill(person.name)
    guest.field("E-mail address").fill(person.email)
    guest.field("A word for the house").fill("Deux vélos, s'il vous plaît.")
    guest.button("Review my request").click()


def walk_to_review(guest: Visitor, stay: Stay, person: Person, type_code: str = "double") -> str:
    """Go from the first page to the last one before sending; return the amount chosen."""
    look_for(guest, stay)
    pick_room(guest, type_code)
    amount = pick_price(guest)
    say_who(guest, person)
    assert guest.title == guest.say("Read your request again and send it")
    return amount


def pay_by_card(guest: Visitor) -> None:
    """Order by card, and pay on the page of the processor."""
    guest.button("Book – you must pay if the house confirms").click()
    guest.page.get_by_role("button", name="Pay").click()
    guest.page.wait_for_url(f"{guest.house.url}/**")


def cancel(guest: Visitor) -> None:
    """Cancel from the booking's own page, after reading what it costs."""
    guest.link("Cancel this booking").click()
    assert guest.reads("Cancelling now costs you nothing.")
    guest.button("Cancel my booking").click()


def reference_on(guest: Visitor) -> str:
    """Return the number of the booking whose page is open."""
    found = REFERENCE.search(guest.page.url)
    assert found, guest.page.url
    return found.group(1)


def link_in(mail: EmailMessage) -> str:
    """Return the link to the booking that a mail carries."""
    body = mail.get_body(("plain",))
    found = LINK_IN_A_MAIL.search(body.get_content() if body else "")
    assert found, mail["Subject"]
    return found.group()
