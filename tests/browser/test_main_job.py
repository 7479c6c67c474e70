"""A guest books at the evolving rate, reception confirms, the platforms see it: the whole of it, on screens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from pricing.stay import Stay
from tests.browser import desk_steps, guest_steps
from tests.browser.guest_steps import Person
from tests.browser.open_house import OpenHouse
from tests.browser.visitor import Visitor

Enter = Callable[..., Visitor]

FIRST_WEEK = date(2027, 5, 3)  # beyond what the example has sold
WITH_AND_WITHOUT = pytest.mark.parametrize(
    ("number", "language", "screen", "script"),
    [
        pytest.param(0, "fr", "desktop", True, id="french-desktop"),
        pytest.param(1, "en", "phone", True, id="english-phone"),
        pytest.param(2, "fr", "phone", False, id="french-phone-without-script"),
        pytest.param(3, "en", "desktop", False, id="english-desktop-without-script"),
    ],
)


def week(number: int) -> Stay:
    """Return two nights of a week that no other walk uses."""
    arrival = FIRST_WEEK + timedelta(weeks=number)
    return Stay(arrival, arrival + timedelta(days=2))


@WITH_AND_WITHOUT
def test_sells_a_stay_by_card_and_gives_the_money_back(
    house: OpenHouse, visit: Enter, number: int, language: str, screen: str, script: bool
) -> None:
    stay, person = week(number), Person.numbered(number)
    nights = set(desk_steps.nights_of(stay.arrival, stay.departure))
    guest = visit(language, screen, script=script)
    desk = visit(language, screen, script=script, who="Samir")

    guest_steps.walk_to_review(guest, stay, person)
    guest_steps.pay_by_card(guest)
    assert guest.title == guest.say("Thank you, %(name)s. Your request is with us.", name=person.name)
    reference = guest_steps.reference_on(guest)

    assert house.money_taken(reference) == 0  # set aside only, until the house says yes

    desk_steps.confirm(desk, reference)
    house.run_sweeps()
    assert house.money_taken(reference) > 0
    address = desk_steps.feed_address_of(desk, desk_steps.room_of(desk, reference))
    assert nights <= desk_steps.nights_shown_at(address)
    guest.page.reload()
    assert guest.title == guest.say("Your stay is confirmed, %(name)s. See you soon.", name=person.name)

    guest_steps.cancel(guest)
    assert guest.title == guest.say("Your booking is cancelled")
    house.run_sweeps()
    assert not nights & desk_steps.nights_shown_at(address)
    assert house.money_taken(reference) == 0


@WITH_AND_WITHOUT
def test_takes_a_request_by_mail_and_the_money_at_reception(
    house: OpenHouse, visit: Enter, number: int, language: str, screen: str, script: bool
) -> None:
    stay, person = week(number + 4), Person.numbered(number + 4)
    guest, with_the_mail = visit(language, screen, script=script), visit(language, screen, script=script)
    desk = visit(language, screen, script=script, who="Odile")

    amount = guest_steps.walk_to_review(guest, stay, person)
    guest.button("Send my request (no commitment)").click()
    assert guest.title == guest.say("Look into your mailbox")
    reference = guest_steps.reference_on(guest)
    house.run_sweeps()
    with_the_mail.follow(guest_steps.link_in(house.newest_mail_to(person.email)))
    with_the_mail.button("Send my request (no commitment)").click()
    assert with_the_mail.title == guest.say("Thank you, %(name)s. Your request is with us.", name=person.name)

    desk_steps.confirm(desk, reference)
    with_the_mail.page.reload()
    assert with_the_mail.title == guest.say(
        "Your stay is confirmed, %(name)s. See you soon.", name=person.name
    )
    assert with_the_mail.explains(amount)
    desk_steps.take_what_is_due(desk, reference)
    assert desk.reads("Settled")


@WITH_AND_WITHOUT
def test_lets_a_caller_choose_the_price_by_link(
    house: OpenHouse, visit: Enter, number: int, language: str, screen: str, script: bool
) -> None:
    stay, person = week(number + 8), Person.numbered(number + 8)
    desk, guest = visit(language, screen, script=script, who="Odile"), visit(language, screen, script=script)

    reference = desk_steps.book_by_telephone(desk, stay, person)
    assert desk.reads("price to be chosen")
    house.run_sweeps()
    guest.follow(guest_steps.link_in(house.newest_mail_to(person.email)))
    guest.link("Choose my price").click()
    amount = guest_steps.pick_price(guest)

    assert guest.explains(amount)
    desk_steps.open_sheet(desk, reference)
    assert desk.reads("to settle")
    assert not desk.explains(amount)
