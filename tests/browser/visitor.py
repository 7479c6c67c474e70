"""Somebody in front of a real browser, who says in their own language what they look for and notices what is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations, NullTranslations
from typing import Any
from urllib.parse import urlsplit

from babel.support import Translations
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response

from app.web.sessions import TICKET_MARK
from tests.browser.open_house import ROOT, OpenHouse

SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}
FAILS_ON_DEMAND = ("broken", "guest.order")  # the door that breaks, and the processor that does not answer
BLANKS = re.compile(r"\s+")


@cache
def catalogue(language: str) -> GNUTranslations | NullTranslations:
    """Return the translations of the screens; English is what stands in the code."""
    return Translations.load(ROOT / "app" / "translations", [language])


@dataclass
class Visitor:
    """One browser window. `troubles` is what no visitor should ever meet; it must be empty when they leave."""

    house: OpenHouse
    page: Page
    language: str
    screen: str
    has_script: bool
    troubles: list[str] = field(default_factory=list)
    shown: tuple[str, str] = ("", "")  # the view and the template of the last page of the house
    parts: list[Response] = field(default_factory=list)  # everything that has come over the wire

    def open(self, path: str) -> Response:
        """Open a page of the house in this visitor's language; `path` begins after the language."""
        answer = self.page.goto(f"{self.house.url}/{self.language}{path}")
        assert answer is not None
        return answer

    def follow(self, address: str) -> None:
        """Open a link from outside: a mail, a calendar."""
        self.page.goto(address)

    def say(self, words: str, **values: object) -> str:
        """Return English words of the screens in this visitor's language."""
        spoken = catalogue(self.language).gettext(words)
        return (spoken % values if values else spoken).replace("\u00a0", " ")

    def link(self, words: str) -> Locator:
        """Find the first link that begins with these words."""
        return self.page.get_by_role("link", name=self._beginning(words)).first

    def button(self, words: str) -> Locator:
        """Find the first button that begins with these words."""
        return self.page.get_by_role("button", name=self._beginning(words)).first

    def field(self, label: str) -> Locator:
        """Find the control of a label on the page, not that of the search box above it."""
        return self.page.locator("main").get_by_label(self._beginning(label)).first

    def reads(self, words: str, **values: object) -> bool:
        """Tell whether the page says these words in this visitor's language; every kind of blank is a blank."""
        return _plain(self.say(words, **values)) in _plain(self.page.locator("main").inner_text())

    def explains(self, amount: str) -> bool:
        """Tell whether an amount stands on the page, be it in a part that opens on demand."""
        return _plain(amount) in _plain(self.page.locator("main").text_content() or "")

    @property
    def path(self) -> str:
        """Return where the visitor is, without the language."""
        return urlsplit(self.page.url).path.removeprefix(f"/{self.language}")

    @property
    def title(self) -> str:
        """Return the heading of the page."""
        return _plain(self.page.locator("h1").first.inner_text())

    def _beginning(self, words: str) -> re.Pattern[str]:
        spoken = _plain(self.say(words)).split("{")[0].strip()
        return re.compile(r"^\s*" + r"\s+".join(map(re.escape, spoken.split())))


def enter(
    browser: Browser,
    house: OpenHouse,
    *,
    language: str,
    screen: str,
    has_script: bool,
    is_night: bool,
    ticket: str,
) -> Visitor:
    """Open a window of its own, with nothing in it but the session of `ticket`, if there is one."""
    context = browser.new_context(
        **SCREENS[screen],
        java_script_enabled=has_script,
        locale={"fr": "fr-FR", "en": "en-GB"}[language],
        timezone_id="Europe/Paris",
        reduced_motion="reduce",
        color_scheme="dark" if is_night else "light",
    )
    context.set_default_timeout(10_000)
    if ticket:
        context.add_cookies([{"name": "session", "value": TICKET_MARK + ticket, "url": house.url}])
    visitor = Visitor(house, context.new_page(), language, screen, has_script)
    _watch(visitor)
    return visitor


def leave(visitor: Visitor) -> None:
    """Close the window, and look whether it has kept more than one cookie."""
    context = visitor.page.context
    kept = {cookie["name"] for cookie in context.cookies()} - {"session"}
    context.close()
    visitor.troubles += [f"cookie {name}" for name in sorted(kept)]


def _watch(visitor: Visitor) -> None:
    own_places = (visitor.house.url, visitor.house.stripe.url)

    def heard(message: ConsoleMessage) -> None:
        # That a page answers 404 or 422 is its good right; that a part of it is missing is seen in `answered`.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            visitor.troubles.append(f"{message.type}: {message.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith((*own_places, "data:")):
            visitor.troubles.append(f"asked somebody else: {request.url}")

    def answered(response: Response) -> None:
        visitor.parts.append(response)
        is_page = response.request.is_navigation_request()
        if is_page:
            visitor.shown = (response.headers.get("x-endpoint", ""), response.headers.get("x-template", ""))
        if response.status >= (500 if is_page else 400) and visitor.shown[0] not in FAILS_ON_DEMAND:
            visitor.troubles.append(f"{response.status} for {response.url}")

    visitor.page.context.on("console", heard)
    visitor.page.context.on("weberror", lambda error: visitor.troubles.append(f"script: {error.error}"))
    visitor.page.context.on("request", asked)
    visitor.page.context.on("response", answered)


def _plain(text: str) -> str:
    return BLANKS.sub(" ", text).strip()
