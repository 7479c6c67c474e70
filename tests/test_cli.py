"""The house is made, named and peopled from the shell."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import select

from app.database import session
from app.models import Event, Property, PropertyHost, RoleName, User
from tests.cast import PASSWORD

HOUSE = [
    "house", "create", "--code", "chez-nous", "--name", "Chez nous", "--host", "Nous.Example.org", "--timezone",
    "Europe/Brussels", "--currency", "EUR", "--language", "fr", "--telephone", "+32 2 000 00 00",
    "--email", "nous@example.org", "--address", "1 rue Haute, 1000 Bruxelles", "--manager-name", "Zoé",
    "--manager-email", "Zoe@Example.org",
]  # fmt: skip


@pytest.fixture
def shell(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


def said(shell: FlaskCliRunner, *words: str, code: int = 0, typed: str | None = None) -> str:
    result = shell.invoke(args=list(words), input=typed)
    assert result.exit_code == code, result.output
    return result.output


def test_makes_a_house_and_its_manager(shell: FlaskCliRunner, app: Flask) -> None:
    output = said(shell, *HOUSE)

    house = session.scalars(select(Property)).one()
    manager = session.scalars(select(User)).one()
    password = re.search(r"shown once: (\S+)", output)
    assert (house.code, house.timezone, house.languages) == ("chez-nous", "Europe/Brussels", ["fr"])
    assert house.address == "1 rue Haute\n1000 Bruxelles"
    assert session.scalars(select(PropertyHost.host)).all() == ["nous.example.org"]
    assert {role.name for role in manager.roles} == {RoleName.MANAGER, RoleName.RECEPTION}
    assert {(event.verb, event.noun) for event in session.scalars(select(Event))} == {
        ("create", "property"),
        ("create", "user"),
    }
    assert password
    session.commit()
    client = app.test_client()
    form = {"email": "zoe@example.org", "password": password.group(1)}
    answer = client.submit("/fr/desk/login", form, base_url="http://nous.example.org")  # type: ignore[attr-defined]
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("option", "value", "reason"),
    [
        ("--code", "Chez Nous", "small letters"),
        ("--timezone", "Europe/Lens", "no time zone"),
        ("--timezone", "../../etc/passwd", "no time zone"),
        ("--host", "https://nous.example.org/", "no host name"),
    ],
)
def test_says_why_a_house_cannot_be_made(shell: FlaskCliRunner, option: str, value: str, reason: str) -> None:
    words = list(HOUSE)
    words[words.index(option) + 1] = value

    assert reason in said(shell, *words, code=1)
    assert session.scalars(select(Property)).all() == []


def test_answers_under_a_name_only_once(shell: FlaskCliRunner, house: Property) -> None:
    assert "lac.test already" in said(shell, "house", "hosts", "maison", "--add", "lac.test", code=1)


def test_changes_the_names_it_answers_under(shell: FlaskCliRunner, house: Property) -> None:
    output = said(shell, "house", "hosts", "maison", "--add", "Maison.Example.org", "--remove", "localhost")

    assert output.split() == ["maison.example.org"]


def test_takes_somebody_in_with_a_password_of_their_own(shell: FlaskCliRunner, house: Property) -> None:
    words = (
        "user",
        "create",
        "maison",
        "--email",
        "paul@maison.test",
        "--name",
        "Paul",
        "--role",
        "reception",
    )

    output = said(shell, *words, "--ask-password", typed=f"{PASSWORD}\n{PASSWORD}\n")

    assert PASSWORD not in output
    assert session.scalars(select(User).where(User.name == "Paul")).one().password.startswith("$argon2id$")
    assert "already" in said(shell, *words, code=1)


def test_takes_no_short_password(shell: FlaskCliRunner, house: Property) -> None:
    words = ("user", "create", "maison", "--email", "p@maison.test", "--name", "P", "--role", "reception")

    assert "12 characters" in said(shell, *words, "--ask-password", code=1, typed="too short\ntoo short\n")
