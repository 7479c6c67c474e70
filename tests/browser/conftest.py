"""One example house and one Chromium for all browser tests; a window of its own for each visitor."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256

import pytest
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import select

from app.database import session
from app.models import User
from app.services import staff_sessions
from tests.browser.open_house import OpenHouse, open_house
from tests.browser.visitor import Visitor, enter, leave
from tests.cast import NOW

# Chromium as a guest has it, minus what it does on its own account: updates, reports, a first-run page.
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ON_PATH = ("chromium", "chromium-browser", "google-chrome")

Enter = Callable[..., Visitor]


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenHouse]:
    """Yield the example house, open; when it closes, nothing may have broken on our side."""
    with open_house(tmp_path_factory.mktemp("open-house")) as house:
        yield house
        assert house.list_faults() == []


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Yield the browser that CHROMIUM names, or the first one on the PATH."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, ON_PATH)), None)
    assert found, "There is no Chromium here: set CHROMIUM, or run bin/test, which finds or installs one."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found,
            args=list(FLAGS),
            chromium_sandbox=os.geteuid() != 0,
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def ticket_of(house: OpenHouse) -> Callable[[str], str]:
    """Return a maker of staff sessions, so that only the tests of the door need to knock."""
    made: set[str] = set()

    def ticket(name: str) -> str:
        word = f"ticket-of-{name}"
        if name and name not in made:
            made.add(name)
            with house.app.app_context():
                key = session.scalars(select(User.fs_uniquifier).where(User.name == name)).one()
                session.rollback()
                now = NOW + timedelta(seconds=1)
                data = {"_user_id": key, "_fresh": True, "fs_paa": now.timestamp()}
                staff_sessions.begin(
                    digest=sha256(word.encode()).hexdigest(), user_key=key, data=data, now=now
                )
        return word if name else ""

    return ticket


@pytest.fixture
def visit(house: OpenHouse, chromium: Browser, ticket_of: Callable[[str], str]) -> Iterator[Enter]:
    """Return a maker of visitors: `visit("fr", "phone", script=False)`, or staff by name: `visit(who="Samir")`.

    When they have left, nothing may have gone wrong on their screens.
    """
    visitors: list[Visitor] = []

    def come(
        language: str = "en",
        screen: str = "desktop",
        *,
        script: bool = True,
        night: bool = False,
        who: str = "",
    ) -> Visitor:
        manner = {"language": language, "screen": screen, "has_script": script, "is_night": night}
        visitors.append(enter(chromium, house, **manner, ticket=ticket_of(who)))
        return visitors[-1]

    yield come
    for visitor in visitors:
        leave(visitor)
    assert [trouble for visitor in visitors for trouble in visitor.troubles] == []
