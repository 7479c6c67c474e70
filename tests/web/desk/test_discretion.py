"""What a guest's price says of them stays theirs: no page of the desk tells it (decision 15)."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services import folios
from app.services.bookings import PriceChoice
from pricing.money import Money
from tests.web.desk.conftest import NEXT_WEEK, Make, page_of

# A free amount between two rungs: 77 is agreed, 60 is what its rung asks, 124 the real cost, 3 the bracket.
AGREED, DUE, COST = 7700, "60", "124"
SHEET = ("", "check-out", "price/told", "price/thanks", "rooms/0/move", "contact", "dates")
LISTS = (
    "",
    "planning",
    "bookings",
    "bookings?q=Delattre",
    "bookings?kind=here",
    "blocks",
    "rooms",
    "conflicts",
)
PRIVATE = re.compile(r"bracket|\brung|tranche|échelon|quotient|suggest", re.IGNORECASE)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_tells_settled_or_to_settle_and_no_sum(
    samir: FlaskClient, in_house: Make, booked: Make, language: str
) -> None:
    booking = in_house(choice=PriceChoice(amount=Money(AGREED)))
    booked(stay=NEXT_WEEK, choice=PriceChoice(amount=Money(AGREED)), offer_key="family")
    pages = [f"/{language}/desk/{page}" for page in LISTS]
    pages += [page_of(booking, step).replace("/en/", f"/{language}/") for step in SHEET]

    for page in pages:
        answer = samir.get(page)
        assert answer.status_code == 200, page
        assert not PRIVATE.search(answer.text), page
        assert "€" not in answer.text, page


def test_says_the_agreed_sum_where_money_is_taken_and_nothing_behind_it(
    samir: FlaskClient, in_house: Make
) -> None:
    booking = in_house(choice=PriceChoice(amount=Money(AGREED)))
    tax = folios.tax_of(booking)

    page = samir.get(page_of(booking, "payment")).text

    sums = {text.removesuffix(".00") for text in re.findall(r"€(\d+(?:\.\d\d)?)", page)}
    nights = {f"{(night.chosen_minor or 0) / 100:.2f}" for room in booking.rooms for night in room.nights}
    assert {amount.removesuffix(".00") for amount in nights} <= sums
    assert DUE not in sums
    assert COST not in sums
    assert f"{(Money(AGREED) + tax).decimal:f}" in sums
    assert not PRIVATE.search(page)


def test_puts_no_amount_into_an_address(app: Flask) -> None:
    arguments = {
        argument
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("desk.")
        for argument in rule.arguments
    }

    assert arguments <= {
        "language",
        "reference",
        "position",
        "line_id",
        "block_id",
        "letter_id",
        "feed_id",
        "stay_id",
        "room_id",
        "claim_id",
        "channel",
        "conflict_id",
        "filename",
    }
