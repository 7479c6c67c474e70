"""The house prints its prices for the counter, and a card that a guest ticks alone (decision 14)."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from app.models import PaymentMethod
from app.services import folios
from app.web.guest.ladder import typical_ladder
from pricing.grid import example_house
from pricing.household import Household
from pricing.money import Money
from tests.cast import NOW
from tests.web.desk.conftest import Make, page_of

AMOUNT = re.compile(r'rung__amount">€([\d.,]+)<')


@pytest.mark.parametrize("season", [season.code for season in example_house().calendar.seasons])
def test_prints_the_amounts_of_a_season(samir: FlaskClient, season: str) -> None:
    page = samir.get(f"/en/desk/counter?type=double&season={season}&adults=2&children=")

    grid = example_house()
    found = next(each for each in grid.calendar.seasons if each.code == season)
    rungs = typical_ladder(grid, Household(2), "double", found)
    assert AMOUNT.findall(page.text) == [f"{rung.amount.decimal:f}".removesuffix(".00") for rung in rungs]


@pytest.mark.parametrize(
    "query",
    ["adults=9", "adults=0", "adults=x", "type=castle", "season=monsoon", "children=18", "children=none"],
)
def test_asks_again_for_what_no_room_holds(samir: FlaskClient, query: str) -> None:
    asked = {"type": "double", "season": "mild", "adults": "2", "children": ""}
    asked |= dict([query.split("=")])

    answer = samir.get("/en/desk/counter", query_string=asked)

    assert answer.status_code == 422
    assert "Error:" in answer.text
    assert not AMOUNT.search(answer.text)


def test_begins_with_a_room_that_has_a_bed_for_everybody(samir: FlaskClient) -> None:
    page = samir.get("/en/desk/counter").text

    assert re.search(r"<option selected value=\"double\">", page)
    assert "2 adults" in page
    rungs = typical_ladder(example_house(), Household(2), "double")
    assert AMOUNT.findall(page) == [f"{rung.amount.decimal:f}".removesuffix(".00") for rung in rungs]


def test_prints_a_card_with_every_amount_of_the_stay_and_none_ticked(
    samir: FlaskClient, booked: Make
) -> None:
    booking = booked(choice=None)

    card = samir.get(page_of(booking, "card"))
    turned = samir.get(page_of(booking, "price"))

    assert card.status_code == 200
    for amount in AMOUNT.findall(turned.text):
        assert f"€{amount}" in card.text
    assert "checked" not in card.text
    assert "Fold here" in card.text
    assert "desk-head" not in card.text


def test_prints_no_card_once_money_is_taken(samir: FlaskClient, booked: Make) -> None:
    booking = booked()
    folios.take_payment_at_desk(
        booking=booking, method=PaymentMethod.CASH, amount=Money(500), actor="user:1", now=NOW
    )

    assert samir.get(page_of(booking, "card")).status_code == 409


def test_keeps_the_card_from_strangers(client: FlaskClient, booked: Make) -> None:
    assert client.get(page_of(booked(choice=None), "card")).status_code == 302
