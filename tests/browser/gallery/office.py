"""What manager and treasurer see: the grids of the house and how they are governed."""

from __future__ import annotations

from tests.browser import office_steps
from tests.browser.gallery.shots import Shot, Show, at, then
from tests.browser.visitor import Visitor


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


OFFICE = (
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
)
