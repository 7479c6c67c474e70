"""What a racer does: everything up to the last click, then the click. One class for each door."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Protocol
from urllib.parse import urlencode

from flask import Flask

from app import create_app
from app.gateways.feeds import FeedReader
from app.services import channels
from app.web.sessions import TICKET_MARK
from calendars.fetch import Validators
from config import Config
from pricing.stay import Stay
from tests.platforms import VAULT
from tests.races.visitor import Answer, FormMissing, Visitor

SECRET = "a secret for races and for nothing else"
RUNG = re.compile(r'name="rung"[^>]*value="(\d+)"')
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
JUST_TAKEN = "This room has just been taken"
RHYTHM = channels.Rhythm(timedelta(minutes=15), draw=lambda: 0.0)


class Outcome(StrEnum):
    """How a race ended for one racer; anything that is not one of these is an error, and kept in words."""

    WON = "won"
    JUST_TAKEN = "just taken"
    CONFLICT = "conflict"
    SAME_FEED = "same feed read by another"


class Run(Protocol):
    """One racer's race."""

    def prepare(self) -> Callable[[], str]:
        """Do everything but the last click, and return the click; it gives an Outcome, or an error in words."""


@dataclass(frozen=True, slots=True)
class GuestRun:
    """A guest who has chosen room and price and sends the form that keeps the room."""

    port: int
    type_code: str
    stay: Stay
    name: str

    def prepare(self) -> Callable[[], str]:
        """Go through the pages up to the form that says who comes."""
        guest = Visitor(self.port)
        trip = _trip(self.stay, self.type_code)
        choose_price(guest, trip)
        page = f"/en/who?{trip}"
        form = guest.open_form(page, {"name": self.name, "email": f"{self.name}@example.org"})
        return lambda: _outcome(guest.post(page, form), "/en/review")


@dataclass(frozen=True, slots=True)
class OrderRun:
    """A guest whom nobody hinders: from the search to the order, all after the start."""

    port: int
    type_code: str
    stay: Stay
    name: str

    def prepare(self) -> Callable[[], str]:
        """Prepare nothing."""
        return self._book

    def _book(self) -> str:
        guest = Visitor(self.port)
        try:
            return self._order(guest)
        finally:
            guest.hang_up()

    def _order(self, guest: Visitor) -> str:
        trip = _trip(self.stay, self.type_code)
        choose_price(guest, trip)
        kept = guest.submit(f"/en/who?{trip}", {"name": self.name, "email": f"{self.name}@example.org"})
        if kept.status != 302:
            return _outcome(kept, "/en/review")
        review = guest.get(kept.location)
        form = dict(HIDDEN.findall(review.text))
        return _outcome(guest.post("/en/review", form), "/en/bookings/")


@dataclass(frozen=True, slots=True)
class DeskRun:
    """Somebody at reception who books for a guest on the telephone."""

    port: int
    type_code: str
    stay: Stay
    name: str
    ticket: str = field(repr=False)

    def prepare(self) -> Callable[[], str]:
        """Open the form in which the guest's name is written."""
        volunteer = Visitor(self.port, cookies={"session": TICKET_MARK + self.ticket})
        page = f"/en/desk/bookings/new/guest?{_trip(self.stay, self.type_code)}"
        guest = {"name": self.name, "telephone": "+33 3 21 00 00 01", "language": "fr", "price": "open"}
        form = volunteer.open_form(page, guest)
        return lambda: _outcome(volunteer.post(page, form), "/en/desk/bookings/")


@dataclass(frozen=True, slots=True)
class ImportRun:
    """A worker that reads a platform's feed and makes its nights ours."""

    url: str
    database_url: str
    var_dir: str
    feed_id: int
    now: datetime

    def prepare(self) -> Callable[[], str]:
        """Fetch the feed; what is left is to apply it."""
        app = _application(self.database_url, self.var_dir)
        reader = FeedReader("bonjour@maison.test", VAULT, frozenset({self.url.split("/")[2]}))
        fetched = reader.fetch(VAULT.seal(self.url), Validators())

        def apply() -> str:
            with app.app_context():
                done = channels.import_feed(
                    feed_id=self.feed_id, fetch=lambda _url, _known: fetched, now=self.now, rhythm=RHYTHM
                )
            if done.fault_code:
                return f"the feed failed: {done.fault_code}"
            if not done.added:
                return Outcome.SAME_FEED
            return Outcome.CONFLICT if done.conflicts else Outcome.WON

        return apply


def choose_price(guest: Visitor, trip: str) -> None:
    """Look at what is free and choose the first rung of the ladder. Raises: FormMissing."""
    guest.get(f"/en/rooms?{trip}")
    page = f"/en/price?{trip}"
    answer = guest.get(page)
    rung = RUNG.search(answer.text)
    if rung is None:
        raise FormMissing(f"{page} answered {answer.status} {answer.location} without a ladder")
    guest.post(page, answer.fill({"rung": rung.group(1)}))


def _trip(stay: Stay, type_code: str) -> str:
    adults = 1 if type_code == "single" else 2
    return urlencode(
        {
            "arrival": stay.arrival.isoformat(),
            "departure": stay.departure.isoformat(),
            "adults": adults,
            "rooms": type_code,
        }
    )


def _outcome(answer: Answer, destination: str) -> str:
    if answer.status == 302 and answer.location.startswith(destination):
        return Outcome.WON
    if answer.status == 409 and JUST_TAKEN in answer.text:
        return Outcome.JUST_TAKEN
    return f"{answer.status} {answer.location}"


@cache
def _application(database_url: str, var_dir: str) -> Flask:
    return create_app(Config(secret_key=SECRET, database_url=database_url, var_dir=Path(var_dir)))
