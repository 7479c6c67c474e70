"""A guest gets no room that a platform sold a minute ago, and no platform keeps a guest waiting (R9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from app.database import session
from app.models import Booking, ChannelName, Feed, Property, Room, RoomType
from app.services import channels
from app.web import platforms
from tests.cast import NOW
from tests.platforms import VAULT, Platform, open_platform
from tests.web.guest.conftest import ARRIVAL, DEPARTURE, Clock, Guest, words


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Iterator[Platform]:
    """Yield a platform that the house may read."""
    with open_platform() as opened:
        monkeypatch.setattr(platforms, "reader_of", lambda _config, _limits=None: opened.reader)
        yield opened


@pytest.fixture
def doubles(house: Property, platform: Platform) -> list[Feed]:
    """Return the feeds of all double rooms, read well at this moment."""
    rooms = session.scalars(
        select(Room)
        .join(RoomType, RoomType.id == Room.type_id)
        .where(Room.property_id == house.id, RoomType.code == "double")
    ).all()
    feeds = [_read_feed(house, room, platform) for room in rooms]
    platform.asked.clear()
    return feeds


def _read_feed(house: Property, room: Room, platform: Platform) -> Feed:
    feed = channels.save_feed(
        house=house,
        room_id=room.id,
        channel=ChannelName.AIRBNB,
        url=f"{platform.url}&room={room.id}",
        vault=VAULT,
        check_address=lambda _: None,
        actor="user:1",
        now=NOW,
        test_hosts=frozenset({f"127.0.0.1:{platform.port}"}),
    )
    rhythm = channels.Rhythm(timedelta(minutes=15), draw=lambda: 0.5)
    channels.import_feed(feed_id=feed.id, fetch=platform.reader.fetch, now=NOW, rhythm=rhythm)
    return feed


def test_tells_the_guest_that_a_platform_has_just_sold_the_room(
    guest: Guest, doubles: list[Feed], platform: Platform, wall_clock: Clock
) -> None:
    guest.choose()
    wall_clock.pass_by(minutes=6)
    platform.lists((ARRIVAL, DEPARTURE, "sold a minute ago"))

    answer = guest.tell()

    assert answer.status_code == 409
    assert "taken" in words(answer)
    assert session.scalar(select(Booking.id).where(Booking.guest_name == "Alice Delattre")) is None


def test_keeps_the_room_without_asking_platforms_that_were_just_heard(
    guest: Guest, doubles: list[Feed], platform: Platform
) -> None:
    guest.hold()

    assert platform.asked == []


def test_keeps_the_room_while_a_platform_holds_its_answer(
    guest: Guest,
    doubles: list[Feed],
    platform: Platform,
    wall_clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    guest.choose()
    wall_clock.pass_by(minutes=6)
    platform.gate = Barrier(100)  # it answers nobody
    monkeypatch.setattr(platforms, "LOOK_SECONDS", 0.2)

    answer = guest.tell()
    platform.gate.abort()

    assert answer.status_code == 302


def test_keeps_the_room_unasked_while_enough_threads_wait_for_platforms(
    guest: Guest, doubles: list[Feed], platform: Platform, wall_clock: Clock
) -> None:
    wall_clock.pass_by(minutes=6)
    lines = platforms._lines(1)  # the tests' server has four threads

    with lines:
        guest.hold()

    assert platform.asked == []
