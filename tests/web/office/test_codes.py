"""The manager makes, prints and withdraws partners' codes; nobody else does, and no card says a price."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask.testing import FlaskClient

from app.database import session
from app.models import Event, PartnerCode
from tests.cast import NOW

SignedIn = Callable[[str], FlaskClient]
SOUND = {
    "partner": "CCAS d'Auchel",
    "bracket": "1",
    "cap": "20",
    "uses": "1",
    "valid_until": "2027-05-01",
    "count": "3",
}


@pytest.fixture(autouse=True)
def _still() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def codes() -> list[PartnerCode]:
    session.expire_all()
    return session.query(PartnerCode).order_by(PartnerCode.id).all()


def test_makes_codes_that_differ(signed_in: SignedIn) -> None:
    marie = signed_in("marie")

    assert marie.submit("/en/office/codes", SOUND).status_code == 302

    made = codes()
    assert len({code.code for code in made}) == 3
    assert {(code.bracket, code.cap_minor, code.most_uses) for code in made} == {(1, 2000, 1)}
    assert session.query(Event).filter_by(verb="make_code").count() == 3
    page = marie.get("/en/office/codes").text
    assert all(code.code in page for code in made)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("partner", "  "),
        ("bracket", "99"),
        ("cap", "much"),
        ("cap", "0"),
        ("uses", "0"),
        ("uses", "many"),
        ("valid_until", "2020-01-01"),
        ("valid_until", "soon"),
        ("count", "51"),
    ],
)
def test_keeps_what_was_typed_and_says_what_is_wrong(signed_in: SignedIn, field: str, wrong: str) -> None:
    page = signed_in("marie").submit("/en/office/codes", {**SOUND, field: wrong})

    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    assert codes() == []
    if field != "partner":
        assert "CCAS d&#39;Auchel" in page.text


def test_makes_no_code_that_gives_nothing(signed_in: SignedIn) -> None:
    page = signed_in("marie").submit("/en/office/codes", {**SOUND, "bracket": "", "cap": ""})

    assert page.status_code == 422
    assert "A code gives a price, or an amount, or both." in page.text


def test_prints_cards_without_a_price(signed_in: SignedIn) -> None:
    marie = signed_in("marie")
    marie.submit("/en/office/codes", SOUND)
    first, *_others = codes()
    marie.submit("/en/office/codes", {}, to=f"/en/office/codes/{first.id}/withdraw")

    card = marie.get("/en/office/codes/print").text

    assert card.count('class="coupon keep"') == 2
    assert "€" not in card
    assert "CCAS" not in card


def test_lets_nobody_but_the_manager_near(signed_in: SignedIn) -> None:
    for name in ("jeanne", "samir", "odile", "karim"):
        browser = signed_in(name)
        for page in ("codes", "codes/print"):
            assert browser.get(f"/en/office/{page}").status_code == 403
