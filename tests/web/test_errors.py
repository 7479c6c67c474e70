"""The house says what went wrong, in the guest's language, and what to do next."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import errors
from app.models import BookingStatus, Property
from app.services.bookings import (
    HoldExpired,
    PriceIsSettled,
    TooLateToAsk,
    TooManyHolds,
    TooManyNightsAYear,
    TooManyRequests,
    TransitionRefused,
)
from app.services.inventory import RoomNotAvailable
from app.services.rates import NoGrid, NoVotedTax
from app.services.tokens import LinkNotValid
from app.web.language import UNDER_A_LANGUAGE
from pricing.seasons import NoRateForNight
from pricing.stay import Stay

FRIDAY, MONDAY = date(2027, 4, 9), date(2027, 4, 12)
BOOKING: Any = SimpleNamespace(
    reference="ABCDEFGHJK",
    status=BookingStatus.EXPIRED,
    lapses_at=None,
    arrival=FRIDAY,
    departure=MONDAY,
    rooms=[SimpleNamespace(adults=1, children=[9]), SimpleNamespace(adults=1, children=[4, 7])],
)

CASES: dict[str, tuple[Exception, int, str]] = {
    "taken": (RoomNotAvailable(Stay(FRIDAY, MONDAY)), 409, "arrival=2027-04-09&amp;departure=2027-04-12"),
    "expired": (
        HoldExpired(BOOKING),
        410,
        "arrival=2027-04-09&amp;departure=2027-04-12&amp;adults=2&amp;children=4,7,9",
    ),
    "refused": (TransitionRefused(BOOKING, BookingStatus.CONFIRMED), 409, "nothing was done"),
    "settled": (PriceIsSettled(), 409, "nothing was done"),
    "holds": (TooManyHolds(), 429, "quarter of an hour"),
    "requests": (TooManyRequests(), 429, "waiting for our answer"),
    "year": (TooManyNightsAYear(90), 409, "more than 90 nights this year"),
    "late": (TooLateToAsk(), 409, "+33 3 21 00 00 00"),
    "no_rate": (NoRateForNight(MONDAY, FRIDAY, FRIDAY), 404, "+33 3 21 00 00 00"),
    "not_open": (NoVotedTax("maison"), 404, "+33 3 21 00 00 00"),
    "no_grid": (NoGrid("maison"), 404, "+33 3 21 00 00 00"),
    "link": (LinkNotValid("ABCDEFGHJK"), 404, 'href="/en/find"'),
    "fault": (ZeroDivisionError("the secret of Alice Delattre"), 500, "our fault, not yours"),
}


@pytest.fixture(scope="session")
def broken_app(make_app: Callable[..., Flask]) -> Flask:
    """Return an application with one view that raises whatever it is asked to."""
    app = make_app()

    def fail(case: str) -> str:
        raise CASES[case][0]

    app.add_url_rule(f"{UNDER_A_LANGUAGE}/fails/<case>", "fails", fail)
    return app


@pytest.fixture
def guest(broken_app: Flask, house: Property) -> FlaskClient:
    return broken_app.test_client()


@pytest.mark.parametrize("case", CASES)
def test_answers_each_error_with_its_own_page(guest: FlaskClient, case: str) -> None:
    _error, status, words = CASES[case]

    answer = guest.get(f"/en/fails/{case}")

    assert answer.status_code == status
    assert words in answer.text
    assert '<html lang="en">' in answer.text


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [("/en/nowhere", "GET", 404), ("/nowhere", "GET", 404), ("/en/desk/logout", "GET", 405)],
)
def test_has_a_human_page_for_a_wrong_address(
    guest: FlaskClient, path: str, method: str, status: int
) -> None:
    answer = guest.open(path, method=method)

    assert answer.status_code == status
    assert "<h1>" in answer.text


def test_tells_no_detail_of_a_fault_and_keeps_it_findable(
    guest: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "app.errors"):
        page = guest.get("/en/fails/fault").text

    (record,) = [record for record in caplog.records if record.name == "app.errors"]
    assert "Alice" not in page
    assert "ZeroDivisionError" not in page
    assert record.incident in page  # type: ignore[attr-defined]


def test_has_a_template_for_every_error(app: Flask) -> None:
    for page in [*errors.DOMAIN.values(), *errors.HTTP.values(), errors.FAULT]:
        assert app.jinja_env.get_template(f"errors/{page.name}.html")
