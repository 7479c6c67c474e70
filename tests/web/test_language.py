"""The house speaks the language of the address, and French to whoever says nothing (WEB-04)."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.models import Property
from app.web.language import switch_url


@pytest.mark.parametrize(
    ("accepted", "page"),
    [(None, "/fr/"), ("en-GB,en;q=0.9", "/en/"), ("nl", "/fr/"), ("nl,fr;q=0.5,en;q=0.7", "/en/")],
)
def test_opens_its_front_door_in_the_language_of_the_browser(
    client: FlaskClient, accepted: str | None, page: str
) -> None:
    answer = client.get("/", headers={"Accept-Language": accepted} if accepted else {})

    assert answer.status_code == 302
    assert answer.location == page
    assert "Accept-Language" in answer.vary


def test_says_its_language_at_the_top_of_the_page(client: FlaskClient) -> None:
    assert '<html lang="fr">' in client.get("/fr/desk/login").text
    assert '<html lang="en">' in client.get("/en/desk/login").text
    assert '<html lang="en">' in client.get("/en/nowhere").text


def test_speaks_only_the_languages_of_its_house(client: FlaskClient, house: Property) -> None:
    house.languages = ["fr"]

    assert client.get("/en/desk/login").status_code == 404
    assert client.get("/de/desk/login").status_code == 404
    assert client.get("/", headers={"Accept-Language": "en"}).location == "/fr/"


def test_switches_the_language_and_nothing_else(app: Flask, house: Property) -> None:
    with app.test_request_context("/fr/desk/login?next=/fr/desk/&_external=1&endpoint=x"):
        app.preprocess_request()
        address = switch_url("en")

    assert address == "/en/desk/login?next=/fr/desk/&_external=1&endpoint=x"
