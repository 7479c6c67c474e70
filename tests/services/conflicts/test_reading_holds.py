"""The room that a guest has left stays closed here until its platforms have read that they moved, and no longer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.database import session
from app.models import Block, Booking, ChannelName, ChannelStay, Property, Room
from app.services import reading_holds
from app.services.channels.exports import export
from pricing.stay import Stay
from tests.cast import NOW
from tests.services.conflicts.conftest import NIGHTS, Move
from tests.services.conflicts.test_moving import claim_of
from tests.sold_twice import list_room, owners_of, read_by_platform, sold_by_platform

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.fixture
def left(
    house: Property, jardin: Room, terril: Room, alice: Booking, sold: ChannelStay, move: Move
) -> list[Block]:
    """Return what keeps Le Jardin closed after Airbnb's guest has left it: the night after Alice's."""
    list_room(house, jardin, served_at=NOW)
    list_room(house, jardin, ChannelName.BOOKING, served_at=NOW - MINUTE)
    move(sold.claim_id, terril)
    return list(session.scalars(select(Block)).all())


def test_keeps_what_nobody_has_closed_until_every_platform_has_read(
    house: Property, jardin: Room, sold: ChannelStay, left: list[Block]
) -> None:
    (kept,) = left
    assert (kept.reason, kept.waits_for_reading) == ("moved", True)
    assert owners_of(jardin, Stay(NIGHTS.departure, NIGHTS.departure + DAY)) == [kept.claim_id]

    list_room(house, jardin, served_at=NOW + MINUTE)
    assert reading_holds.end_read(now=NOW + MINUTE) == 0
    list_room(house, jardin, ChannelName.BOOKING, served_at=NOW + 2 * MINUTE)

    assert reading_holds.end_read(now=NOW + 2 * MINUTE) == 1
    assert reading_holds.end_read(now=NOW + 2 * MINUTE) == 0
    assert owners_of(jardin, Stay(NIGHTS.departure, NIGHTS.departure + DAY)) == [None]


def test_waits_a_day_at_most(left: list[Block]) -> None:
    assert reading_holds.end_read(now=NOW + DAY - MINUTE) == 0
    assert reading_holds.end_read(now=NOW + DAY) == 1


def test_tells_no_platform_of_what_it_only_keeps(house: Property, jardin: Room, left: list[Block]) -> None:
    feed = list_room(house, jardin, ChannelName.BOOKING)

    calendar = export(feed=feed, now=NOW)

    end = f"DTEND;VALUE=DATE:{NIGHTS.departure:%Y%m%d}"
    assert end.encode() in calendar.body


def test_keeps_nothing_in_a_room_that_no_platform_reads(
    alice: Booking, sold: ChannelStay, terril: Room, move: Move
) -> None:
    move(sold.claim_id, terril)

    assert session.scalars(select(Block)).all() == []


def test_gives_way_to_a_guest(house: Property, jardin: Room, sold: ChannelStay, left: list[Block]) -> None:
    night = Stay(NIGHTS.departure, NIGHTS.departure + DAY)
    new = sold_by_platform(house, jardin, night, ChannelName.BOOKING)

    reading_holds.give_way([new.claim_id], now=NOW)

    assert owners_of(jardin, night) == [new.claim_id]
    assert left[0].ended_at == NOW


def test_keeps_nothing_where_everything_has_gone_to_the_other_side(
    house: Property, jardin: Room, terril: Room, alice: Booking, sold: ChannelStay, move: Move
) -> None:
    read_by_platform(list_room(house, jardin), NIGHTS)

    move(claim_of(alice), terril)

    assert session.scalars(select(Block)).all() == []
