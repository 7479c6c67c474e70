"""The house shows every amount of the ladder, chooses none, and keeps the price that it showed."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask.testing import FlaskClient

from app.models import Booking, Property
from app.services import bookings
from pricing.explain import describe_income
from pricing.grid import example_house
from pricing.money import Money
from pricing.quote import Quote, RoomRequest, quote
from pricing.stay import Stay
from tests.web.guest.conftest import Guest, newest_booking, words

RUNG = re.compile(r'<input type="radio" name="rung"[^>]*value="([^"]+)"([^>]*)>')


def couple() -> Quote:
    return quote(example_house(), Stay(date(2027, 4, 9), date(2027, 4, 11)), [RoomRequest("double", 2)])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_shows_exactly_the_ladder_of_the_quote(guest: Guest, language: str) -> None:
    guest.language = language

    page = guest.look("price")

    shown = [value for value, _ in RUNG.findall(page.text) if value != "other"]
    assert shown == [str(rung.amount.minor) for rung in couple().ladder]
    for rung in couple().ladder:
        assert describe_income(rung, language) in page.text.replace("&#39;", "'")


def test_preselects_nothing(guest: Guest) -> None:
    assert not [value for value, rest in RUNG.findall(guest.look("price").text) if "checked" in rest]


def test_marks_the_real_cost_and_says_what_it_is_made_of(guest: Guest) -> None:
    page = guest.look("price")

    assert page.text.count("rung--cost") == 1
    assert "€124 what your stay costs the house" in words(page)
    assert "The house: roof, heating, team €92" in words(page)
    assert "12 a night for one person" in words(page).replace("€", "")
    assert "others from the age of 14 for half" in words(page)


def test_asks_again_when_nothing_was_chosen(guest: Guest) -> None:
    page = guest.client.submit(guest.address("price"), {})

    assert page.status_code == 422
    assert "Choose the amount that suits you." in words(page)
    assert "<title>Error:" in page.text
    assert 'href="#rung-0"' in page.text
    assert 'id="rung-0"' in page.text


@pytest.mark.parametrize("rung", ["3601", "1", "-3600", "abc", "3600.0", "8", "12400 "])
def test_takes_no_amount_that_it_did_not_show(guest: Guest, rung: str) -> None:
    page = guest.choose(rung=rung)

    assert page.status_code == 422
    assert "The prices have changed in the meantime" in words(page)


@pytest.mark.parametrize("rung", couple().ladder, ids=lambda rung: str(rung.amount.minor))
def test_keeps_the_price_that_it_showed(guest: Guest, rung: object) -> None:
    amount: Money = rung.amount  # type: ignore[attr-defined]

    booking = guest.hold(rung=str(amount.minor))

    assert bookings.price_of(booking) == amount
    assert f"€{amount.minor // 100}" in words(guest.look("review"))


AMOUNTS = [
    ("40", 4000),
    ("40,50", 4050),
    ("40.5", 4050),
    ("40 €", 4000),
    ("€40", 4000),
    ("40\u00a0€", 4000),
    ("1\u00a0000,00", 100000),
    ("1 000", 100000),
    ("32", 3200),
    ("040", 4000),
]


@pytest.mark.parametrize(("written", "minor"), AMOUNTS)
def test_reads_an_amount_of_ones_own(guest: Guest, written: str, minor: int) -> None:
    booking = guest.hold(rung="other", amount=written)

    assert bookings.price_of(booking) == Money(minor)


def test_takes_an_amount_without_its_row_ticked(guest: Guest) -> None:
    assert bookings.price_of(guest.hold(rung="", amount="40")) == Money.of(40)


def test_takes_the_row_rather_than_an_amount_left_over(guest: Guest) -> None:
    assert bookings.price_of(guest.hold(rung="7200", amount="abc")) == Money.of(72)


def test_asks_which_when_a_row_is_ticked_and_another_amount_written(guest: Guest) -> None:
    page = guest.choose(rung="7200", amount="40")

    assert page.status_code == 422
    assert "Which of them is it?" in words(page)
    assert 'value="40"' in page.text


def test_takes_a_row_with_its_own_amount_written_below(guest: Guest) -> None:
    assert bookings.price_of(guest.hold(rung="7200", amount="72,00")) == Money.of(72)


@pytest.mark.parametrize(
    "written", ["1e3", "-40", "40,123", "12,345", "forty", "4 0", "4O", "٤٠", "40-50", "9" * 7, "+40", "0x28"]
)
def test_refuses_kindly_what_is_no_amount(guest: Guest, written: str) -> None:
    page = guest.choose(rung="other", amount=written)

    assert page.status_code == 422
    assert "Write an amount in figures" in words(page)
    assert f'value="{written}"' in page.text
    assert 'href="#amount"' in page.text


def test_asks_twice_before_it_takes_ten_times_too_much(guest: Guest) -> None:
    assert "Is there a figure too many?" in words(guest.choose(rung="other", amount="7200"))


@pytest.mark.parametrize("written", ["31,99", "10", "0", "0,00"])
def test_answers_less_than_the_minimum_with_an_offer(guest: Guest, written: str) -> None:
    page = guest.choose(rung="other", amount=written)

    assert page.status_code == 200
    assert "Below €32, let us talk" in words(page)
    assert "mailto:bonjour@maison.test" in page.text
    assert "Error" not in words(page)
    assert f'value="{written}"' in page.text


def test_notes_no_bracket_for_who_would_rather_not_choose(guest: Guest) -> None:
    booking = guest.hold(rung="undecided")

    assert booking.rooms[0].bracket is None
    assert bookings.price_of(booking) == couple().cost


def test_helps_to_find_an_amount_without_sending_anything(guest: Guest) -> None:
    page = guest.look("price")

    assert "one adult, one child" in words(page)
    finder = page.text.split("data-finder")[1].split("</form>")[0].split("</details>")[0]
    assert "<input" in finder
    assert "name=" not in finder


@pytest.mark.parametrize(
    ("chosen", "ticked", "written"),
    [({"rung": "7200"}, "7200", ""), ({"rung": "other", "amount": "40.50"}, "other", "40.50")],
)
def test_keeps_what_a_guest_chose_when_they_come_back(
    guest: Guest, chosen: dict[str, str], ticked: str, written: str
) -> None:
    guest.choose(**chosen)

    page = guest.look("price").text

    assert [value for value, rest in RUNG.findall(page) if "checked" in rest] == [ticked]
    assert re.search(rf'name="amount"[^>]*value="{written}"', page)


def test_ticks_nothing_for_who_would_rather_not_choose(guest: Guest) -> None:
    guest.choose(rung="undecided")

    assert not [value for value, rest in RUNG.findall(guest.look("price").text) if "checked" in rest]


def test_writes_no_amount_into_an_address(guest: Guest) -> None:
    where = guest.choose(rung="7200").location

    assert "72" not in where.replace("2027", "")
    assert "bracket" not in where


def test_offers_the_same_rooms_and_terms_at_every_price(make_guest: object) -> None:
    reviews = []
    for rung in ("3600", "24600"):
        someone = make_guest()  # type: ignore[operator]
        booking: Booking = someone.hold(rung=rung)
        reviews.append((booking.policy, booking.rooms[0].type_id, booking.is_instant, booking.terms_version))

    assert reviews[0] == reviews[1]


def test_shows_the_ladders_of_one_night_to_everyone(client: FlaskClient) -> None:
    page = words(client.get("/en/prices"))

    assert "€18 under €975 a month" in page
    assert "€62 what the night costs the house" in page
    assert "€52.40 what the night costs the house" in page
    assert "€74.90 what the night costs the house" in page


def test_changes_the_price_of_a_hold_without_a_new_one(guest: Guest) -> None:
    booking = guest.hold(rung="7200")

    answer = guest.choose(rung="4800")

    assert "/en/review" in answer.location
    assert newest_booking().id == booking.id
    assert bookings.price_of(newest_booking()) == Money.of(48)


def test_says_so_when_the_last_room_has_gone(guest: Guest, make_guest: object, house: Property) -> None:
    guest.query["rooms"] = "accessible"
    make_other = make_guest()  # type: ignore[operator]
    make_other.query["rooms"] = "accessible"
    make_other.hold()

    page = guest.look("price")

    assert page.status_code == 409
    assert "just been taken" in words(page)
    assert "/en/rooms?arrival=2027-04-09" in page.text


def test_keeps_what_was_typed_when_the_room_has_gone_meanwhile(guest: Guest, make_guest: object) -> None:
    guest.query |= {"rooms": "accessible", "adults": "1", "children": "4"}
    quicker = make_guest()  # type: ignore[operator]
    quicker.query["rooms"] = "accessible"
    guest.choose(rung="undecided")
    quicker.hold()

    page = guest.tell(message="Deux vélos.", arrival_time="17:00")
    guest.query["rooms"] = "double"
    guest.choose(rung="undecided")
    again = guest.look("who").text

    assert page.status_code == 409
    assert "adults=1&amp;children=4" in page.text
    for typed in (
        'value="Alice Delattre"',
        'value="alice@example.org"',
        "Deux vélos.",
        'selected value="17:00"',
    ):
        assert typed in again
    guest.tell(message="")
    assert "Deux vélos." not in guest.look("who").text
