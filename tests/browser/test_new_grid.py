"""The manager publishes a new grid on screens, and an old booking still explains itself under its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from pricing.stay import Stay
from tests.browser import guest_steps, office_steps
from tests.browser.guest_steps import Person
from tests.browser.open_house import OpenHouse
from tests.browser.visitor import Visitor
from tests.cast import TODAY

Enter = Callable[..., Visitor]

TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_explains_an_old_booking_under_its_own_grid(house: OpenHouse, visit: Enter, script: bool) -> None:
    stay = Stay(date(2028, 1, 10 if script else 17), date(2028, 1, 12 if script else 19))
    guest = visit("en", "phone", script=script)
    manager = visit("fr", "desktop", script=script, who="Marie")
    amount = guest_steps.walk_to_review(guest, stay, Person.numbered(700 + script))
    guest.button("Send my request (no commitment)").click()
    reference = guest_steps.reference_on(guest)
    rule = "€12 a night for one person"

    office_steps.begin_draft(manager)
    office_steps.change(manager, "Floor, in €", "14")
    if script:
        manager.page.get_by_text("14 € par nuit pour une personne").wait_for()
    else:
        manager.button("Look").click()
    assert manager.explains("14 € par nuit pour une personne")
    office_steps.keep(manager)
    office_steps.publish(manager, TOMORROW + timedelta(days=30), "AG du 20 novembre")

    guest.open(f"/bookings/{reference}")
    assert guest.explains(amount)
    assert guest.explains(rule)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_prints_the_hand_out_on_one_page(visit: Enter, language: str) -> None:
    manager = visit(language, "desktop", who="Marie")
    office_steps.begin_draft(manager)
    for label in ("Floor, in €", "Ceiling, in €", "Costs of a year, in €"):
        office_steps.change(manager, label, {"Floor, in €": "13", "Ceiling, in €": "84"}.get(label, "80000"))
    office_steps.keep(manager)
    manager.link("Hand-out for the assembly").click()
    manager.page.wait_for_url("**/hand-out**")

    paper = manager.page.pdf(format="A4")

    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
