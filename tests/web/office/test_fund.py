"""The fund's page shows manager and treasurer what the fund did; the treasurer alone enters grants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from app.models import Property
from app.services import bookings, fund
from pricing.household import Household
from pricing.money import Money
from pricing.stay import Stay
from tests.cast import NOW, TODAY

PAGE = "/en/office/fund"
GRANT = {"amount": "1 500", "source": "Town of Lens", "received_on": "2026-11-03", "note": "for the winter"}

SignedIn = Callable[[str], FlaskClient]


@pytest.fixture(autouse=True)
def _still() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def carry_somebody(house: Property) -> None:
    """Let a couple sleep two nights and leave without paying: 124 euros of cost."""
    booking = bookings.book_at_desk(
        house=house,
        stay=Stay(TODAY, TODAY + timedelta(days=2)),
        party=Household(2),
        offer_key="double",
        choice=bookings.PriceChoice(bracket=1),
        guest=bookings.GuestDetails("Alice Delattre"),
        language="fr",
        actor="user:1",
        now=NOW,
        today=TODAY,
    )
    bookings.check_in(booking=booking, actor="user:1", today=TODAY, now=NOW)
    bookings.check_out(booking=booking, actor="user:1", today=TODAY, now=NOW, debt_reason="solidarity")


@pytest.mark.parametrize("name", ["marie", "jeanne"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_shows_the_fund_to_manager_and_treasurer(
    house: Property, signed_in: SignedIn, name: str, language: str
) -> None:
    carry_somebody(house)

    page = signed_in(name).get(f"/{language}/office/fund")

    assert page.status_code == 200
    assert "124" in page.text
    assert "<svg" in page.text


@pytest.mark.parametrize("name", ["samir", "odile", "karim"])
@pytest.mark.parametrize("page", ["", "/2026.csv"])
def test_keeps_the_others_out_of_the_fund(house: Property, signed_in: SignedIn, name: str, page: str) -> None:
    assert signed_in(name).get(PAGE + page).status_code == 403


def test_tells_the_manager_alone_that_the_fund_ran_dry(house: Property, signed_in: SignedIn) -> None:
    marie, samir, jeanne = signed_in("marie"), signed_in("samir"), signed_in("jeanne")
    assert "run dry" not in marie.get("/en/desk/").text

    carry_somebody(house)

    assert "run dry" in marie.get("/en/desk/").text
    assert "run dry" in marie.get(PAGE).text
    assert "run dry" not in samir.get("/en/desk/").text
    assert "run dry" not in jeanne.get(PAGE).text


def test_enters_a_grant_and_undoes_it(house: Property, signed_in: SignedIn) -> None:
    jeanne = signed_in("jeanne")

    entered = jeanne.submit(PAGE, GRANT, to=f"{PAGE}/grants", follow_redirects=True)

    assert "Town of Lens" in entered.text
    assert "€1,500" in entered.text
    assert fund.balance(house) == Money.of(1500)
    (card,) = fund.list_grants(house)
    undo = f"{PAGE}/grants/{card.id}/reverse"
    assert "undone" in jeanne.submit(PAGE, {}, to=undo, follow_redirects=True).text
    assert fund.balance(house) == Money.zero()
    assert "undone already" in jeanne.submit(PAGE, {}, to=undo, follow_redirects=True).text


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"amount": "0"}, "more than nothing"),
        ({"amount": "many"}, "in figures"),
        ({"amount": "999 999 999 999"}, "more than our books hold"),
        ({"source": "  "}, "who gives it"),
        ({"received_on": "2026-11-23"}, "today at the latest"),
        ({"received_on": ""}, "On which day"),
        ({"note": "x" * 201}, "200 characters"),
    ],
)
def test_says_beside_the_field_what_is_wrong_with_a_grant(
    house: Property, signed_in: SignedIn, wrong: dict[str, str], message: str
) -> None:
    answer = signed_in("jeanne").submit(PAGE, GRANT | wrong, to=f"{PAGE}/grants")

    assert answer.status_code == 422
    assert message in answer.text
    assert 'value="for the winter"' in answer.text or "note" in wrong
    assert fund.list_grants(house) == ()


def test_lets_the_manager_read_grants_and_enter_none(house: Property, signed_in: SignedIn) -> None:
    marie = signed_in("marie")

    assert 'name="source"' not in marie.get(PAGE).text
    assert marie.submit("/en/office/prices", GRANT, to=f"{PAGE}/grants").status_code == 403


def test_knows_no_grant_of_another_house(house: Property, signed_in: SignedIn) -> None:
    assert signed_in("jeanne").submit(PAGE, {}, to=f"{PAGE}/grants/999/reverse").status_code == 404


@pytest.mark.parametrize(("language", "amount"), [("fr", ";124;"), ("en", ",124,")])
def test_hands_out_a_year_as_a_table(
    house: Property, signed_in: SignedIn, language: str, amount: str
) -> None:
    carry_somebody(house)

    answer = signed_in("jeanne").get(f"/{language}/office/fund/2026.csv")

    lines = answer.text.removeprefix("\ufeff").splitlines()
    assert answer.mimetype == "text/csv"
    assert len(lines) == 2  # a heading, and the month in which the fund began
    assert lines[-1].startswith("2026-11")
    assert amount in lines[-1]


def test_publishes_no_sum_of_few_stays(house: Property) -> None:
    carry_somebody(house)

    told = fund.published(house, TODAY + timedelta(days=800))

    assert told
    assert all(one.is_hidden for one in told if 11 in one.period.months)


@pytest.mark.parametrize("year", ["2025", "2027"])
def test_knows_no_year_without_an_entry(house: Property, signed_in: SignedIn, year: str) -> None:
    assert signed_in("marie").get(f"{PAGE}?year={year}").status_code == 404
