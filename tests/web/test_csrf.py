"""The house takes no form that another site sent in somebody's name."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

FORM, WRITE = "/fr/probe/form", "/fr/probe/write"


@pytest.mark.parametrize("form", [{}, {"csrf_token": "guessed"}])
def test_refuses_a_form_without_its_token(probe: FlaskClient, form: dict[str, str]) -> None:
    probe.get(FORM)

    answer = probe.post(WRITE, data=form)

    assert answer.status_code == 400
    assert "csrf" not in answer.text.lower()


def test_refuses_the_token_of_another_browser(probe: FlaskClient, client: FlaskClient) -> None:
    page = client.get("/fr/desk/login").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    probe.get(FORM)

    assert probe.post(WRITE, data={"csrf_token": token}).status_code == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 200),  # from a page that sends no referrer
        ({"Sec-Fetch-Site": "cross-site"}, 400),
        ({"Sec-Fetch-Site": "same-site"}, 400),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "https://elsewhere.test"}, 400),
        ({"Origin": "null"}, 400),
        ({"Origin": "http://localhost.elsewhere.test"}, 400),
    ],
)
def test_believes_what_the_browser_says_of_the_sender(
    probe: FlaskClient, headers: dict[str, str], status: int
) -> None:
    assert probe.submit(FORM, {}, to=WRITE, headers=headers).status_code == status


def test_lets_a_link_from_elsewhere_in(probe: FlaskClient) -> None:
    assert probe.get(FORM, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_refuses_what_is_too_large(probe: FlaskClient) -> None:
    answer = probe.submit(FORM, {"message": "x" * 1_100_000}, to=WRITE)

    assert answer.status_code == 413
