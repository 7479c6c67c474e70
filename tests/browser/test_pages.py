"""Every page, looked at: by axe for those who listen, by arithmetic for those who zoom, by a picture for ourselves.

The pictures land in var/screenshots/: French on a desktop, English on a phone, and some by night.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.gallery import SHOTS, Shot
from tests.browser.open_house import ROOT, OpenHouse
from tests.browser.visitor import Visitor

Enter = Callable[..., Visitor]

PICTURES = ROOT / "var" / "screenshots"
# Doors that print no page of ours: calendars, redirects, pictures.
NOT_PAGES = {"static", "front_door", "links.open", "links.open_hold", "feeds.read", "guest.calendar"} | {
    "office.home",
    "office.draft_text",
    "office.version_text",
    "office.fund_csv",
}
NARROW = {"width": 320, "height": 640}
AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}

BY_NIGHT = {"guest-home", "guest-rooms", "guest-price", "guest-review", "desk-today", "desk-planning"}

every_shot = pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)


def test_forgets_no_page(house: OpenHouse) -> None:
    rules = [rule for rule in house.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    pages = {rule.endpoint for rule in rules} - NOT_PAGES
    files = (ROOT / "templates").rglob("[!_]*.html")
    templates = {path.relative_to(ROOT / "templates").as_posix() for path in files} - {"base.html"}

    assert pages - {shot.endpoint for shot in SHOTS} == set()
    assert {name for name in templates if not name.startswith("email/")} == {shot.template for shot in SHOTS}


@every_shot
def test_shows_its_page_to_everybody_in_french_on_a_desktop(visit: Enter, shot: Shot) -> None:
    page = _look_at(visit("fr", "desktop", who=shot.who), shot)

    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert _overflow(page) == []


@every_shot
def test_shows_its_page_to_everybody_in_english_on_a_phone(visit: Enter, shot: Shot) -> None:
    page = _look_at(visit("en", "phone", who=shot.who), shot)

    page.set_viewport_size(NARROW)
    assert _overflow(page) == []


@pytest.mark.parametrize(
    "shot", [shot for shot in SHOTS if shot.name in BY_NIGHT], ids=lambda shot: shot.name
)
def test_shows_its_page_to_everybody_by_night(visit: Enter, shot: Shot) -> None:
    _look_at(visit("fr", "desktop", who=shot.who, night=True), shot, "night")


def _look_at(visitor: Visitor, shot: Shot, folder_name: str = "") -> Page:
    shot.show(visitor)
    assert visitor.shown == (shot.endpoint, shot.template)
    folder = PICTURES / (folder_name or f"{visitor.language}-{visitor.screen}")
    folder.mkdir(parents=True, exist_ok=True)
    visitor.page.screenshot(path=folder / f"{shot.name}.png", full_page=True)
    assert _faults(visitor.page) == []
    assert _overflow(visitor.page) == []
    return visitor.page


def _faults(page: Page) -> list[str]:
    """Return what axe finds: the rule, and where."""
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"{fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"]]


def _overflow(page: Page) -> list[str]:
    """Return what reaches over the right edge of the page, when it scrolls sideways."""
    return list(
        page.evaluate(
            """() => {
              const wide = document.scrollingElement.clientWidth;
              if (document.scrollingElement.scrollWidth <= wide) return [];
              return [...document.body.querySelectorAll("*")]
                .filter(part => part.getBoundingClientRect().right > wide + 1)
                .map(part => part.outerHTML.slice(0, 120)).slice(0, 3);
            }"""
        )
    )
