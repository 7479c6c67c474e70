"""The office writes the next grid: numbers in a form, the rest as text, and what it would do beside it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import session
from app.models import GridDraft, Property
from app.services import grids
from app.services.rates import current_grid
from pricing.grid import Grid, example_house
from tests.cast import TODAY
from tests.services.balance.test_expecting import budget
from tests.web.office.conftest import typed

NO_BREAK = "\N{NO-BREAK SPACE}"


def kept() -> Grid:
    session.expire_all()
    grid = Grid.read(session.scalars(select(GridDraft.document)).one())
    session.rollback()
    return grid


def test_begins_a_draft_of_the_version_in_force(house: Property, marie: FlaskClient) -> None:
    answer = marie.submit(
        "/en/office/prices", {"version": "1", "reason": "heating"}, to="/en/office/prices/drafts"
    )

    assert answer.status_code == 302
    page = marie.get(answer.headers["Location"]).text
    assert "Begun by Marie after grid 1" in page
    assert "Nothing is refused" in page
    assert "Draft" in marie.get("/en/office/prices").text


def test_shows_the_numbers_and_changes_nothing_when_they_are_kept_as_they_are(
    marie: FlaskClient, draft_page: str
) -> None:
    said = typed(marie.get(draft_page).text)

    marie.submit(draft_page, said)

    assert said["slope"] == "2.5"
    assert (said["season_0"], said["season_2"]) == ("-15", "20")
    assert kept().curve == example_house().curve
    assert kept().calendar.hit(TODAY) == example_house().calendar.hit(TODAY)
    assert kept().costs == example_house().costs


@pytest.mark.parametrize(
    ("field", "value", "path"),
    [
        ("floor", "13,50", "curve.floor"),
        ("slope", "2.6", "curve.slope"),
        ("season_2", "10", "seasons.high"),
        ("room_factor_0", "-5 %", "room_factors.single"),
        ("price_step", "5", "price_step"),
        ("fixed_yearly", "80 000", "costs.fixed_yearly"),
        ("length_from", "4", "length"),
        ("residents_fr", "les Lensois", "residents"),
    ],
)
def test_keeps_what_is_typed(marie: FlaskClient, draft_page: str, field: str, value: str, path: str) -> None:
    beside = {"length_from": {"length_off": "10"}}.get(field, {})

    answer = marie.submit(draft_page, {**typed(marie.get(draft_page).text), field: value, **beside})

    assert answer.status_code == 302
    assert kept() != example_house()
    assert typed(marie.get(draft_page).text)[field].replace(",", ".") == {
        "floor": "13.5",
        "room_factor_0": "-5",
        "fixed_yearly": "80000",
    }.get(field, value)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("floor", "cheap", "Write a number in figures"),
        ("floor", "", "A number is needed here."),
        ("floor", "12.345", "too many digits"),
        ("floor", "-1", "The floor is above zero."),
        ("ceiling", "5", "The ceiling is below the floor."),
        ("hard_ceiling", "50", "The hard ceiling is below the ceiling."),
        ("room_factor_1", "-100", "A factor is above zero."),
        ("season_0", "-100", "A factor is above zero."),
        ("length_from", "4", "A rule for long stays has both numbers, or none."),
        ("residents_en", "", "Say who is meant in both languages"),
        ("protection_low", "3000", "The protection begins before it ends."),
    ],
)
def test_says_beside_the_field_what_is_wrong_and_keeps_everything_typed(
    marie: FlaskClient, draft_page: str, field: str, value: str, words: str
) -> None:
    said = {**typed(marie.get(draft_page).text), "reason": "a long thought", field: value}

    answer = marie.submit(draft_page, said)

    assert answer.status_code == 422
    assert words in answer.text.replace("&#39;", "'")
    assert 'aria-invalid="true"' in answer.text
    assert typed(answer.text) == {name: text for name, text in said.items() if name != "reason"}
    assert "a long thought" in answer.text
    assert kept() == Grid.read(kept().dumps())
    assert kept().curve == example_house().curve


def test_shows_what_would_be_refused_and_lets_it_be_kept(marie: FlaskClient, draft_page: str) -> None:
    answer = marie.submit(draft_page, {**typed(marie.get(draft_page).text), "slope": "4.5"})

    assert answer.status_code == 302
    assert "The rate rises faster than it may." in marie.get(draft_page).text


def test_draws_what_is_typed_without_keeping_it(marie: FlaskClient, draft_page: str) -> None:
    said = {**typed(marie.get(draft_page).text), "floor": "13"}

    whole = marie.submit(draft_page, said, to=f"{draft_page}/look")
    part = marie.submit(draft_page, said, to=f"{draft_page}/look?part=1")

    for answer in (whole, part):
        assert answer.status_code == 200
        assert "€13 a night for one person" in answer.text
    assert "<html" not in part.text
    assert "not kept yet" in whole.text
    assert kept().curve == example_house().curve


def test_says_by_how_much_prices_change(marie: FlaskClient, draft_page: str) -> None:
    said = {**typed(marie.get(draft_page).text), "floor": "14"}

    page = marie.submit(draft_page, said, to=f"{draft_page}/look").text

    assert '€14 <span class="was is-up">was €12</span>' in page.replace("\n", "")


def test_keeps_the_whole_document_as_text(marie: FlaskClient, draft_page: str) -> None:
    document = "# our own words\n" + example_house().text.replace('floor = "12"', 'floor = "13"')

    answer = marie.submit(
        draft_page, {"revision": "1", "document": document.replace("\n", "\r\n")}, to=f"{draft_page}/text"
    )

    assert answer.status_code == 302
    assert kept().curve.floor == 13
    assert marie.get(f"{draft_page}/grid.toml").text == document


def test_takes_the_document_from_a_file(marie: FlaskClient, draft_page: str) -> None:
    document = example_house().text.replace('floor = "12"', 'floor = "13"')
    sent = {"revision": "1", "document": "", "file": (BytesIO(document.encode()), "grid.toml")}

    answer = marie.submit(draft_page, sent, to=f"{draft_page}/text", content_type="multipart/form-data")

    assert answer.status_code == 302
    assert kept().curve.floor == 13


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("floor =", "This text is not TOML."),
        ("", "This form of grid is not known."),
        ("\x00", "This text is not TOML."),
        (example_house().text.replace('below = "950"', 'below = "940"'), "No bracket holds some income."),
    ],
)
def test_says_what_is_wrong_with_a_text_and_keeps_it_typed(
    marie: FlaskClient, draft_page: str, document: str, words: str
) -> None:
    answer = marie.submit(draft_page, {"revision": "1", "document": document}, to=f"{draft_page}/text")

    assert answer.status_code == 422
    assert words in answer.text or "A value is missing." in answer.text
    assert kept().curve == example_house().curve


def test_lets_nobody_write_over_what_they_have_not_seen(marie: FlaskClient, draft_page: str) -> None:
    first = {**typed(marie.get(draft_page).text), "floor": "13"}
    marie.submit(draft_page, first)

    answer = marie.submit(draft_page, {**first, "floor": "14"})

    assert answer.status_code == 409
    assert "Somebody has changed this draft" in answer.text
    assert kept().curve.floor == 13
    again = marie.submit(draft_page, typed(answer.text))
    assert again.status_code == 302
    assert kept().curve.floor == 14


def test_drops_a_draft(house: Property, marie: FlaskClient, draft_page: str) -> None:
    marie.submit(draft_page, {"revision": "1"}, to=f"{draft_page}/discard")

    assert marie.get(draft_page).status_code == 404
    assert grids.list_drafts(house) == ()


def test_lets_the_treasurer_read_and_not_write(
    signed_in: Callable[[str], FlaskClient], draft_page: str
) -> None:
    jeanne = signed_in("jeanne")

    page = jeanne.get(draft_page)

    assert page.status_code == 200
    assert "What the validator says" in page.text
    assert "Keep the draft" not in page.text
    assert "Publish" not in page.text
    assert "Write the next grid" not in jeanne.get("/en/office/prices").text
    for path in ("", "/text", "/look", "/discard", "/publish"):
        answer = jeanne.submit("/en/office/prices", {"revision": "1"}, to=f"{draft_page}{path}")
        assert answer.status_code == 403
    assert jeanne.get(f"{draft_page}/publish").status_code == 403
    assert jeanne.get(f"{draft_page}/grid.toml").status_code == 200


def test_sells_by_the_grid_in_force_whatever_is_drafted(
    house: Property, marie: FlaskClient, draft_page: str
) -> None:
    marie.submit(draft_page, {**typed(marie.get(draft_page).text), "floor": "14"})

    assert current_grid(house, TODAY).grid == example_house()


def test_says_what_a_year_would_bring(house: Property, marie: FlaskClient, draft_page: str) -> None:
    assert "as the budget expects it" not in marie.get(draft_page).text
    budget(house)
    session.commit()

    page = marie.submit(
        draft_page, {**typed(marie.get(draft_page).text), "floor": "14"}, to=f"{draft_page}/look"
    ).text

    assert "was €166,366.33" in page
    assert "Left over" in page
