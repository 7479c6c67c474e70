"""How the house behaves in front of people: what its door weighs, who can walk in, what happens to the second comer."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, Response

from tests.browser import guest_steps
from tests.browser.gallery.shots import fresh_trip
from tests.browser.open_house import OpenHouse
from tests.browser.visitor import Visitor

Enter = Callable[..., Visitor]

PAGE_BUDGET_BYTES = 100_000
MOST_TABS = 60
# Digits that mean the same day whether a browser asks for the day or for the month first.
ARRIVAL_KEYS, DEPARTURE_KEYS = "10102027", "11112027"
SHOWS_FOCUS = """() => {
  const shown = [document.activeElement, document.activeElement.closest("label")].filter(Boolean);
  return shown.some(part => getComputedStyle(part).outlineStyle !== "none");
}"""


def test_weighs_little_at_the_door(visit: Enter) -> None:
    guest = visit("fr", "phone")

    guest.open("/")
    guest.page.wait_for_load_state("networkidle")

    weights = {part.url: _weight(part) for part in guest.parts if not part.url.startswith("data:")}
    assert any(url.endswith(".woff2") for url in weights)
    assert sum(weights.values()) < PAGE_BUDGET_BYTES


def test_can_be_booked_with_a_keyboard_alone(visit: Enter) -> None:
    guest = visit("fr", "desktop")
    guest.open("/")

    for field, keys in (("#arrival", ARRIVAL_KEYS), ("#departure", DEPARTURE_KEYS), ("#adults", "2")):
        _tab_to(guest.page, field)
        guest.page.keyboard.type(keys)
    _press(guest, "main form button")
    _press(guest, "a[href$='rooms=double']")
    _tab_to(guest.page, "input[name='rung']")
    guest.page.keyboard.press("Space")
    guest.page.keyboard.press("ArrowDown")
    _press(guest, ".actions button")
    for field, words in (("#name", "Ada Verlinden"), ("#email", "ada.keys@post.example")):
        _tab_to(guest.page, field)
        guest.page.keyboard.type(words)
    _press(guest, ".actions button")
    _press(guest, "button[value='reception']")

    assert guest.title == guest.say("Look into your mailbox")


def test_offers_something_else_to_whoever_came_second(visit: Enter) -> None:
    stay, person = fresh_trip()
    first, second = visit("fr", "desktop"), visit("en", "phone")
    for guest in (first, second):  # both want the only room with a step-free shower
        guest_steps.look_for(guest, stay)
        guest_steps.pick_room(guest, "accessible")
        guest_steps.pick_price(guest)

    guest_steps.say_who(first, person)
    guest_steps.say_who(second, person)

    assert first.title == first.say("Read your request again and send it")
    assert second.title == second.say("This room has just been taken")
    second.link("See what is free").click()
    assert second.page.locator(".offer a").count() == 2
    assert second.page.locator(".offer--full h2").inner_text() == "Accessible room"


def test_opens_the_desk_with_a_password_and_closes_it_for_good(house: OpenHouse, visit: Enter) -> None:
    desk = visit("fr", "phone", script=False)
    address, password = house.password_of("Samir")
    desk.open("/desk/planning")
    assert desk.reads("The desk is for the people of the house.")

    desk.field("E-mail address").fill(address)
    desk.field("Password").fill(password)
    desk.button("Sign in").click()
    assert desk.path == "/desk/planning"
    [cookie] = desk.page.context.cookies()
    desk.button("Log out").click()

    desk.page.context.add_cookies([cookie])  # what somebody has copied meanwhile
    desk.open("/desk/planning")
    assert desk.path == "/desk/login"


def _weight(answer: Response) -> int:
    """Return what an answer weighs on the way, as the house itself sends it."""
    sizes = answer.request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]


def _tab_to(page: Page, selector: str) -> None:
    """Press the Tab key until a control has the focus, which can be seen at each step."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        assert page.evaluate(SHOWS_FOCUS), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("chosen => document.activeElement.matches(chosen)", selector):
            return
    raise AssertionError(f"no key leads to {selector}")


def _press(guest: Visitor, selector: str) -> None:
    """Walk to a link or a button and follow it."""
    _tab_to(guest.page, selector)
    with guest.page.expect_navigation():
        guest.page.keyboard.press("Enter")
