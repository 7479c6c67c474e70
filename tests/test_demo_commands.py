"""The example is loaded into an empty database, left alone where it stands, and never put beside a real house."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app import demo
from app.database import session
from app.demo.people import PEOPLE, draw_passwords, write_logins
from app.models import Property
from app.services import houses
from tests.cast import NOW, TODAY
from tests.platforms import VAULT

STAGE = demo.Stage(
    now=NOW, today=TODAY, feed_port=8010, vault=VAULT, password_hashes=dict.fromkeys(PEOPLE, "x")
)


def test_loads_no_example_beside_a_real_house(house: Property) -> None:
    for standing in session.scalars(select(Property)):
        standing.is_example = False
    session.commit()

    with pytest.raises(demo.HouseInTheWay, match="Hôtel du Lac lives in this database"):
        demo.find_example()


def test_tells_the_shell_that_a_real_house_is_in_the_way(app: Flask) -> None:
    build_house(hosts=("real.test",))

    refused = app.test_cli_runner().invoke(args=["demo", "load"])

    assert refused.exit_code == 1
    assert refused.output.startswith("Error: Half lives in this database.")


def test_says_when_the_loading_was_interrupted(app: Flask) -> None:
    build_house(hosts=()).is_example = True
    session.commit()

    with pytest.raises(demo.HouseInTheWay, match="interrupted"):
        demo.find_example()


@pytest.mark.parametrize("today", [date(2026, 9, 1), date(2028, 8, 31)])
def test_has_no_example_for_days_without_a_grid(app: Flask, today: date) -> None:
    with pytest.raises(demo.ExampleNotPossible, match=str(today)):
        demo.load(replace(STAGE, today=today))

    assert demo.find_example() is None


def test_keeps_the_logins_for_their_owner(tmp_path: Path) -> None:
    path = tmp_path / "logins"
    passwords = draw_passwords()

    write_logins(path, passwords)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert all(word in path.read_text() for word in passwords.values())
    assert draw_passwords() != passwords


def build_house(*, hosts: tuple[str, ...]) -> Property:
    """Make a house that is called Half."""
    details = houses.HouseDetails("half", "Half", "Europe/Paris", "EUR", ("fr",), "1", "a@half.test", "x")
    return houses.create_house(details=details, hosts=hosts, actor="system", now=NOW)
