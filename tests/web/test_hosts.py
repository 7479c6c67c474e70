"""The house answers under its own names only."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.cast import OTHER_HOST


def test_refuses_a_name_that_is_nobodys(client: FlaskClient) -> None:
    answer = client.get("/fr/", base_url="http://elsewhere.test")

    assert answer.status_code == 421
    assert answer.mimetype == "text/plain"


@pytest.mark.parametrize("host", ["localhost:8000", "LOCALHOST", "localhost."])
def test_knows_its_name_however_it_is_written(client: FlaskClient, host: str) -> None:
    assert client.get("/fr/nowhere", base_url=f"http://{host}").status_code == 404


def test_speaks_of_one_house_only(client: FlaskClient) -> None:
    assert "Lac" not in client.get("/fr/desk/login").text
    assert "Hôtel du Lac" in client.get("/fr/desk/login", base_url=f"http://{OTHER_HOST}").text
