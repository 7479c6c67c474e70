"""The office shows the house's grids to manager and treasurer, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.models import Property


@pytest.mark.parametrize("name", ["marie", "jeanne"])
def test_shows_the_grids_to_manager_and_treasurer(
    house: Property, signed_in: Callable[[str], FlaskClient], name: str
) -> None:
    browser = signed_in(name)

    assert "en vigueur" in browser.get("/fr/office/prices").text
    assert "12 € par nuit" in browser.get("/fr/office/prices/1").text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("page", ["", "prices", "prices/1"])
@pytest.mark.parametrize("name", ["samir", "odile", "karim"])
def test_keeps_the_others_out(
    house: Property, signed_in: Callable[[str], FlaskClient], name: str, page: str
) -> None:
    assert signed_in(name).get(f"/fr/office/{page}").status_code == 403


def test_leads_the_treasurer_from_the_day_to_the_office(
    house: Property, signed_in: Callable[[str], FlaskClient]
) -> None:
    answer = signed_in("jeanne").get("/fr/desk/", follow_redirects=True)

    assert answer.request.path == "/fr/office/prices"
    assert "/fr/desk/planning" not in answer.text


def test_knows_no_grid_of_another_number(house: Property, signed_in: Callable[[str], FlaskClient]) -> None:
    assert signed_in("marie").get("/fr/office/prices/99").status_code == 404
