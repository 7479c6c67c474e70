"""While most holds lapse, the house mails a link first, says so, and loses nothing of what was typed (decision 21)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.database import session
from app.models import Booking, Letter, LetterKind, Property, WaitingHold
from app.services.tokens import link_token
from app.web.letters import compose
from app.web.letters.links import HOLD_LINK, HOLD_LINK_VERSION
from config import Config
from tests.services.bookings.lapsed import NOBODY, add_lapsed
from tests.web.guest.conftest import Clock, Guest, newest_booking, words

TOLD = {"telephone": "06 12 34 56 78", "arrival_time": "17:00", "message": "Un vélo <b>rouge</b>"}
MESSAGE = "x" * 1500  # more than a cookie keeps


@pytest.fixture(autouse=True)
def storm(house: Property, wall_clock: Clock) -> None:
    """Let as many holds lapse as the house bears with."""
    add_lapsed(house, Config(secret_key="x" * 32).lapsed_holds, now=wall_clock.now)


@pytest.fixture
def hold_link(stage: object) -> Callable[[], str]:
    """Return a reader of the newest link in a mailbox."""
    secret = stage.app.config["HOUSE"].secret_key  # type: ignore[attr-defined]

    def link() -> str:
        waiting = session.query(WaitingHold).order_by(WaitingHold.id.desc()).first()
        assert waiting
        token = link_token(secret, HOLD_LINK, waiting.reference, HOLD_LINK_VERSION)
        return f"/l/keep/{waiting.reference}/{token}"

    return link


def kept() -> int:
    """Return how many rooms are kept for Alice."""
    return session.query(Booking).filter_by(guest_name="Alice Delattre").count()


def letters() -> list[str]:
    """Return to whom links have been mailed."""
    return [letter.recipient for letter in session.query(Letter).filter_by(kind=LetterKind.HOLD_LINK)]


def ask(guest: Guest, **details: str) -> None:
    """Walk to the page that says that a link was mailed."""
    guest.choose()
    answer = guest.tell(**details)
    assert answer.status_code == 302, words(answer)
    assert "/keep?" in answer.location


def press(guest: Guest) -> str:
    """Press the button behind the link; return where it leads."""
    page = guest.client.get(f"/{guest.language}/keep")
    to = re.search(r'action="([^"]*/keep[^"]*)"', page.text)
    assert to, words(page)
    answer = guest.client.submit(f"/{guest.language}/keep", {}, to=to.group(1).replace("&amp;", "&"))
    assert answer.status_code == 302, words(answer)
    return str(answer.location)


def test_does_not_disturb_the_last_hold_before(guest: Guest, house: Property) -> None:
    session.delete(session.query(Booking).filter_by(guest_name=NOBODY).limit(1).one())
    session.commit()

    assert guest.hold().status == "tentative"
    assert letters() == []


def test_mails_a_link_and_says_so_and_keeps_nothing_yet(guest: Guest) -> None:
    ask(guest)

    page = guest.client.get("/en/keep")

    assert "We have sent you a link: open it to keep the room." in words(page)
    assert "alice@example.org" in words(page)
    assert "this demo" not in words(page)
    assert 'method="post"' not in page.text
    assert (kept(), letters()) == (0, ["alice@example.org"])
    assert "no-store" in page.headers["Cache-Control"]


def test_says_so_in_french(make_guest: Callable[[], Guest]) -> None:
    guest = make_guest()
    guest.language = "fr"
    ask(guest)

    assert "Nous vous avons envoyé un lien" in words(guest.client.get("/fr/keep"))


def test_keeps_the_room_by_the_button_behind_the_link(guest: Guest, hold_link: Callable[[], str]) -> None:
    ask(guest, **TOLD)

    for _ in range(3):  # scanners open links too
        assert guest.client.get(hold_link()).location == "/en/keep"
        assert guest.client.get("/en/keep").status_code == 200
    assert kept() == 0

    review = press(guest)

    booking = newest_booking()
    assert review == guest.address("review")
    assert (booking.guest_telephone, booking.guest_message) == (TOLD["telephone"], TOLD["message"])
    assert (booking.status, booking.language) == ("tentative", "en")
    page = words(guest.client.get(review))
    assert "€72" in page
    assert "about 17:00" in page
    assert guest.send(booking).status_code == 302


def test_goes_on_in_another_browser_with_everything_typed(
    guest: Guest, make_guest: Callable[[], Guest], hold_link: Callable[[], str]
) -> None:
    ask(guest, message=MESSAGE)
    telephone = make_guest()
    telephone.client.get(hold_link())

    press(telephone)

    assert newest_booking().guest_message == MESSAGE
    assert telephone.look("review").status_code == 200
    assert telephone.look("price").text.count(" checked") == 1
    assert guest.look("review").location == "/en/", "the first browser has not opened the link"


def test_keeps_one_room_however_often_the_button_is_pressed(
    guest: Guest, hold_link: Callable[[], str]
) -> None:
    ask(guest)
    guest.client.get(hold_link())
    token = guest.client.get("/en/keep").text
    press(guest)

    csrf = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', token)
    assert csrf
    again = guest.client.post("/en/keep", data={"csrf_token": csrf.group(1)})

    assert again.location == guest.address("review")
    guest.client.get(hold_link())
    assert press(guest) == guest.address("review")
    assert kept() == 1


def test_needs_the_link_to_press_the_button(guest: Guest) -> None:
    ask(guest)

    answer = guest.client.submit(guest.address("price"), {}, to="/en/keep")

    assert answer.location == "/en/keep"
    assert kept() == 0


@pytest.mark.parametrize("wrong", ["token", "reference", "house", "day"])
def test_opens_nothing_by_a_wrong_link(
    guest: Guest, hold_link: Callable[[], str], wall_clock: Clock, wrong: str
) -> None:
    ask(guest)
    link = hold_link()
    if wrong == "token":
        link = link[:-1] + ("a" if link[-1] != "a" else "b")
    if wrong == "reference":
        link = re.sub(r"keep/\w+/", "keep/ABCDEFGH23/", link)
    if wrong == "day":
        wall_clock.pass_by(days=1)

    headers = {"Host": "lac.test"} if wrong == "house" else {}

    assert guest.client.get(link, headers=headers).status_code == 404


def test_asks_one_link_for_each_visit(guest: Guest, hold_link: Callable[[], str]) -> None:
    ask(guest)
    guest.client.get(hold_link())
    press(guest)
    guest.query["rooms"] = "family"

    assert guest.hold(rung="4200").status == "tentative"
    guest.query["rooms"] = "accessible"
    ask(guest, email="bob@example.org")

    assert letters() == ["alice@example.org", "bob@example.org"]


def test_gives_the_telephone_to_a_guest_without_mailbox(guest: Guest) -> None:
    guest.choose()

    page = guest.tell(email="", telephone="06 12 34 56 78")

    assert page.status_code == 409
    assert "Please call us, and we keep the room" in words(page)
    assert "+33 3 21 00 00 00" in words(page)
    assert (kept(), letters()) == (0, [])
    assert "06 12 34 56 78" in guest.look("who").text, "nothing has to be typed again"


def test_lets_a_wrong_address_be_corrected(guest: Guest) -> None:
    ask(guest, email="alcie@example.org", message=MESSAGE)

    form = guest.look("who").text

    assert "alcie@example.org" in form
    assert MESSAGE in form
    ask(guest)
    assert "alice@example.org" in words(guest.client.get("/en/keep"))


def test_fills_nobodys_mailbox(guest: Guest) -> None:
    guest.choose()

    answers = [guest.tell().status_code for _ in range(11)]

    assert answers == [302] * 10 + [429]
    assert len(letters()) == 10


def test_says_that_the_room_was_taken_meanwhile(
    guest: Guest, make_guest: Callable[[], Guest], hold_link: Callable[[], str]
) -> None:
    guest.query["rooms"] = "accessible"
    ask(guest, **TOLD)
    first = hold_link()
    other = make_guest()
    other.query["rooms"] = "accessible"
    ask(other, email="bob@example.org")
    other.client.get(hold_link())
    press(other)
    guest.client.get(first)

    page = guest.client.submit("/en/keep", {}, to=guest.address("keep"))

    assert page.status_code == 409
    assert "This room has just been taken" in words(page)
    guest.query["rooms"] = "double"
    guest.choose()
    assert TOLD["telephone"] in guest.look("who").text


def test_goes_back_to_normal_when_the_storm_is_over(guest: Guest, wall_clock: Clock) -> None:
    wall_clock.pass_by(hours=3)

    assert guest.hold().status == "tentative"


def test_shows_the_letter_in_the_demo_alone(
    house: Property, make_app: Callable[..., Flask], hold_link: Callable[[], str]
) -> None:
    guest = Guest(make_app(is_demo=True, public_url="http://localhost").test_client())
    ask(guest)

    page = guest.client.get("/en/keep")

    assert "What this demo would have mailed to you" in words(page)
    assert hold_link() in page.text


def test_tells_no_price_in_the_letter_and_no_rung_in_an_address(
    guest: Guest, client: FlaskClient, stage: object
) -> None:
    ask(guest)
    letter = session.query(Letter).filter_by(kind=LetterKind.HOLD_LINK).one()

    mail = compose(letter, stage.app.config["HOUSE"]).as_string()  # type: ignore[attr-defined]

    assert not re.search(r"€|=E2=82=AC|bracket|rung", mail)
