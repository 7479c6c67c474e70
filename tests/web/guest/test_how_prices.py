"""The house explains to everybody how its prices are made, and to each guest why theirs is what it is."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from pricing.fund import Publication, PublicSums
from pricing.grid import example_house
from pricing.household import Household
from pricing.money import Money
from pricing.periods import Period
from tests.web.guest.conftest import Guest, words


@pytest.mark.parametrize("language", ["en", "fr"])
def test_explains_the_grid_to_everybody(client: FlaskClient, language: str) -> None:
    page = client.get(f"/{language}/prices/how?year=2027")

    assert page.status_code == 200
    assert '<svg viewBox="0 0 640 300" role="img"' in page.text
    assert page.text.count('<table class="month">') == 12
    assert page.text.count("<td><strong>") == 5 * len(example_house().brackets)


def test_adds_up_what_a_night_for_two_costs(client: FlaskClient) -> None:
    page = words(client.get("/en/prices/how"))
    cost = example_house().costs.room_night(2, (), example_house().room_factor("double"))

    for part in (cost.fixed, cost.room, cost.persons, cost.total):
        assert f"€{part.decimal:f}".removesuffix(".00") in page
    assert cost.fixed + cost.room + cost.persons == cost.total


def test_shows_the_year_that_is_asked_for_and_none_beyond_the_grid(client: FlaskClient) -> None:
    assert "The seasons of 2027" in words(client.get("/en/prices/how?year=2027"))
    assert f"The seasons of {example_house().horizon.year}" in words(client.get("/en/prices/how?year=9999"))
    assert client.get("/en/prices/how?year=odd").status_code == 200


def test_leads_to_the_explanation_from_every_foot_and_from_the_price(guest: Guest) -> None:
    assert '/en/prices/how"' in guest.client.get("/en/").text
    assert guest.look("price").text.count('/en/prices/how"') == 2


@pytest.mark.parametrize("language", ["en", "fr"])
def test_says_why_night_by_night(guest: Guest, language: str) -> None:
    guest.query |= {"arrival": "2027-07-09", "departure": "2027-07-12"}
    guest.choose("undecided")
    guest.tell()
    booking = re.search(r'name="reference" value="(\w+)"', guest.look("review").text)
    assert booking
    page = guest.client.get(f"/{language}/bookings/{booking[1]}/why")

    assert page.status_code == 200
    table = page.text.split("<tbody>")[1].split("</tbody>")[0]
    assert table.count("<tr>") == 3
    cost = example_house().costs.room_night(2, (), example_house().room_factor("double")).total * 3
    assert words(page).count(f"{cost.decimal:f}".removesuffix(".00")) >= 2
    assert '<svg viewBox="0 0 640 300" role="img"' in page.text


def test_explains_nothing_to_a_stranger(guest: Guest, make_guest: object) -> None:
    booking = guest.hold()

    assert make_guest().client.get(guest.page_of(booking, "/why")).status_code == 404  # type: ignore[operator]


def test_counts_a_household_once(client: FlaskClient) -> None:
    grid = example_house()
    assert grid.scales.weights.of_household(Household(2)) < 2 * grid.scales.weights.of_household(Household(1))


def test_tells_the_sums_of_the_fund_and_hides_what_would_give_a_stay_away(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sums = PublicSums(7, Money(12000), 6, Money(9000), Money(5000))
    told = (
        Publication(Period.of_year(2025), sums),
        Publication(Period.month(2025, 12), None),
        Publication(Period.quarter(2025, 4), sums),
    )
    monkeypatch.setattr("app.services.fund.published", lambda _house, _today: told)

    page = words(client.get("/en/prices/how"))

    assert "the year 2025 7 €120 6 €90 €50 €80" in page
    assert "December 2025 told with a longer period" in page
    assert page.count("€120") == 1


def test_says_nothing_of_a_fund_that_has_nothing_to_tell(client: FlaskClient) -> None:
    assert "solidarity fund" not in words(client.get("/en/prices/how"))
