"""A room, a platform that this application may read, and a feed between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import session
from app.models import ChannelName, Feed, Property, Room, RoomNight
from app.services import channels
from tests.cast import NOW
from tests.platforms import VAULT, Platform, open_platform

PAGE = "/en/desk/channels"
JANUARY = ("2027-01-05", "2027-01-08", "one@airbnb.com")
FEBRUARY = ("2027-02-05", "2027-02-08", "two@airbnb.com")


@pytest.fixture
def room(house: Property) -> Room:
    """Return Le Jardin."""
    return session.scalars(select(Room).where(Room.property_id == house.id, Room.name == "Le Jardin")).one()


@pytest.fixture
def platform(samir: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[Platform]:
    """Yield a platform that this application may read."""
    with open_platform() as opened:
        config = samir.application.config["HOUSE"]
        allowed = replace(config, is_demo=True, feed_test_hosts=frozenset({f"127.0.0.1:{opened.port}"}))
        monkeypatch.setitem(samir.application.config, "HOUSE", allowed)
        yield opened


@pytest.fixture
def feed(house: Property, room: Room, platform: Platform) -> Feed:
    """Return the feed of Le Jardin on Airbnb, not read yet."""
    return channels.save_feed(
        house=house,
        room_id=room.id,
        channel=ChannelName.AIRBNB,
        url=platform.url,
        vault=VAULT,
        check_address=lambda _: None,
        actor="user:1",
        now=NOW,
        test_hosts=frozenset({f"127.0.0.1:{platform.port}"}),
    )


def taken(room_id: int) -> set[date]:
    """Return the nights of a room that somebody has."""
    return set(session.scalars(select(RoomNight.night).where(RoomNight.room_id == room_id)))


def address_on(page: str) -> str:
    """Return our own address of a feed, as its page shows it, without the host."""
    (address,) = re.findall(r'class="our-address__field" value="([^"]+)"', page)
    return str(address).removeprefix("http://localhost")
