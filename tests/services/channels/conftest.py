"""Le Jardin on Airbnb, with a platform that answers: what the tests of channels share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.database import session
from app.models import ChannelName, Feed, Property, Room, RoomNight
from app.services import channels
from pricing.stay import Stay
from tests.cast import NOW
from tests.platforms import VAULT, Platform, open_platform

RHYTHM = channels.Rhythm(timedelta(minutes=15), draw=lambda: 0.0)

Read = Callable[..., channels.Imported]
ReadOther = Callable[..., channels.Imported]


def at(minutes: float) -> datetime:
    """Return the moment so many minutes after the tests begin."""
    return NOW + timedelta(minutes=minutes)


def nights(arrival: str, departure: str) -> set[date]:
    """Return the nights between two days."""
    return set(Stay(date.fromisoformat(arrival), date.fromisoformat(departure)).nights)


def nights_taken(room: Room) -> set[date]:
    """Return the nights of a room that somebody has."""
    return set(session.scalars(select(RoomNight.night).where(RoomNight.room_id == room.id)))


@pytest.fixture
def platform() -> Iterator[Platform]:
    """Yield a booking platform that listens."""
    with open_platform() as opened:
        yield opened


@pytest.fixture
def room(house: Property) -> Room:
    """Return Le Jardin."""
    return session.scalars(select(Room).where(Room.property_id == house.id, Room.name == "Le Jardin")).one()


@pytest.fixture
def library(house: Property) -> Room:
    """Return La Bibliothèque."""
    rooms = select(Room).where(Room.property_id == house.id, Room.name == "La Bibliothèque")
    return session.scalars(rooms).one()


@pytest.fixture
def feed(house: Property, room: Room, platform: Platform) -> Feed:
    """Return the feed of Le Jardin on Airbnb, never read yet."""
    return open_feed(house, room, platform.url)


def open_feed(house: Property, room: Room, url: str, channel: ChannelName = ChannelName.AIRBNB) -> Feed:
    """Save a feed without asking the network."""
    return channels.save_feed(
        house=house,
        room_id=room.id,
        channel=channel,
        url=url,
        vault=VAULT,
        check_address=lambda _: None,
        actor="user:1",
        now=NOW,
        test_hosts=frozenset({url.split("/")[2]} if url else ()),
    )


@pytest.fixture
def read(feed: Feed, platform: Platform) -> Read:
    """Return the reading of the feed, so many minutes after the tests begin: `read(30)`."""
    feed_id = feed.id

    def read_feed(minutes: float = 0, *, is_confirmed: bool = False) -> channels.Imported:
        return channels.import_feed(
            feed_id=feed_id,
            fetch=platform.reader.fetch,
            now=at(minutes),
            rhythm=RHYTHM,
            is_confirmed=is_confirmed,
        )

    return read_feed


@pytest.fixture
def read_other(house: Property, room: Room, platform: Platform) -> ReadOther:
    """Return the reading of what the platform lists now, as the room's feed on another channel."""

    def read_feed(
        channel: ChannelName = ChannelName.VRBO, minutes: float = 1, *, is_aggregator: bool = False
    ) -> channels.Imported:
        of_room = select(Feed).where(Feed.room_id == room.id, Feed.channel == channel)
        other = session.scalars(of_room).first() or open_feed(house, room, f"{platform.url}&other", channel)
        other.is_aggregator = is_aggregator
        session.commit()
        return channels.import_feed(
            feed_id=other.id, fetch=platform.reader.fetch, now=at(minutes), rhythm=RHYTHM
        )

    return read_feed
