"""What manager and treasurer see: the grids of the house and how they are governed."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import select

from app.database import session
from app.models import Booking
from app.services.price_messages import MessageRefused, Wish, write_message
from tests.browser import office_steps
from tests.browser.gallery.shots import Shot, Show, at, press, reference_of, then
from tests.browser.visitor import Visitor
from tests.cast import NOW


def _shot(view: str, template: str, show: Show, variant: str = "", who: str = "Marie") -> Shot:
    return Shot(f"office.{view}", f"office/{template}.html", show, variant, who)


def write_wrongly(visitor: Visitor) -> None:
    """Type a floor that is no number, and one that no grid may have."""
    office_steps.change(visitor, "Floor, in €", "cheap")
    office_steps.change(visitor, "Ceiling, in €", "5")
    visitor.button("Keep the draft").click()


def publish_too_early(visitor: Visitor) -> None:
    """Publish for a day that is over."""
    office_steps.begin_draft(visitor)
    visitor.link("Publish…").click()
    visitor.field("In force from").fill("2026-01-01")
    visitor.field("Vote that adopted it").fill("AG 2026")
    visitor.page.locator("main form .button").click()


def look_dearer(visitor: Visitor) -> None:
    """Look at what a higher floor would do, without keeping it."""
    office_steps.begin_draft(visitor)
    office_steps.change(visitor, "Floor, in €", "14")
    visitor.button("Look").click()


def make_code(visitor: Visitor) -> None:
    """Make a code for somebody of a town."""
    visitor.open("/office/codes")
    visitor.field("Partner").fill("CCAS d'Auchel")
    visitor.field("The partner pays, of each stay, up to (in euros)").fill("30")
    visitor.field("May be used until").fill("2027-06-30")
    visitor.button("Make the codes").click()


def read_word(visitor: Visitor) -> None:
    """Open the words of somebody who has left and would like to give more."""
    reference = reference_of(visitor.house, status="checked_out")
    with visitor.house.app.app_context():
        booking = session.scalars(select(Booking).filter_by(reference=reference)).one()
        with suppress(MessageRefused):
            write_message(booking=booking, wish=Wish.MORE, words="It was a good week.", now=NOW)
    visitor.open("/office/messages")


def enter_nothing(visitor: Visitor) -> None:
    """Enter a grant of nothing."""
    visitor.open("/office/fund")
    visitor.field("Amount in euros").fill("0")
    visitor.button("Enter the grant").click()


def plan_nobody(visitor: Visitor) -> None:
    """Enter a year with costs under nothing."""
    visitor.open("/office/balance/year")
    visitor.field("Fixed costs of a year, in €").fill("-1")
    visitor.button("Keep this year").click()


OFFICE = (
    _shot("codes", "codes", make_code),
    _shot("codes", "codes", then(at("/office/codes"), press("Make the codes")), "errors"),
    _shot(
        "print_codes",
        "print_codes",
        then(make_code, lambda visitor: visitor.link("Print those that are open").click()),
    ),
    _shot("messages", "messages", read_word),
    _shot(
        "answer_message",
        "answer_message",
        then(read_word, lambda visitor: visitor.page.locator("a[href*='/office/messages/']").first.click()),
    ),
    _shot("prices", "prices", at("/office/prices"), who="Jeanne"),
    _shot("version", "version", at("/office/prices/1"), who="Jeanne"),
    _shot("draft", "draft", office_steps.begin_draft),
    _shot("look_at_draft", "draft", look_dearer, "dearer"),
    _shot("save_draft", "draft", then(office_steps.begin_draft, write_wrongly), "wrong"),
    _shot(
        "publish", "publish", then(office_steps.begin_draft, lambda visitor: visitor.link("Publish…").click())
    ),
    _shot("publish_now", "publish", publish_too_early, "too_early"),
    _shot("compare", "compare", at("/office/prices/compare"), who="Jeanne"),
    _shot("handout", "handout", at("/office/prices/hand-out")),
    _shot("balance", "balance", at("/office/balance")),
    _shot("budget", "budget", at("/office/balance/year"), who="Jeanne"),
    _shot("budget", "budget", plan_nobody, "wrong", who="Jeanne"),
    _shot("fund", "fund", at("/office/fund")),
    _shot("fund", "fund", at("/office/fund"), "treasurer", who="Jeanne"),
    _shot("enter_grant", "fund", enter_nothing, "wrong", who="Jeanne"),
)
