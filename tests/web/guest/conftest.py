"""A guest on their way: the steps of the journey, and a clock that stands still until it is moved."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import clock
from app.database import session
from app.models import Booking, Property
from app.services.tokens import link_token
from app.web.letters.links import BOOKING_LINK
from tests.cast import NOW

ARRIVAL, DEPARTURE = "2027-04-09", "2027-04-11"  # two mild nights: a couple in a double pays 36 to 246 €
TAGS = re.compile(r"<[^>]+>")
BLANKS = re.compile(r"\s+")
CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def words(page: TestResponse) -> str:
    """Return what stands on a page, without tags; every kind of blank is a blank."""
    return BLANKS.sub(" ", html.unescape(TAGS.sub(" ", page.text)))


class Clock:
    """The clock on the wall, until somebody moves it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **duration: int) -> None:
        self.now += timedelta(**duration)


class Guest:
    """Somebody who books, one page after the other."""

    def __init__(self, client: FlaskClient, language: str = "en") -> None:
        self.client, self.language = client, language
        self.query = {"arrival": ARRIVAL, "departure": DEPARTURE, "adults": "2", "rooms": "double"}

    def address(self, page: str, **changed: str) -> str:
        return f"/{self.language}/{page}?{urlencode({**self.query, **changed})}"

    def look(self, page: str, **changed: str) -> TestResponse:
        return self.client.get(self.address(page, **changed))

    def search(self, **changed: str) -> TestResponse:
        query = {name: value for name, value in {**self.query, **changed}.items() if name != "rooms"}
        return self.client.get(f"/{self.language}/rooms?{urlencode(query)}")

    def choose(self, rung: str = "7200", amount: str = "") -> TestResponse:
        form = {"rung": rung, "amount": amount}
        return self.client.submit(self.address("price"), {key: value for key, value in form.items() if value})

    def tell(self, **details: str) -> TestResponse:
        told = {"name": "Alice Delattre", "email": "alice@example.org", **details}
        return self.client.submit(self.address("who"), told)

    def hold(self, rung: str = "7200", amount: str = "", **details: str) -> Booking:
        """Walk to the review page; return what is kept."""
        assert self.choose(rung, amount).status_code == 302
        answer = self.tell(**details)
        assert answer.status_code == 302, words(answer)
        return newest_booking()

    def send(self, booking: Booking, pay: str = "reception") -> TestResponse:
        form = {"reference": booking.reference, "pay": pay}
        return self.client.submit(self.address("review"), form, to=f"/{self.language}/review")

    def order(self, **details: str) -> Booking:
        booking = self.hold(**details)
        assert self.send(booking).status_code == 302
        return reread(booking)

    def page_of(self, booking: Booking, part: str = "") -> str:
        return f"/{self.language}/bookings/{booking.reference}{part}"


def newest_booking() -> Booking:
    return session.query(Booking).order_by(Booking.id.desc()).first() or pytest.fail("no booking")


def reread(booking: Booking) -> Booking:
    session.refresh(booking)
    return booking


@pytest.fixture(autouse=True)
def wall_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Hang a clock on the wall."""
    standing = Clock()
    monkeypatch.setattr(clock, "now", standing)
    return standing


@pytest.fixture
def guest(client: FlaskClient) -> Guest:
    """Return a guest who reads English."""
    return Guest(client)


@pytest.fixture
def make_guest(stage: object, house: Property) -> Callable[[], Guest]:
    """Return a maker of guests, each with a browser of their own."""
    app: Flask = stage.app  # type: ignore[attr-defined]
    return lambda: Guest(app.test_client())


@pytest.fixture
def mailed_link(stage: object) -> Callable[[Booking], str]:
    """Return a maker of the address that a letter about a booking carries."""
    secret = stage.app.config["HOUSE"].secret_key  # type: ignore[attr-defined]

    def link(booking: Booking) -> str:
        token = link_token(secret, BOOKING_LINK, booking.reference, booking.link_version)
        return f"/l/{booking.reference}/{token}"

    return link
