"""A feed at the desk: how it is read, its rest and its end, our own address; nights stay or go as somebody says."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import session
from app.models import Feed, Room
from tests.cast import NOW
from tests.platforms import Platform
from tests.web.desk.channels.conftest import FEBRUARY, JANUARY, PAGE, address_on, taken


def test_puts_a_feed_to_rest_and_wakes_it(
    samir: FlaskClient, room: Room, feed: Feed, platform: Platform
) -> None:
    room_id, address = room.id, f"{PAGE}/{feed.id}"
    platform.lists(JANUARY)
    samir.submit(PAGE, {}, to=f"{address}/read")

    samir.submit(address, {"pause-nights": "free"}, to=f"{address}/pause")
    resting = samir.get(address).text
    freed = taken(room_id)
    samir.submit(address, {}, to=f"{address}/resume")

    assert "at rest" in resting
    assert freed == set()
    assert len(taken(room_id)) == 3


@pytest.mark.parametrize("deed", ["pause", "forget"])
def test_asks_what_becomes_of_the_nights(
    samir: FlaskClient, room: Room, feed: Feed, platform: Platform, deed: str
) -> None:
    room_id, address = room.id, f"{PAGE}/{feed.id}"
    platform.lists(JANUARY)
    samir.submit(address, {}, to=f"{address}/read")

    answer = samir.submit(address, {}, to=f"{address}/{deed}")

    assert answer.status_code == 422
    assert "Choose what becomes of the nights." in answer.text
    assert len(taken(room_id)) == 3


@pytest.mark.parametrize(("nights", "left"), [("keep", 6), ("free", 0)])
def test_takes_an_address_away_with_its_nights_or_without(
    samir: FlaskClient, room: Room, feed: Feed, platform: Platform, nights: str, left: int
) -> None:
    room_id, address = room.id, f"{PAGE}/{feed.id}"
    platform.lists(JANUARY, FEBRUARY)
    samir.submit(address, {}, to=f"{address}/read")

    before = samir.get(address).text
    samir.submit(address, {"forget-nights": nights}, to=f"{address}/forget")

    assert "2 entries came from it" in before
    assert len(taken(room_id)) == left
    after = samir.get(address).text
    assert "only shown, not read" in after
    assert ("Take the address away" in after) is bool(left)


def test_makes_the_old_address_useless_at_once(samir: FlaskClient, feed: Feed) -> None:
    address = f"{PAGE}/{feed.id}"
    old = address_on(samir.get(address).text)

    samir.submit(address, {"overlap": "0"}, to=f"{address}/rotate")

    new = address_on(samir.get(address).text)
    assert [samir.get(url).status_code for url in (old, new)] == [404, 200]


def test_answers_the_old_address_as_long_as_was_chosen(samir: FlaskClient, feed: Feed) -> None:
    address = f"{PAGE}/{feed.id}"
    old = address_on(samir.get(address).text)

    samir.submit(address, {"overlap": "7"}, to=f"{address}/rotate")

    assert "The former address is answered until" in samir.get(address).text
    statuses = []
    for days in (6, 8):
        with time_machine.travel(NOW + timedelta(days=days), tick=False):
            statuses.append(samir.get(old).status_code)
    assert statuses == [200, 404]


def test_reads_the_last_day_as_a_night_once_it_is_told_so(
    samir: FlaskClient, room: Room, feed: Feed, platform: Platform
) -> None:
    room_id, address = room.id, f"{PAGE}/{feed.id}"
    platform.lists(JANUARY)
    samir.submit(address, {}, to=f"{address}/read")

    samir.submit(address, {"is_end_inclusive": "y"}, to=f"{address}/options")

    assert date(2027, 1, 8) in taken(room_id)


def test_leaves_closures_out_once_it_is_told_so(
    samir: FlaskClient, room: Room, feed: Feed, platform: Platform
) -> None:
    room_id, address = room.id, f"{PAGE}/{feed.id}"
    platform.lists(JANUARY, ("2027-02-05", "2027-02-08", "closed@airbnb.com"))

    samir.submit(address, {"stays_only": "y"}, to=f"{address}/options")

    assert len(taken(room_id)) == 3
    assert re.search(r'<input [^>]*checked [^>]*id="stays_only"', samir.get(address).text)


def test_believes_that_a_night_of_ours_is_a_guests_after_all(samir: FlaskClient, feed: Feed) -> None:
    address = f"{PAGE}/{feed.id}"
    feed.echoes = [["2027-01-05", "2027-01-08", "block"]]
    session.commit()

    before = samir.get(address).text
    samir.submit(address, {"arrival": "2027-01-05", "departure": "2027-01-08"}, to=f"{address}/guest")

    assert "on their way back" in before
    session.expire_all()
    assert session.scalars(select(Feed.never_echoes)).one() == [["2027-01-05", "2027-01-08"]]


def test_believes_nothing_of_nights_that_are_none(samir: FlaskClient, feed: Feed) -> None:
    address = f"{PAGE}/{feed.id}"

    for days in (("2027-01-08", "2027-01-05"), ("tomorrow", "2027-01-05")):
        samir.submit(address, dict(zip(("arrival", "departure"), days, strict=True)), to=f"{address}/guest")

    session.expire_all()
    assert session.scalars(select(Feed.never_echoes)).one() == []
