"""Who may come to the desk, and what of which house they see."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.web.guards import MARK
from tests.cast import OTHER_HOST
from tests.web.desk.conftest import Make, page_of

PAGES = ("", "planning", "bookings", "bookings/new", "blocks", "bookings/LACLACLAC2")


@pytest.mark.parametrize("page", PAGES)
def test_asks_strangers_who_they_are(client: FlaskClient, page: str) -> None:
    answer = client.get(f"/fr/desk/{page}")

    assert answer.status_code == 302
    assert "/fr/desk/login" in answer.headers["Location"]


@pytest.mark.parametrize("page", [page for page in PAGES if page])
@pytest.mark.parametrize("name", ["karim", "jeanne"])
def test_keeps_housekeeper_and_treasurer_away_from_guests(
    signed_in: Callable[[str], FlaskClient], name: str, page: str
) -> None:
    assert signed_in(name).get(f"/fr/desk/{page}").status_code == 403


@pytest.mark.parametrize("name", ["samir", "odile", "marie"])
def test_lets_volunteers_do_reception(
    signed_in: Callable[[str], FlaskClient], asked: Make, name: str
) -> None:
    browser = signed_in(name)
    booking = asked()

    assert browser.get("/fr/desk/").status_code == 200
    assert browser.submit(page_of(booking), {}, to=page_of(booking, "confirm")).status_code == 302


def test_shows_the_housekeeper_rooms_without_names(
    signed_in: Callable[[str], FlaskClient], in_house: Make, booked: Make
) -> None:
    booked()
    booking = in_house()

    answer = signed_in("karim").get("/fr/desk/", follow_redirects=True)

    page = answer.text
    assert answer.request.path == "/fr/desk/rooms"
    assert "/fr/desk/planning" not in page

    assert "Le Jardin" in page
    assert booking.guest_name not in page
    assert booking.reference not in page


def test_keeps_the_treasurer_to_the_office(signed_in: Callable[[str], FlaskClient]) -> None:
    answer = signed_in("jeanne").get("/fr/desk/rooms")

    assert answer.status_code == 403
    assert "/fr/desk/planning" not in answer.text
    assert "Se déconnecter" in answer.text


def test_leads_the_housekeeper_back_to_the_rooms(signed_in: Callable[[str], FlaskClient]) -> None:
    page = signed_in("karim").get("/fr/desk/bookings").text

    assert 'href="/fr/desk/rooms"' in page
    for place in ("planning", "channels", "bookings"):
        assert f'href="/fr/desk/{place}"' not in page
    assert 'role="search"' not in page
    assert "tel:" not in page  # the desk is next door


def test_speaks_the_other_language_at_the_desk(samir: FlaskClient) -> None:
    assert '<a href="/fr/desk/planning?nights=7" lang="fr"' in samir.get("/en/desk/planning?nights=7").text


def test_guards_every_view_of_the_desk(app: Flask) -> None:
    views = {name: view for name, view in app.view_functions.items() if name.startswith("desk.")}

    assert len(views) > 20
    assert [name for name, view in views.items() if not getattr(view, MARK, None)] == []


@pytest.mark.parametrize(
    "step",
    [
        "",
        "/payment",
        "/price",
        "/price/told",
        "/price/thanks",
        "/cancel",
        "/decline",
        "/check-out",
        "/no-show",
        "/rooms/0/move",
        "/dates",
        "/reinstate",
        "/contact",
    ],
)
def test_knows_no_booking_of_another_house(samir: FlaskClient, step: str) -> None:
    assert samir.get(f"/fr/desk/bookings/LACLACLAC2{step}").status_code == 404


@pytest.mark.parametrize("step", ["confirm", "check-in", "undo-check-in", "check-out", "write", "payment"])
def test_touches_no_booking_of_another_house(samir: FlaskClient, step: str) -> None:
    assert samir.submit("/fr/desk/", {}, to=f"/fr/desk/bookings/LACLACLAC2/{step}").status_code == 404


@pytest.mark.parametrize(
    "page", ["", "planning?from=2026-11-22", "bookings", "bookings?q=Lac", "blocks", "rooms"]
)
def test_never_lists_another_house(samir: FlaskClient, page: str) -> None:
    echoed = r'value="[^"]*"|href="[^"]*\?q=Lac"|“Lac”|«.Lac.»'

    shown = re.sub(echoed, "", samir.get(f"/en/desk/{page}").text)

    assert "Lac" not in shown.replace("Found for", "")
    assert "Neverseen" not in shown


def test_refuses_our_people_at_another_house(samir: FlaskClient) -> None:
    answer = samir.get("/fr/desk/", base_url=f"http://{OTHER_HOST}")

    assert answer.status_code in (302, 403)
    assert "Neverseen" not in answer.text
