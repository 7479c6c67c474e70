"""The house shows everything once more, and takes an order once, under the words that the law wants."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.database import session
from app.models import FolioLine, Letter, Property, RoomType
from tests.web.guest.conftest import CSRF, Clock, Guest, reread, words


def test_repeats_everything_before_it_is_sent(guest: Guest) -> None:
    guest.hold()

    page = words(guest.look("review"))

    for said in (
        "from Friday 9 April 2027 to Sunday 11 April 2027, 2 nights",
        "Double room, 2 adults",
        "Alice Delattre alice@example.org",
        "not known yet",
        "nothing written",
        "Friday 9 April, mild season €36",
        "Saturday 10 April, mild season €36",
        "Tourist tax €3.16",
        "In all €75.16",
        "You chose €72; this stay costs the house €124.",
        "Free until Wednesday 7 April 2027 at 18:00",
        "the first night is kept: €36",
        "L221-28",
        "We keep this room for you until 10:12",
        "La Maison d'Ingénieur, 12 rue de l'Ingénieur, 62300 Lens, +33 3 21 00 00 00, bonjour@maison.test",
    ):
        assert said in page


def test_leads_back_to_every_question(guest: Guest) -> None:
    guest.hold()

    page = guest.look("review").text

    for step in ("rooms", "price", "who"):
        links = re.findall(rf'review__change"><a href="/en/{step}\?([^"]+)"', page)
        assert links
        assert all("arrival=2027-04-09" in link and "adults=2" in link for link in links)
    assert page.count("review__change") == 6


CARDS = {"stripe_secret_key": "sk_test_house", "stripe_webhook_secret": "whsec_house"}


@pytest.mark.parametrize(
    ("language", "is_instant", "buttons"),
    [
        (
            "fr",
            False,
            [
                "Envoyer ma demande (sans engagement)",
                "Réserver avec obligation de paiement si la maison confirme",
            ],
        ),
        ("fr", True, ["Réserver avec obligation de paiement"] * 2),
        ("en", False, ["Send my request (no commitment)", "Book – you must pay if the house confirms"]),
        ("en", True, ["Book – you must pay"] * 2),
    ],
)
@pytest.mark.parametrize("takes_cards", [False, True])
def test_puts_the_right_words_on_the_button(
    make_app: Callable[..., Flask],
    house: Property,
    language: str,
    is_instant: bool,
    buttons: list[str],
    takes_cards: bool,
) -> None:
    for room_type in session.query(RoomType).filter_by(property_id=house.id):
        room_type.is_instant = is_instant
    guest = Guest(make_app(**(CARDS if takes_cards else {})).test_client(), language)
    guest.hold()

    shown = re.findall(r'name="pay" value="\w+">([^<]+)<', guest.look("review").text)

    assert shown == (buttons if takes_cards else buttons[:1])  # decision 7, to the letter (CON-04)


def test_sends_an_order_once(guest: Guest) -> None:
    booking = guest.hold()

    first = guest.send(booking)
    token = CSRF.search(guest.client.get("/en/find").text)
    assert token
    form = {"csrf_token": token[1], "reference": booking.reference, "pay": "reception"}
    second = guest.client.post("/en/review", data=form)

    assert first.location == second.location == guest.page_of(booking)
    assert (
        session.scalar(select(func.count()).select_from(Letter).where(Letter.booking_id == booking.id)) == 1
    )


def test_sends_nothing_again_when_one_goes_back(guest: Guest) -> None:
    booking = guest.order()

    assert guest.look("review").location == guest.page_of(booking)


def test_orders_what_the_page_showed_not_what_another_window_did(guest: Guest) -> None:
    shown = guest.hold()
    guest.query["rooms"] = "family"
    other = guest.hold(rung="4200")

    answer = guest.send(shown)

    assert answer.status_code == 410
    assert reread(other).ordered_at is None


def test_orders_nothing_of_somebody_else(guest: Guest, make_guest: object) -> None:
    booking = guest.hold()
    stranger = make_guest()  # type: ignore[operator]
    stranger.query["rooms"] = "family"
    stranger.hold(rung="4200")

    assert stranger.send(booking).status_code == 404
    assert reread(booking).ordered_at is None


def test_refuses_an_order_after_its_time(guest: Guest, wall_clock: Clock) -> None:
    booking = guest.hold()
    token = CSRF.search(guest.look("review").text)
    assert token
    wall_clock.pass_by(minutes=12)

    answer = guest.client.post("/en/review", data={"csrf_token": token[1], "reference": booking.reference})

    assert answer.status_code == 410
    assert reread(booking).ordered_at is None


def test_keeps_a_room_longer_once(guest: Guest, wall_clock: Clock) -> None:
    booking = guest.hold()
    form = {"reference": booking.reference}
    wall_clock.pass_by(minutes=10)

    guest.client.submit(guest.address("review"), form, to="/en/review/renew")
    wall_clock.pass_by(minutes=10)
    page = guest.look("review")

    assert "until 10:24" in words(page)
    assert "minutes longer" not in words(page)
    guest.client.submit(guest.address("review"), form, to="/en/review/renew")
    assert "cannot be prolonged again" in words(guest.look("review"))
    assert "until 10:24" in words(guest.look("review"))


def test_needs_a_form_of_its_own(guest: Guest) -> None:
    booking = guest.hold()

    page = guest.client.post("/en/review", data={"reference": booking.reference})

    assert page.status_code == 400
    assert "open for too long" in words(page)
    assert reread(booking).ordered_at is None


def test_offers_no_card_without_a_card_processor(guest: Guest) -> None:
    booking = guest.hold()

    assert 'value="card"' not in guest.look("review").text
    assert guest.send(booking, pay="card").location == guest.page_of(booking)
    assert not reread(booking).is_paid_by_card


def test_charges_nothing_that_was_not_asked_for(guest: Guest) -> None:
    booking = guest.order(email="", telephone="06 12 34 56 78")

    assert booking.status == "requested"
    assert session.scalar(select(func.count()).select_from(FolioLine)) == 0


def test_answers_a_stranger_at_the_review_page_with_the_first_page(guest: Guest) -> None:
    assert guest.look("review").location == "/en/"


def test_keeps_the_open_requests_of_a_contact_within_bounds(make_guest: object) -> None:
    answers = []
    for rooms in ("double", "family", "accessible"):
        someone = make_guest()  # type: ignore[operator]
        someone.query.update(rooms=rooms, departure=f"2027-04-{11 + len(answers)}")
        priced = someone.look("price").text.split('name="rung" id="rung-0" value="')[1].split('"')[0]
        answers.append(someone.send(someone.hold(rung=priced)))

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "still answering your earlier requests" in words(answers[-1])
