"""The house holds together: who imports whom, which doors are guarded, which settings are explained."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.models import Property
from app.web.guards import MARK
from config import Config, environment_name
from tests.cast import PEOPLE

ROOT = Path(__file__).resolve().parent.parent

STAFF_DOORS = ("desk.", "office.")
EXAMPLES = {"language": "fr", "reference": "LACLACLAC2"}  # a booking of the other house
LAUNCHER_SETTINGS = {"HOST", "PORT"}  # read by bin/serve, not by the application


@pytest.fixture(scope="session")
def tokenless_app(make_app: Callable[..., Flask]) -> Flask:
    """Return an application that asks for no CSRF token, so that its guards are reached."""
    app = make_app()
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def staff_rules(app: Flask) -> Iterator[Rule]:
    """Yield every address of the staff's doors."""
    return (rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(STAFF_DOORS))


def knock(client: FlaskClient, rule: Rule) -> Iterator[tuple[str, int, str]]:
    """Try an address with every method that it takes; yield the method, the status and where it leads."""
    with client.application.test_request_context():
        values = {name: EXAMPLES.get(name, "1") for name in rule.arguments}
        address = str(rule.build(values, append_unknown=False)[1])  # type: ignore[index]
    for method in sorted((rule.methods or set()) & {"GET", "POST"}):
        answer = client.open(address, method=method)
        yield f"{method} {address}", answer.status_code, answer.headers.get("Location", "")


def test_imports_as_its_floors_allow() -> None:
    linter = Path(sys.executable).with_name("lint-imports")

    checked = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert checked.returncode == 0, checked.stdout


def test_guards_every_staff_door(app: Flask) -> None:
    open_doors = {
        rule.endpoint for rule in staff_rules(app) if not hasattr(app.view_functions[rule.endpoint], MARK)
    }

    assert open_doors == set()


def test_leads_strangers_to_the_login(house: Property, tokenless_app: Flask) -> None:
    stranger = tokenless_app.test_client()

    answers = [answer for rule in staff_rules(tokenless_app) for answer in knock(stranger, rule)]

    assert answers, "there is no staff door"
    assert [answer for answer in answers if answer[1] != 302 or "/desk/login" not in answer[2]] == []


@pytest.mark.parametrize("name", ["lucie", *PEOPLE])
def test_refuses_staff_whose_door_it_is_not(
    house: Property, tokenless_app: Flask, signed_in: Callable[..., FlaskClient], name: str
) -> None:
    somebody = signed_in(name, tokenless_app)
    role = PEOPLE.get(name)  # Lucie is of the other house: no role of hers counts here
    foreign = [
        rule
        for rule in staff_rules(tokenless_app)
        if role not in getattr(tokenless_app.view_functions[rule.endpoint], MARK)
    ]

    answers = [answer for rule in foreign for answer in knock(somebody, rule)]

    assert [answer for answer in answers if answer[1] != 403] == []


def test_explains_every_setting_in_its_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\|\s*`([A-Z][A-Z0-9_]+)`", readme, re.MULTILINE))

    assert explained - LAUNCHER_SETTINGS == {environment_name(field.name) for field in fields(Config)}
