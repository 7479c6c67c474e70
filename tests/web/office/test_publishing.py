"""The office publishes a grid by one clear confirmation, compares it, and hands it out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import session
from app.models import Property
from app.services import grids
from app.services.rates import current_grid
from pricing.grid import example_house
from tests.cast import NOW, TODAY
from tests.web.office.conftest import typed

SAID = {"revision": "2", "number": "2", "effective_from": "2027-01-01", "vote_reference": "AG 2026"}
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
def dearer_page(marie: FlaskClient, draft_page: str) -> str:
    """Return the address of a draft with a higher floor, at its second revision."""
    marie.submit(draft_page, {**typed(marie.get(draft_page).text), "floor": "14"})
    return draft_page


def test_publishes_by_one_confirmation(house: Property, marie: FlaskClient, dearer_page: str) -> None:
    question = marie.get(f"{dearer_page}/publish").text

    assert "Publish grid 2" in question
    assert 'value="2026-12-01"' in question
    assert "Floor, in €" in question

    answer = marie.submit(f"{dearer_page}/publish", SAID)

    assert answer.status_code == 302
    assert current_grid(house, NEW_YEAR).grid.curve.floor == 14
    assert current_grid(house, NEW_YEAR - timedelta(days=1)).grid == example_house()
    page = marie.get(answer.headers["Location"]).text
    assert "AG 2026" in page
    assert "to come" in page


@pytest.mark.parametrize(
    ("changed", "status", "words"),
    [
        ({"effective_from": TODAY.isoformat()}, 409, "The earliest day is Monday 23 November 2026"),
        ({"effective_from": "2028-12-01"}, 409, "This grid has prices from"),
        ({"effective_from": ""}, 422, "From which day does it hold?"),
        ({"effective_from": "soon"}, 422, "This is not a day that we know."),
        ({"vote_reference": " "}, 422, "Say which vote adopted it"),
        ({"number": "7"}, 409, "Another grid was published in the meantime."),
        ({"revision": "1"}, 409, "Somebody has changed this draft in the meantime."),
    ],
)
def test_publishes_nothing_by_mistake(
    house: Property, marie: FlaskClient, dearer_page: str, changed: dict[str, str], status: int, words: str
) -> None:
    answer = marie.submit(f"{dearer_page}/publish", {**SAID, **changed})

    assert answer.status_code == status
    assert words in answer.text
    assert [card.number for card in grids.list_versions(house, today=TODAY)] == [1]


def test_publishes_no_broken_promise(house: Property, marie: FlaskClient, dearer_page: str) -> None:
    marie.submit(dearer_page, {**typed(marie.get(dearer_page).text), "slope": "4.5"})

    answer = marie.submit(f"{dearer_page}/publish", {**SAID, "revision": "3"})

    assert answer.status_code == 409
    assert "The rate rises faster than it may." in answer.text


def test_shows_two_grids_side_by_side(marie: FlaskClient, dearer_page: str) -> None:
    draft = dearer_page.rsplit("/", 1)[1]

    page = marie.get(f"/en/office/prices/compare?old=1&new=draft-{draft}").text

    assert "Floor, in €" in page
    assert "was €12" in page
    assert "Protected income" not in page.split('class="compared"')[0].split("What changes")[1]


@pytest.mark.parametrize("page", ["compare", "hand-out"])
def test_compares_nothing_that_is_not_there(marie: FlaskClient, house: Property, page: str) -> None:
    assert marie.get(f"/en/office/prices/{page}").status_code == 200
    assert marie.get(f"/en/office/prices/{page}?new=draft-7").status_code == 404
    assert marie.get(f"/en/office/prices/{page}?old=99").status_code == 404


def test_hands_out_before_and_after_by_household(marie: FlaskClient, dearer_page: str) -> None:
    draft = dearer_page.rsplit("/", 1)[1]

    page = marie.get(f"/fr/office/prices/hand-out?old=1&new=draft-{draft}").text

    assert "deux adultes et un enfant" in page
    said = page.replace("\N{NO-BREAK SPACE}", " ")
    assert "11 € → <strong>13 €</strong>" in said


def test_gives_the_document_of_a_version_byte_for_byte(marie: FlaskClient, house: Property) -> None:
    assert marie.get("/fr/office/prices/1/grid.toml").text == example_house().text


def test_knows_no_draft_of_another_house(marie: FlaskClient, house: Property) -> None:

    lac = session.scalars(select(Property).where(Property.code == "lac")).one()
    foreign = grids.start_draft(
        house=lac, grid=example_house(), reason="Lac", author="Lucie", actor="user:9", now=NOW
    ).id
    session.commit()

    assert marie.get(f"/en/office/prices/drafts/{foreign}").status_code == 404
    assert marie.get(f"/en/office/prices/drafts/{foreign}/publish").status_code == 404
    assert "Lac" not in marie.get("/en/office/prices").text
