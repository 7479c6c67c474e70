"""The house asks for a price as one asks a guest: tests of D1 to D11 and DIG-02 to DIG-10, each named at its test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask.testing import FlaskClient
from wtforms import FileField

from app.models import BracketCount
from app.web.guest.forms.price import PriceForm
from pricing import phrases
from pricing.grid import example_house
from pricing.money import Money
from pricing.quote import BelowMinimum, RoomRequest, quote
from pricing.stay import Stay
from tests.web.guest.conftest import Guest, words

ROOT = Path(__file__).resolve().parents[3]
AMOUNT = re.compile(r'rung__amount">€([\d.,]+)<')

# D1: no advertising; DIG-04: no names that sort people; DIG-10: nothing is scarce; D4: no word of what others pay.
FORBIDDEN = re.compile(
    r"pay what you (?:want|can|wish|like)|prix libre|prix conscient|payez ce que vous (?:voulez|pouvez)|"
    r"\b(?:social rate|social price|normal price|full price|poor|tarif social|prix social|tarif normal|"
    r"prix normal|plein tarif|pauvres?|démunis?)\b|"
    r"\b(?:only \d+ (?:left|rooms?)|last room|hurry|plus que \d+|dernière chambre|dépêchez)|"
    r"\b(?:best choice|most chosen|recommended|meilleur choix|le plus choisi|recommandé)\b|"
    r"(?:others|other guests|most guests|les autres|la plupart des (?:clients|hôtes)) (?:pay|paient)|"
    r"\b(?:average guest|on average|en moyenne)\b",
    re.IGNORECASE,
)


def texts() -> Iterator[tuple[str, str]]:
    """Yield every text that a guest may read, with where it stands."""
    for folder in ("guest", "email", "errors"):
        for path in sorted((ROOT / "templates" / folder).iterdir()):
            yield path.name, re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for name in ("_ladder.html", "_lines.html"):
        yield name, (ROOT / "templates" / name).read_text(encoding="utf-8")
    for catalogue in sorted((ROOT / "app" / "translations").glob("*/LC_MESSAGES/messages.po")):
        with catalogue.open("rb") as file:
            for message in read_po(file):
                told = message.string if isinstance(message.string, (list, tuple)) else [message.string]
                yield f"{catalogue.parts[-3]}: {message.id}", " ".join(str(each) for each in told)
    yield "pricing/phrases.py", str(vars(phrases))


def test_advertises_nothing_and_sorts_nobody() -> None:
    found = [(where, match[0]) for where, text in texts() if (match := FORBIDDEN.search(text))]

    assert found == []


@pytest.mark.parametrize(
    "slip",
    [
        "Pay what you want!",
        "Ici, prix libre",
        "plein tarif",
        "Only 2 left",
        "la plupart des clients paient 40 €",
    ],
)
def test_would_notice_a_slip(slip: str) -> None:
    assert FORBIDDEN.search(slip)


def test_shows_what_the_stay_costs_and_who_carries_the_rest(guest: Guest) -> None:  # D3, D4, DIG-02
    page = guest.look("price")
    rows = re.search(r'<table class="lines">(.*?)</table>', page.text, re.DOTALL)
    assert rows

    amounts = [Money.of(text) for text in re.findall(r"<td>€([\d.]+)</td>", rows[1])]

    assert len(amounts) == 4
    assert sum(amounts[:-1], Money.zero("EUR")) == amounts[-1] == Money(12400)
    assert "offers a night to a neighbour" in words(page)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_trusts_and_asks_for_no_proof(guest: Guest, language: str) -> None:  # DIG-03
    guest.language = language
    page = guest.look("price")

    assert 'class="trust"' in page.text
    assert 'type="file"' not in page.text
    assert 'type="checkbox"' not in page.text
    assert not any(isinstance(field, FileField) for field in PriceForm(currency="EUR"))
    assert {field.name for field in PriceForm(currency="EUR")} == {"rung", "amount", "gift", "code"}


def test_lays_the_amounts_in_order_and_chooses_none(guest: Guest) -> None:  # DIG-05
    page = guest.look("price").text
    amounts = [float(text) for text in AMOUNT.findall(page)]

    unchosen = guest.client.submit(guest.address("price"), {})

    assert amounts == sorted(set(amounts))
    assert "checked" not in page
    assert unchosen.status_code == 422


def test_gives_who_would_rather_not_choose_the_real_cost(guest: Guest) -> None:  # D9, DIG-06
    page = words(guest.look("price"))
    booking = guest.hold(rung="undecided")

    nights = [night for room in booking.rooms for night in room.nights]
    assert "Go on without choosing: €124" in page
    assert "talk it over with somebody" in page
    assert [room.bracket for room in booking.rooms] == [None]
    assert all(night.chosen_minor == night.reference_minor for night in nights)


@pytest.mark.parametrize(
    ("arrival", "departure"),
    [("2027-04-09", "2027-04-11"), ("2027-07-09", "2027-07-16"), ("2027-12-24", "2027-12-26")],
)
def test_takes_no_less_than_what_the_stay_uses_up_unless_the_fund_pays(
    arrival: str, departure: str
) -> None:  # D5
    stay = Stay(date.fromisoformat(arrival), date.fromisoformat(departure))
    priced = quote(example_house(), stay, [RoomRequest("double", 2, ())])
    variable = sum((line.amount for line in priced.cost_lines if line.code != "fixed"), Money.zero("EUR"))

    assert priced.minimum == min(variable, priced.lowest)
    assert priced.choose(amount=priced.minimum).amount == priced.minimum
    with pytest.raises(BelowMinimum):
        priced.choose(amount=priced.minimum - Money(1))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_asks_nothing_more_of_low_incomes_in_high_season(client: FlaskClient, language: str) -> None:  # D10
    grid = example_house()
    mild, high = (
        quote(grid, Stay(day, day + timedelta(days=1)), [RoomRequest("double", 2, ())]).lowest
        for day in (date(2027, 4, 9), date(2027, 7, 14))
    )

    assert high <= mild
    said = words(client.get(f"/{language}/prices/how"))
    assert (
        "nothing more for low incomes" if language == "en" else "rien de plus pour les petits revenus"
    ) in said


def test_measures_without_identities() -> None:  # D11
    assert {column.name for column in BracketCount.__table__.columns} == {
        "property_id",
        "month",
        "bracket",
        "season",
        "room_nights",
    }


def test_gives_all_the_same_terms(guest: Guest) -> None:  # DIG-07
    policies = []
    for rung in ("3600", "24600"):
        booking = guest.hold(rung=rung)
        policies.append((booking.policy, booking.terms_version, booking.is_instant, len(booking.rooms)))

    assert policies[0] == policies[1]
