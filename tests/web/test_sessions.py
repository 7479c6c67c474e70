"""The house keeps the sessions of its people on the server, and ends them when they are over (decision 20)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.database import session
from app.models import Property, StaffSession, User
from app.services import staff_sessions
from tests.cast import HOUSE_HOST, NOW, PASSWORD
from tests.conftest import CSRF_FIELD

DESK = "/fr/probe/desk"
LOGIN = "/fr/desk/login"

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def samir(probe_app: Flask, signed_in: SignIn) -> FlaskClient:
    """Return the browser of Samir at the reception, before the probe."""
    return signed_in("samir", probe_app)


def count_sessions() -> int:
    return session.scalar(select(func.count()).select_from(StaffSession)) or 0


def test_gives_a_new_id_to_whoever_signs_in(probe: FlaskClient) -> None:
    probe.get("/fr/probe/remember?word=before")
    before = probe.get_cookie("session")

    probe.submit(LOGIN, {"email": "samir@maison.test", "password": PASSWORD})
    after = probe.get_cookie("session")

    assert before
    assert after
    assert before.value != after.value
    assert after.value.startswith("ticket:")
    assert probe.get(DESK).text == "hello maison"


def test_takes_no_form_that_was_prepared_before_somebody_signed_in(probe: FlaskClient) -> None:
    planted = CSRF_FIELD.search(probe.get("/fr/probe/form").text)
    probe.submit(LOGIN, {"email": "samir@maison.test", "password": PASSWORD})

    assert planted
    answer = probe.post("/fr/probe/write", data={"csrf_token": planted.group(1)})
    assert answer.status_code == 400


def test_keeps_the_ticket_nowhere(probe: FlaskClient) -> None:
    probe.submit(LOGIN, {"email": "samir@maison.test", "password": PASSWORD})
    cookie = probe.get_cookie("session")

    stored = session.scalars(select(StaffSession)).one()

    assert cookie
    ticket = cookie.value.removeprefix("ticket:")
    assert len(ticket) >= 43  # 256 bits
    assert ticket not in f"{stored.digest}{stored.data}"


def test_remembers_what_staff_do_on_the_server(samir: FlaskClient) -> None:
    samir.get("/fr/probe/remember?word=lantern")
    cookie = samir.get_cookie("session")

    assert samir.get("/fr/probe/remember").text == "lantern"
    assert cookie
    assert cookie.value == "ticket:ticket-of-samir"
    assert session.scalars(select(StaffSession.data)).one()["word"] == "lantern"


def test_forgets_who_was_away_for_half_an_hour(
    samir: FlaskClient, probe_app: Flask, signed_in: SignIn
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        signed_in("samir", probe_app)
        clock.shift(timedelta(minutes=29))
        assert samir.get(DESK).status_code == 200
        clock.shift(timedelta(minutes=30))
        assert samir.get(DESK).status_code == 302


def test_forgets_who_has_been_here_for_ten_hours(
    samir: FlaskClient, probe_app: Flask, signed_in: SignIn
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        signed_in("samir", probe_app)
        for _ in range(29):
            clock.shift(timedelta(minutes=20))
            assert samir.get(DESK).status_code == 200
        clock.shift(timedelta(minutes=20))
        assert samir.get(DESK).status_code == 302


def test_ends_the_session_on_the_server_at_logout(samir: FlaskClient) -> None:
    cookie = samir.get_cookie("session")
    samir.submit("/fr/probe/form", {}, to="/fr/desk/logout")

    assert cookie
    assert count_sessions() == 0
    samir.set_cookie("session", cookie.value)
    assert samir.get(DESK).status_code == 302


def test_ends_the_sessions_of_somebody_disabled(samir: FlaskClient, house: Property) -> None:
    session.scalars(select(User).where(User.name == "Samir")).one().active = False

    assert samir.get(DESK).status_code == 302


def test_ends_every_session_of_a_person(samir: FlaskClient) -> None:
    user_id = session.scalars(select(User.id).where(User.name == "Samir")).one()
    session.commit()

    staff_sessions.end_all_of(user_id)

    assert samir.get(DESK).status_code == 302


def test_sweeps_what_is_over(samir: FlaskClient, house: Property) -> None:
    stored = session.scalars(select(StaffSession)).one()
    seen_at = stored.seen_at
    session.commit()

    assert staff_sessions.forget_expired(now=seen_at + timedelta(minutes=29)) == 0
    assert staff_sessions.forget_expired(now=seen_at + timedelta(minutes=30)) == 1


def test_hides_its_cookie_from_scripts_and_other_sites(probe: FlaskClient) -> None:
    plain = probe.get("/fr/probe/remember?word=a").headers["Set-Cookie"]
    secure = probe.get("/fr/probe/remember?word=a", base_url=f"https://{HOUSE_HOST}").headers["Set-Cookie"]

    assert plain.startswith("session=")
    assert secure.startswith("__Host-session=")
    assert "Secure" in secure
    assert "Domain" not in secure
    for cookie in (plain, secure):
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/" in cookie


@pytest.mark.parametrize(
    "value", ["ticket:nobody", "ticket:", "eyJ3b3JkIjoiZm9yZ2VkIn0.aaaa.bbbb", "%00", "x" * 3000]
)
def test_believes_no_cookie_that_it_did_not_write(probe: FlaskClient, value: str) -> None:
    probe.set_cookie("session", value)

    assert probe.get("/fr/probe/remember").text == "None"
    assert probe.get(DESK).status_code == 302
