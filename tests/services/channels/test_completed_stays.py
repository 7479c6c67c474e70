"""A completed stay and its feed, over real HTTP: moved, held, cancelled; what the desk decided stands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.database import session
from app.models import Booking, ChannelStay, Conflict, Property, Room
from app.services import bookings, platform_stays
from app.services.sheets import read_platform
from tests.cast import NOW, TODAY
from tests.platforms import Platform
from tests.services.channels.conftest import Read, nights, nights_taken
from tests.services.platform_stays.told import completed, room_of

TONIGHT = ("2026-11-22", "2026-11-25", "one@airbnb.com")
LONGER = ("2026-11-22", "2026-11-26", "one@airbnb.com")
OTHER = ("2027-02-10", "2027-02-12", "two@airbnb.com")
ANOTHER = ("2027-03-10", "2027-03-12", "three@airbnb.com")


@pytest.fixture
def stay(read: Read, platform: Platform) -> ChannelStay:
    """Return the stay of tonight as the feed tells it."""
    platform.lists(TONIGHT, OTHER, ANOTHER)
    read()
    return session.scalars(select(ChannelStay).where(ChannelStay.uid == TONIGHT[2])).one()


@pytest.fixture
def booking(house: Property, stay: ChannelStay) -> Booking:
    """Return the booking that the desk has made of it."""
    return completed(house, stay)


def test_follows_the_nights_of_its_feed(booking: Booking, room: Room, read: Read, platform: Platform) -> None:
    platform.lists(LONGER, OTHER, ANOTHER)

    read(30)

    assert (booking.arrival, booking.departure) == (TODAY, TODAY + timedelta(days=4))
    assert nights(*LONGER[:2]) <= nights_taken(room)


def test_stays_in_the_room_that_the_desk_gave_it(
    house: Property, booking: Booking, stay: ChannelStay, room: Room, read: Read, platform: Platform
) -> None:
    terril = room_of(house, "Le Terril")
    platform_stays.move_to_room(
        house=house, stay_id=stay.id, room_id=terril.id, actor="user:1", today=TODAY, now=NOW
    )
    platform.lists(LONGER, OTHER, ANOTHER)

    read(30)

    assert nights_taken(terril) == nights(*LONGER[:2])
    assert nights(*LONGER[:2]).isdisjoint(nights_taken(room))
    assert booking.rooms[0].room_id == terril.id


def test_wants_no_night_of_a_room_in_which_nobody_slept_yet(
    house: Property, booking: Booking, stay: ChannelStay, read: Read, platform: Platform
) -> None:
    terril, tomorrow = room_of(house, "Le Terril"), TODAY + timedelta(days=1)
    bookings.check_in(booking=booking, actor="user:1", today=TODAY, now=NOW)
    platform_stays.move_to_room(
        house=house, stay_id=stay.id, room_id=terril.id, actor="user:1", today=tomorrow, now=NOW
    )
    platform.lists(LONGER, OTHER, ANOTHER)

    read(30)

    assert nights_taken(terril) == nights("2026-11-23", "2026-11-26")
    assert session.scalars(select(Conflict)).all() == []


def test_ends_with_its_feed_once_that_is_sure(booking: Booking, read: Read, platform: Platform) -> None:
    platform.lists(OTHER, ANOTHER)

    read(30)
    status_at_first = booking.status
    read(60, is_confirmed=True)

    assert (status_at_first, booking.status) == ("confirmed", "cancelled")


def test_keeps_who_is_in_the_house_and_forgets_it_when_the_stay_is_back(
    booking: Booking, room: Room, read: Read, platform: Platform
) -> None:
    bookings.check_in(booking=booking, actor="user:1", today=TODAY, now=NOW)
    platform.lists(OTHER, ANOTHER)
    read(30)
    read(60, is_confirmed=True)
    gone = read_platform(booking)
    kept = nights(*TONIGHT[:2]) <= nights_taken(room)
    platform.lists(TONIGHT, OTHER, ANOTHER)

    read(90)

    back = read_platform(booking)
    assert (booking.status, kept) == ("in_house", True)
    assert gone is not None
    assert back is not None
    assert (gone.is_withdrawn, back.is_withdrawn) == (True, False)
