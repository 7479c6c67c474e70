"""The steps of the manager: a draft, its numbers, its publication."""

from __future__ import annotations

from datetime import date

from tests.browser.visitor import Visitor


def begin_draft(manager: Visitor, reason: str = "Heating is dearer.") -> None:
    """Begin a draft with the rules of the newest grid; its page opens."""
    manager.open("/office/prices")
    manager.page.get_by_text(manager.say("Write the next grid")).click()
    manager.field("Why another grid?").fill(reason)
    manager.button("Begin a draft").click()


def change(manager: Visitor, label: str, value: str) -> None:
    """Type another number into a draft."""
    manager.field(label).fill(value)


def keep(manager: Visitor) -> None:
    """Keep the draft."""
    manager.button("Keep the draft").click()
    assert manager.reads("The draft is kept. No price has changed.")


def publish(manager: Visitor, day: date, vote: str) -> None:
    """Publish the draft whose page is open."""
    manager.link("Publish…").click()
    manager.field("In force from").fill(day.isoformat())
    manager.field("Vote that adopted it").fill(vote)
    manager.page.locator("main form .button").click()
    assert manager.reads("to come")
