"""The house lets its people in, counts who tries, and tells strangers nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from flask_security.utils import hash_password, verify_password
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.database import session
from app.models import Property, User
from app.web import signing_in
from tests.cast import NOW, PASSWORD

LOGIN = "/fr/desk/login"


def sign_in(
    client: FlaskClient, email: str = "samir@maison.test", password: str = PASSWORD, **more: str
) -> TestResponse:
    return client.submit(LOGIN, {"email": email, "password": password, **more})


@pytest.mark.parametrize("email", ["samir@maison.test", " Samir@Maison.test "])
def test_lets_its_people_in(client: FlaskClient, email: str) -> None:
    answer = sign_in(client, email)

    assert answer.status_code == 302
    assert answer.location == "/fr/desk/"


def test_says_the_same_whether_or_not_an_account_exists(client: FlaskClient) -> None:
    session.scalars(select(User).where(User.name == "Odile")).one().active = False
    refusals = {
        re.sub(r'value="[^"]*"', "", sign_in(client, email, password).text)
        for email, password in [
            ("samir@maison.test", "something else"),
            ("nobody@maison.test", PASSWORD),
            ("lucie@lac.test", PASSWORD),  # of another house
            ("odile@maison.test", PASSWORD),  # disabled
        ]
    }

    assert len(refusals) == 1


def test_weighs_a_password_even_for_nobody(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    weighed = []
    monkeypatch.setattr(signing_in, "hash_password", lambda password: weighed.append(password) or "")

    sign_in(client, "nobody@maison.test")

    assert weighed == [PASSWORD]


def test_stops_guessing_at_an_account(client: FlaskClient) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        tries = [sign_in(client, password="wrong guess").status_code for _ in range(6)]
        assert tries == [200, 200, 200, 200, 200, 429]
        assert sign_in(client).status_code == 429  # not even the right one
        clock.shift(timedelta(minutes=15))
        assert sign_in(client).status_code == 302


def test_stops_guessing_from_a_network(client: FlaskClient) -> None:
    with time_machine.travel(NOW, tick=False):
        tries = [sign_in(client, f"guess{number}@maison.test").status_code for number in range(21)]

        assert tries == [200] * 20 + [429]
        elsewhere = {"REMOTE_ADDR": "198.51.100.9"}
        answer = client.submit(
            LOGIN, {"email": "samir@maison.test", "password": PASSWORD}, environ_base=elsewhere
        )
        assert answer.status_code == 302


def test_forgives_the_tries_of_whoever_remembers(client: FlaskClient) -> None:
    with time_machine.travel(NOW, tick=False):
        for _ in range(4):
            sign_in(client, password="wrong guess")
        sign_in(client)
        client.delete_cookie("session")

        assert sign_in(client, password="wrong guess").status_code == 200


def test_hashes_passwords_with_todays_parameters(make_app: Callable[..., Flask]) -> None:
    with make_app(hash_memory_kib=19456).app_context():
        assert hash_password(PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_renews_a_hash_of_yesterdays_parameters(client: FlaskClient, make_app: Callable[..., Flask]) -> None:
    samir = session.scalars(select(User).where(User.name == "Samir")).one()
    with make_app(hash_memory_kib=32).app_context():
        samir.password = hash_password(PASSWORD)

    sign_in(client)

    assert "$m=64,t=2,p=1$" in samir.password
    assert verify_password(PASSWORD, samir.password)


def test_holds_no_transaction_while_it_weighs(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    open_then = []

    def weigh(password: str, stored: str) -> bool:
        open_then.append(session().in_transaction())
        return verify_password(password, stored)

    monkeypatch.setattr(signing_in, "verify_password", weigh)
    sign_in(client)

    assert open_then == [False]


@pytest.mark.parametrize("next_page", ["https://elsewhere.test/", "//elsewhere.test", "/\\elsewhere.test"])
def test_leads_nobody_elsewhere_after_signing_in(client: FlaskClient, next_page: str) -> None:
    answer = sign_in(client, next=next_page)

    assert urlsplit(answer.headers.get("Location", "")).netloc == ""


def test_leads_back_to_the_page_that_was_wanted(client: FlaskClient) -> None:
    assert sign_in(client, next="/fr/desk/planning").location == "/fr/desk/planning"


def test_opens_no_other_door_of_the_library(app: Flask) -> None:
    opened = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("security.")}

    assert opened == {"security.login", "security.logout", "security.verify"}


def test_remembers_nobody_beyond_the_session(client: FlaskClient) -> None:
    sign_in(client, remember="y")

    assert client.get_cookie("remember_token") is None


@pytest.mark.parametrize("headers", [{"Accept": "application/json"}, {"Content-Type": "application/json"}])
def test_gives_no_token_to_programs(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = client.post(
        f"{LOGIN}?include_auth_token", headers=headers, data=b'{"email": "samir@maison.test"}'
    )

    assert answer.mimetype == "text/html"
    assert "authentication_token" not in answer.text


def test_asks_for_the_password_again(signed_in: Callable[..., FlaskClient], house: Property) -> None:
    samir = signed_in("samir")

    wrong = samir.submit("/fr/desk/verify", {"password": "not this one"})
    right = samir.submit("/fr/desk/verify", {"password": PASSWORD})

    assert wrong.status_code == 200
    assert right.status_code == 302
