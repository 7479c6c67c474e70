"""Le Jardin on Airbnb as the platform sees it: the way to its calendar, a visit, a night that changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from urllib.parse import urlsplit

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.database import session
from app.models import ChannelName, Feed, Property, Room
from app.services import blocks, channels
from app.web.feeds import feed_address
from pricing.stay import Stay
from tests.cast import NOW
from tests.platforms import VAULT

Way = Callable[[Feed], str]
Visit = Callable[..., TestResponse]
Close = Callable[..., int]


@pytest.fixture
def close(house: Property) -> Close:
    """Return the closing of Le Jardin for three nights from a day on; it gives the id of the block."""
    room = session.scalars(select(Room).where(Room.property_id == house.id, Room.name == "Le Jardin")).one()

    def block(first: str, after: str) -> int:
        stay = Stay(date.fromisoformat(first), date.fromisoformat(after))
        return blocks.block(
            house=house, room_id=room.id, stay=stay, reason="repair", note="", actor="user:1", now=NOW
        ).id

    return block


@pytest.fixture
def feed(house: Property, close: Close) -> Feed:
    """Return the feed of Le Jardin on Airbnb; the room is closed for three nights."""
    room = session.scalars(select(Room).where(Room.property_id == house.id, Room.name == "Le Jardin")).one()
    close("2027-01-05", "2027-01-08")
    return channels.save_feed(
        house=house,
        room_id=room.id,
        channel=ChannelName.AIRBNB,
        url="",
        vault=VAULT,
        check_address=lambda _: None,
        actor="user:1",
        now=NOW,
    )


@pytest.fixture
def way(client: FlaskClient) -> Way:
    """Return where the calendar of a feed is."""

    def path(feed: Feed) -> str:
        with client.application.test_request_context():
            return urlsplit(feed_address(feed.public_id, feed.token_version)).path

    return path


@pytest.fixture
def path(feed: Feed, way: Way) -> str:
    """Return the way to the calendar of Le Jardin."""
    return way(feed)


@pytest.fixture
def visit(client: FlaskClient, path: str) -> Visit:
    """Return a visit of the platform at an instant, under some headers."""

    def ask(at: datetime = NOW, method: str = "GET", **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with time_machine.travel(at, tick=False):
            return client.open(path, method=method, headers=named)

    return ask
