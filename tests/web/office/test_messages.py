"""The house lets a guest say less or more after the money is settled, to the manager alone (DIG-09)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.database import session
from app.models import Booking, Letter, PaymentMethod, PriceMessage, Property
from app.services import bookings, erasing, folios, price_messages
from app.services.bookings import GuestDetails, PriceChoice
from app.services.price_messages import MessageRefused, Wish
from app.services.tokens import link_token
from app.web.letters import compose
from app.web.letters.links import BOOKING_LINK
from pricing.household import Household
from pricing.stay import Stay
from tests.cast import NOW, TODAY

SignedIn = Callable[[str], FlaskClient]


@pytest.fixture(autouse=True)
def _still() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def settled(house: Property) -> Booking:
    """Return a stay that is paid."""
    booking = bookings.book_at_desk(
        house=house,
        stay=Stay(TODAY + timedelta(days=7), TODAY + timedelta(days=9)),
        party=Household(2),
        offer_key="double",
        choice=PriceChoice(bracket=3),
        guest=GuestDetails("Alice Delattre", "alice@example.org"),
        language="en",
        actor="user:1",
        now=NOW,
        today=TODAY,
    )
    folios.take_payment_at_desk(
        booking=booking,
        method=PaymentMethod.CASH,
        amount=folios.balance(booking),
        actor="user:1",
        now=NOW,
    )
    return booking


@pytest.fixture
def own_page(client: FlaskClient, settled: Booking, stage: object) -> str:
    """Return the address of the guest's own page, opened by the mailed link."""
    secret = stage.app.config["HOUSE"].secret_key  # type: ignore[attr-defined]
    token = link_token(secret, BOOKING_LINK, settled.reference, settled.link_version)
    client.get(f"/l/{settled.reference}/{token}")
    return f"/en/bookings/{settled.reference}"


def messages() -> list[PriceMessage]:
    session.expire_all()
    return session.query(PriceMessage).all()


def test_takes_a_word_once_the_price_is_settled(client: FlaskClient, own_page: str) -> None:
    assert f'{own_page}/word"' in client.get(own_page).text

    answer = client.submit(f"{own_page}/word", {"wish": "less", "words": ""})

    assert answer.location == own_page
    assert [(message.wish, message.words) for message in messages()] == [("less", "")]


def test_asks_which_way_and_for_no_reason(client: FlaskClient, own_page: str) -> None:
    page = client.submit(f"{own_page}/word", {"words": "for my neighbour"})

    assert page.status_code == 422
    assert "for my neighbour" in page.text
    assert messages() == []


def test_leads_to_the_ladder_while_the_price_may_change(
    client: FlaskClient, own_page: str, settled: Booking
) -> None:
    line = folios.list_lines(settled)[-1]
    folios.reverse_payment(booking=settled, line_id=line.id, actor="user:1", now=NOW, note="slip")

    assert "/word" not in client.get(own_page).text
    assert client.get(f"{own_page}/word").location == own_page


def test_takes_three_words_that_wait_and_no_more(settled: Booking) -> None:
    for _number in range(3):
        price_messages.write_message(booking=settled, wish=Wish.MORE, words="", now=NOW)

    with pytest.raises(MessageRefused):
        price_messages.write_message(booking=settled, wish=Wish.MORE, words="", now=NOW)


def test_tells_the_manager_alone(signed_in: SignedIn, settled: Booking) -> None:
    price_messages.write_message(booking=settled, wish=Wish.LESS, words="Ask Odile", now=NOW)

    marie = signed_in("marie")
    assert "Ask Odile" in marie.get("/en/office/messages").text
    assert "Words (1)" in marie.get("/en/desk/").text
    for name in ("samir", "odile", "jeanne", "karim"):
        other = signed_in(name)
        assert other.get("/en/office/messages").status_code == 403
        for page in ("/en/desk/", f"/en/desk/bookings/{settled.reference}", "/en/office/prices"):
            shown = other.get(page, follow_redirects=True).text
            assert "Ask Odile" not in shown
            assert "Words" not in shown


def test_answers_by_letter_and_counts_down(signed_in: SignedIn, settled: Booking, stage: object) -> None:
    written = price_messages.write_message(booking=settled, wish=Wish.LESS, words="", now=NOW)
    marie = signed_in("marie")
    page = f"/en/office/messages/{written.id}"
    assert marie.submit(page, {"answer": "  "}).status_code == 422

    assert marie.submit(page, {"answer": "Of course.\n<b>Come by.</b>"}).status_code == 302

    app: Flask = stage.app  # type: ignore[attr-defined]
    letter = session.query(Letter).filter_by(kind="price_answer").one()
    mail = compose(letter, app.config["HOUSE"])
    assert mail["To"] == "alice@example.org"
    assert "Of course." in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "<b>" not in mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "Words (" not in marie.get("/en/office/messages").text


def test_answers_a_word_once(house: Property, settled: Booking) -> None:
    written = price_messages.write_message(booking=settled, wish=Wish.MORE, words="", now=NOW)
    for words in ("first", "second"):
        price_messages.answer(house=house, message_id=written.id, words=words, actor="user:1", now=NOW)

    assert [message.answer for message in messages()] == ["first"]
    assert session.query(Letter).filter_by(kind="price_answer").count() == 1


def test_knows_no_word_of_another_house(settled: Booking) -> None:
    written = price_messages.write_message(booking=settled, wish=Wish.MORE, words="", now=NOW)
    elsewhere = session.query(Property).filter_by(code="lac").one()

    assert price_messages.list_messages(elsewhere.id) == ()
    assert not price_messages.answer(
        house=elsewhere, message_id=written.id, words="x", actor="user:1", now=NOW
    )


def test_erases_words_with_the_choice(settled: Booking) -> None:
    price_messages.write_message(booking=settled, wish=Wish.LESS, words="private", now=NOW)

    erasing.erase_choices(now=NOW + timedelta(days=60))

    assert messages() == []
    assert not price_messages.may_write(session.get_one(Booking, settled.id), NOW + timedelta(days=60))
