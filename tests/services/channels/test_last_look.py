"""Before a room is sold its platforms are asked once more, briefly, and at most once in five minutes (R9)."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier, Event

from flask import Flask
from sqlalchemy import update

from app.database import session
from app.models import Feed, Property, Room
from app.services import channels
from calendars.fetch import Fetched, Validators
from tests.cast import NOW
from tests.platforms import VAULT, Platform
from tests.services.channels.conftest import RHYTHM, Read, at, nights, nights_taken, open_feed

ONE = ("2027-01-05", "2027-01-08", "one")


def look(
    house: Property, rooms: Sequence[Room], platform: Platform, *, now: datetime, seconds: float = 30
) -> int:
    """Look once more at the feeds of these rooms."""
    return channels.look_before_sale(
        property_id=house.id,
        room_ids=[room.id for room in rooms],
        fetch=platform.reader.fetch,
        seconds=seconds,
        now=now,
        rhythm=RHYTHM,
    )


def test_hears_of_a_night_that_a_platform_sold_a_minute_ago(
    house: Property, room: Room, read: Read, platform: Platform
) -> None:
    read(0)
    platform.lists(ONE)

    assert look(house, [room], platform, now=at(6)) == 1

    assert nights_taken(room) == nights("2027-01-05", "2027-01-08")


def test_asks_nobody_who_was_heard_within_five_minutes(
    house: Property, room: Room, read: Read, platform: Platform
) -> None:
    read(0)

    assert look(house, [room], platform, now=at(5)) == 0

    assert len(platform.asked) == 1


def test_asks_nobody_again_who_failed_within_five_minutes(
    house: Property, room: Room, feed: Feed, platform: Platform
) -> None:
    platform.status = 500
    look(house, [room], platform, now=at(0))

    assert [look(house, [room], platform, now=at(minutes)) for minutes in (1, 5, 6)] == [0, 0, 1]

    assert len(platform.asked) == 2


def test_asks_only_for_the_rooms_that_could_be_given(
    house: Property, room: Room, library: Room, feed: Feed, platform: Platform
) -> None:
    assert look(house, [library], platform, now=at(0)) == 0

    assert platform.asked == []


def test_leaves_a_paused_feed_in_peace(house: Property, room: Room, feed: Feed, platform: Platform) -> None:
    session.execute(update(Feed).values(is_paused=True))
    session.commit()

    assert look(house, [room], platform, now=at(0)) == 0


def test_goes_on_without_a_platform_that_holds_its_answer_and_lets_the_sweep_ask_it(
    house: Property, room: Room, library: Room, feed: Feed, platform: Platform
) -> None:
    quick = open_feed(house, library, f"{platform.url}&quick")
    may_end = Event()

    def fetch(url: str, validators: Validators) -> Fetched:
        if VAULT.open(url).endswith("quick"):
            return platform.reader.fetch(url, validators)
        may_end.wait(timeout=30)
        return platform.reader.fetch(url, validators)

    answered = channels.look_before_sale(
        property_id=house.id,
        room_ids=[room.id, library.id],
        fetch=fetch,
        seconds=1.0,
        now=NOW,
        rhythm=RHYTHM,
    )
    may_end.set()

    assert answered == 1
    assert session.get_one(Feed, quick.id).read_well_at == NOW
    assert session.get_one(Feed, feed.id).due_at == NOW


def test_lets_one_of_two_guests_who_ask_at_once_ask_the_platform(
    app: Flask, house: Property, room: Room, feed: Feed, platform: Platform
) -> None:
    start = Barrier(2)
    property_id, room_id = house.id, room.id
    session.commit()

    def ask() -> int:
        with app.app_context():
            start.wait(timeout=30)
            return channels.look_before_sale(
                property_id=property_id,
                room_ids=[room_id],
                fetch=platform.reader.fetch,
                seconds=30,
                now=NOW,
                rhythm=RHYTHM,
            )

    with ThreadPoolExecutor(2) as guests:
        asked = [guests.submit(ask) for _ in range(2)]

    assert sorted(one.result() for one in asked) == [0, 1]
    assert len(platform.asked) == 1


def test_asks_no_server_before_the_hour_that_it_named(
    house: Property, room: Room, read: Read, platform: Platform
) -> None:
    platform.status, platform.headers = 429, {"Retry-After": "3600"}
    read(0)

    assert [look(house, [room], platform, now=at(minutes)) for minutes in (10, 59, 61)] == [0, 0, 1]

    assert len(platform.asked) == 2
