"""A probe: the application with a few views of its own, to look at the doors from behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, g, render_template_string, request, session
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.database import session as database
from app.models import Property, RoleName, User
from app.web.guards import staff
from app.web.network import network_key
from app.web.transactions import reads, reads_when, writes

FORM = '<form><input type="hidden" name="csrf_token" value="{{ csrf_token() }}"></form>'


def writer() -> Callable[[], str]:
    """Return a new view that changes the house and commits: a mark stays on its function."""

    def write() -> str:
        house = database.get_one(Property, g.house.id)
        house.name = "Renamed"
        database.commit()
        return "written"

    return write


def forget_to_commit() -> str:
    """Change the house, and promise nothing."""
    database.get_one(Property, g.house.id).name = "Forgotten"
    database.flush()
    return "left"


def remember() -> str:
    """Keep a word in the session of whoever comes."""
    session["word"] = request.args.get("word", session.get("word"))
    return str(session["word"])


@pytest.fixture(scope="session")
def probe_app(make_app: Callable[..., Flask]) -> Flask:
    """Return an application with the probe's views."""
    app = make_app()
    views: dict[str, Callable[..., object]] = {
        "form": lambda: render_template_string(FORM),
        "remember": remember,
        "network": network_key,
        "people": lambda: str(database.scalar(select(func.count()).select_from(User))),
        "fails": lambda: 1 / 0,
        "write": writer(),
        "link": writes(writer()),
        "look": reads(writer()),
        "perhaps": reads_when(lambda: "look" in request.args)(writer()),
        "forget": forget_to_commit,
        "desk": staff(RoleName.RECEPTION)(lambda: f"hello {g.house.code}"),
    }
    for name, view in views.items():
        app.add_url_rule(f"/fr/probe/{name}", f"probe_{name}", view, methods=["GET", "POST"])
    return app


@pytest.fixture
def probe(probe_app: Flask, house: Property) -> FlaskClient:
    """Return the browser of a stranger before the probe."""
    return probe_app.test_client()
