"""Paying by card from the guest's side: to the page and back, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from app.database import session
from app.models import FolioLine, Letter, Property
from app.services import bookings
from tests.stripe_house.process import StripeHouse
from tests.web.card_house import card_app, card_house, stripe_house, stripe_process
from tests.web.guest.card_steps import attempt_states, to_the_page, token_of
from tests.web.guest.conftest import Clock, Guest, reread, words

__all__ = ["card_app", "card_house", "stripe_house", "stripe_process"]


@pytest.fixture
def make_card_guest(card_house: Flask, stripe_house: StripeHouse, wall_clock: Clock) -> Callable[..., Guest]:
    """Return a maker of guests of a house that takes cards; the processor shows the time of our wall."""
    stripe_house.set_clock(wall_clock.now)
    return lambda language="en": Guest(card_house.test_client(), language)


@pytest.fixture
def card_guest(make_card_guest: Callable[..., Guest]) -> Guest:
    """Return a guest with a card."""
    return make_card_guest()


def test_leads_to_the_page_and_back_to_the_request(card_guest: Guest, stripe_house: StripeHouse) -> None:
    booking, page = to_the_page(card_guest)
    back = stripe_house.pay(page)

    assert back.location.startswith(f"http://localhost{card_guest.page_of(booking, '/payment/return')}?")
    answer = card_guest.client.get(back.location, follow_redirects=True)

    assert "Your request is with us" in words(answer)
    assert reread(booking).status == "requested"


def test_shows_the_price_of_the_house_on_the_page_of_the_processor(
    card_guest: Guest, stripe_house: StripeHouse
) -> None:
    _booking, page = to_the_page(card_guest)

    shown = stripe_house.look(page).text

    assert "75.16 EUR" in shown
    assert "2 nights" in shown
    assert "Alice Delattre" not in shown


@pytest.mark.parametrize(
    "lie", [{"amount": "100"}, {"currency": "xaf"}, {"rooms": "single"}, {"price": "1"}], ids=str
)
def test_takes_no_price_from_the_form(
    card_guest: Guest, stripe_house: StripeHouse, lie: dict[str, str]
) -> None:
    booking = card_guest.hold()
    form = {"reference": booking.reference, "pay": "card", **lie}

    answer = card_guest.client.submit(card_guest.address("review"), form, to="/en/review")

    assert "75.16 EUR" in stripe_house.look(answer.location).text


def test_sends_a_double_click_to_one_page(card_guest: Guest) -> None:
    booking = card_guest.hold()
    first = card_guest.send(booking, pay="card")
    again = card_guest.client.submit(
        card_guest.page_of(booking, "/payment"), {}, to=card_guest.page_of(booking, "/payment")
    )

    assert (first.location, attempt_states()) == (again.location, ["open"])


@pytest.mark.parametrize("trouble", ["drop_request", "drop_response", "status"])
def test_keeps_the_room_and_stays_friendly_while_the_processor_is_away(
    card_guest: Guest, stripe_house: StripeHouse, trouble: str
) -> None:
    booking = card_guest.hold()
    stripe_house.break_next("POST", "/v1/checkout/sessions", trouble)

    answer = card_guest.send(booking, pay="card")

    assert answer.status_code == 503
    assert "The payment page does not answer just now" in words(answer)
    assert "The room is kept until" in words(answer)
    assert "Traceback" not in answer.text
    assert "stripe" not in words(answer).lower()
    again = card_guest.client.submit(card_guest.page_of(booking, "/payment"), {})
    assert again.status_code == 303
    first, second = (asked for asked in stripe_house.requests() if asked["path"] == "/v1/checkout/sessions")
    assert (first["key"], first["body"]) == (second["key"], second["body"])


def test_says_so_when_the_processor_refuses(card_guest: Guest, stripe_house: StripeHouse) -> None:
    booking = card_guest.hold()
    stripe_house.break_next("POST", "/v1/checkout/sessions", "status", status=400)

    answer = card_guest.send(booking, pay="card")

    assert answer.status_code == 502
    assert "The payment page could not be opened" in words(answer)
    assert attempt_states() == ["failed"]


def test_confirms_nothing_because_of_an_address(card_guest: Guest) -> None:
    booking, _page = to_the_page(card_guest)

    answer = card_guest.client.get(
        card_guest.page_of(booking, "/payment/return?session=cs_test_paid_by_somebody_else"),
        follow_redirects=True,
    )

    assert "We have not received this payment" in words(answer)
    assert "€75.16 to pay by card" in words(answer)
    assert reread(booking).status == "tentative"


def test_tells_a_strange_browser_nothing_about_any_booking(
    make_card_guest: Callable[..., Guest], stripe_house: StripeHouse
) -> None:
    booking, page = to_the_page(make_card_guest())
    stripe_house.pay(page)
    stranger = make_card_guest()

    known = stranger.client.get(stranger.page_of(booking, "/payment/return?session=1"))
    unknown = stranger.client.get("/en/bookings/NEVERSEEN2/payment/return?session=1")

    assert known.status_code == unknown.status_code == 200
    assert words(known) == words(unknown)
    assert reread(booking).status == "tentative"
    assert stranger.client.get(stranger.page_of(booking, "/payment")).status_code == 404


def test_lets_nobody_pay_or_close_the_page_of_another_guest(make_card_guest: Callable[..., Guest]) -> None:
    booking, _page = to_the_page(make_card_guest())
    stranger = make_card_guest()

    for part in ("/payment", "/payment/reception"):
        answer = stranger.client.submit(stranger.address("price"), {}, to=stranger.page_of(booking, part))
        assert answer.status_code == 404

    assert attempt_states() == ["open"]


def test_asks_for_patience_when_the_processor_does_not_answer_on_the_way_back(
    card_guest: Guest, stripe_house: StripeHouse
) -> None:
    booking, page = to_the_page(card_guest)
    back = stripe_house.pay(page).location
    stripe_house.break_next("GET", "/v1/checkout/sessions/*", "drop_request")

    answer = card_guest.client.get(back)
    assert "Your payment is being checked" in words(answer)
    card_guest.client.get(back)

    assert reread(booking).status == "requested"


def test_offers_both_ways_to_a_guest_who_turned_back(card_guest: Guest, stripe_house: StripeHouse) -> None:
    booking, page = to_the_page(card_guest)
    assert card_guest.page_of(booking, "/payment") in stripe_house.look(page).text

    shown = words(card_guest.client.get(card_guest.page_of(booking, "/payment")))

    assert "Book – you must pay if the house confirms" in shown
    assert "Send my request (no commitment)" in shown
    assert "set free if it does not" in shown


def test_lets_a_guest_pay_at_reception_after_all(card_guest: Guest, stripe_house: StripeHouse) -> None:
    booking, page = to_the_page(card_guest)

    answer = card_guest.client.submit(
        card_guest.page_of(booking, "/payment"), {}, to=card_guest.page_of(booking, "/payment/reception")
    )

    assert answer.location == card_guest.page_of(booking)
    assert stripe_house.look(page).status == 410
    assert list(session.scalars(select(Letter.kind))) == ["request_to_confirm"]


def test_believes_the_card_of_a_guest_who_asks_for_reception_after_paying(
    card_guest: Guest, stripe_house: StripeHouse
) -> None:
    booking, page = to_the_page(card_guest)
    form = card_guest.client.get(card_guest.page_of(booking, "/payment"))
    stripe_house.pay(page)

    card_guest.client.post(
        card_guest.page_of(booking, "/payment/reception"), data={"csrf_token": token_of(form.text)}
    )

    assert reread(booking).status == "requested"
    assert reread(booking).is_paid_by_card


def test_offers_reception_when_the_card_was_tried_too_often(
    card_guest: Guest, stripe_house: StripeHouse, wall_clock: Clock
) -> None:
    booking, _page = to_the_page(card_guest)
    for _ in range(2):
        wall_clock.pass_by(minutes=30)
        stripe_house.set_clock(wall_clock.now)
        assert card_guest.client.submit(card_guest.page_of(booking, "/payment"), {}).status_code == 303
    wall_clock.pass_by(minutes=30)
    stripe_house.set_clock(wall_clock.now)

    answer = card_guest.client.submit(card_guest.page_of(booking, "/payment"), {})

    assert answer.status_code == 429
    assert "pay at reception" in words(answer)


def test_says_that_the_time_is_over_on_the_page_of_a_lapsed_order(
    card_guest: Guest, wall_clock: Clock
) -> None:
    booking, _page = to_the_page(card_guest)
    wall_clock.pass_by(minutes=40)

    assert card_guest.client.get(card_guest.page_of(booking, "/payment")).status_code == 410


def test_confirms_a_stay_for_tonight_as_soon_as_it_is_paid(
    card_guest: Guest, stripe_house: StripeHouse
) -> None:
    card_guest.query |= {"arrival": "2026-11-22", "departure": "2026-11-23"}
    booking = card_guest.hold(rung="", amount="60")
    page = card_guest.send(booking, pay="card").location

    answer = card_guest.client.get(stripe_house.pay(page).location, follow_redirects=True)

    assert "Your stay is confirmed" in words(answer)
    assert session.scalars(select(FolioLine).where(FolioLine.code == "card")).one().amount_minor < -6000


def test_lets_a_confirmed_guest_pay_the_balance_by_card(
    card_guest: Guest, house: Property, stripe_house: StripeHouse, wall_clock: Clock
) -> None:
    booking = card_guest.order()
    bookings.confirm_by_link(house=house, booking=booking, now=wall_clock.now)
    bookings.confirm(house=house, booking=booking, actor="user:1", now=wall_clock.now)
    assert "Pay by card now" in words(card_guest.client.get(card_guest.page_of(booking)))

    answer = card_guest.client.submit(card_guest.page_of(booking, "/payment"), {})
    card_guest.client.get(stripe_house.pay(answer.location).location)

    assert attempt_states() == ["paid"]
    assert "Pay by card now" not in words(card_guest.client.get(card_guest.page_of(booking)))


def test_speaks_of_no_card_without_keys(guest: Guest) -> None:
    booking = guest.hold()

    assert "card" not in words(guest.look("review")).lower().replace("carte", "")
    assert guest.send(booking, pay="card").location == guest.page_of(booking)
    assert reread(booking).is_paid_by_card is False
    assert guest.client.get(guest.page_of(booking, "/payment/return")).status_code == 404


def test_offers_no_card_for_less_than_fifty_cents(card_guest: Guest) -> None:
    booking = card_guest.hold()
    for night in booking.rooms[0].nights:
        night.chosen_minor = 20
    session.commit()

    assert "Pay by card" not in words(card_guest.look("review"))


def test_speaks_french_on_every_page_of_a_payment(make_card_guest: Callable[..., Guest]) -> None:
    guest = make_card_guest("fr")
    booking, _page = to_the_page(guest)

    for part in ("/payment", "/payment/return"):
        page = guest.client.get(guest.page_of(booking, part), follow_redirects=True)
        assert 'lang="fr"' in page.text
        assert page.headers["Cache-Control"] == "no-store"
