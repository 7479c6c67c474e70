"""What a channel is shown: nights that are closed for other reasons than its own, and nothing about anybody."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import event, select

from app.database import db, session
from app.models import Booking, ChannelName, ClaimKind, Feed, Property, Room
from app.services import blocks, bookings, channels, inventory
from pricing.household import Household
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.platforms import Platform
from tests.services.channels.conftest import RHYTHM, Read, at, nights, open_feed

LIMITS = bookings.HoldLimits(hold_minutes=12, most_per_network=3, most_repeated=2)
STAY = Stay(date(2027, 4, 9), date(2027, 4, 11))


def shown(feed: Feed, now: datetime = NOW) -> set[date]:
    """Return the nights that a feed shows, as a strict reader reads them."""
    found: set[date] = set()
    for entry in Calendar.from_ical(channels.export(feed=feed, now=now).body).walk("VEVENT"):
        found |= set(Stay(entry.start, entry.end).nights)
    return found


def close(house: Property, room: Room, arrival: str, departure: str) -> None:
    """Block a room for some nights."""
    blocks.block(
        house=house,
        room_id=room.id,
        stay=Stay(date.fromisoformat(arrival), date.fromisoformat(departure)),
        reason="repair",
        note="the pipe in the wall of Madame Lefebvre",
        actor="user:1",
        now=NOW,
    )


@pytest.fixture
def booked(house: Property, platform: Platform) -> tuple[Booking, Feed]:
    """Return a hold of Alice, and a feed of the room that she has got."""
    wish = bookings.HoldWish(
        stay=STAY,
        party=Household(2),
        offer_key="double",
        choice=bookings.PriceChoice(bracket=3),
        guest=bookings.GuestDetails(
            "Alice Delattre", "alice@example.org", "06 12 34 56 78", "a visit at the hospital"
        ),
        language="fr",
        session_key="session",
        network_key="network",
    )
    booking = bookings.hold(house=house, wish=wish, limits=LIMITS, now=NOW, today=TODAY)
    room = session.get_one(Room, booking.rooms[0].room_id)
    return booking, open_feed(house, room, platform.url)


def order(house: Property, booking: Booking) -> None:
    """Order without a card: the booking waits for its mailed link."""
    bookings.order(
        house=house, booking=booking, pays_by_card=False, link_minutes=60, most_per_contact=2, now=NOW
    )


def test_shows_no_hold_of_a_review_page(booked: tuple[Booking, Feed]) -> None:
    _, feed = booked

    assert shown(feed) == set()


def test_shows_an_order_at_once_and_no_more_when_it_has_lapsed(
    house: Property, booked: tuple[Booking, Feed]
) -> None:
    booking, feed = booked
    order(house, booking)

    assert shown(feed, at(1)) == set(STAY.nights)
    assert shown(feed, at(61)) == set()


def test_shows_a_request_and_a_confirmed_stay(house: Property, booked: tuple[Booking, Feed]) -> None:
    booking, feed = booked
    order(house, booking)
    bookings.confirm_by_link(house=house, booking=booking, now=at(1))
    waiting = shown(feed, at(2))
    bookings.confirm(house=house, booking=booking, actor="user:1", now=at(3))

    assert waiting == shown(feed, at(600)) == set(STAY.nights)


def test_forgets_a_cancelled_stay_at_once(house: Property, booked: tuple[Booking, Feed]) -> None:
    booking, feed = booked
    order(house, booking)
    bookings.cancel(house=house, booking=booking, actor="user:1", reason="ill", now=at(1))

    assert shown(feed, at(1)) == set()


def test_shows_nothing_about_anybody(house: Property, booked: tuple[Booking, Feed]) -> None:
    booking, feed = booked
    order(house, booking)
    close(house, session.get_one(Room, feed.room_id), "2027-05-01", "2027-05-03")

    text = channels.export(feed=feed, now=at(1)).body.decode()

    assert text.count("BEGIN:VEVENT") == 2
    for secret in (
        booking.reference,
        "Alice",
        "Delattre",
        "alice@",
        "06 12",
        "hospital",
        "Lefebvre",
        "repair",
        "Lac",
    ):
        assert secret not in text


def test_never_shows_a_channel_its_own_stays(
    house: Property, room: Room, feed: Feed, read: Read, platform: Platform
) -> None:
    platform.lists(("2027-01-05", "2027-01-08", "one@airbnb.com"))
    read()
    other = open_feed(house, room, "", ChannelName.BOOKING)
    close(house, room, "2027-01-08", "2027-01-09")

    assert shown(feed) == nights("2027-01-08", "2027-01-09")
    assert shown(other) == nights("2027-01-05", "2027-01-09")
    assert b"4821" not in channels.export(feed=other, now=NOW).body


def test_keeps_a_disputed_night_closed_on_both_sides(
    house: Property, room: Room, feed: Feed, read: Read, platform: Platform
) -> None:
    platform.lists(("2027-01-05", "2027-01-08", "one@airbnb.com"))
    read()
    other = open_feed(house, room, f"{platform.url}&other", ChannelName.BOOKING)
    channels.import_feed(feed_id=other.id, fetch=platform.reader.fetch, now=at(1), rhythm=RHYTHM)

    assert shown(feed) == shown(other) == nights("2027-01-05", "2027-01-08")


def test_merges_nights_that_touch(house: Property, room: Room, feed: Feed) -> None:
    close(house, room, "2027-01-05", "2027-01-08")
    close(house, room, "2027-01-08", "2027-01-10")

    assert channels.export(feed=feed, now=NOW).body.count(b"BEGIN:VEVENT") == 1


def test_writes_the_same_bytes_until_a_night_changes(house: Property, room: Room, feed: Feed) -> None:
    close(house, room, "2027-01-05", "2027-01-08")
    before = channels.export(feed=feed, now=NOW).body

    unchanged = [channels.export(feed=feed, now=at(minutes)).body for minutes in (1, 600, 2000)]
    close(house, room, "2027-02-05", "2027-02-06")

    assert set(unchanged) == {before}
    assert channels.export(feed=feed, now=NOW).body != before


def test_shows_what_is_under_way_whole_and_nothing_beyond_the_end_of_sales(
    house: Property, room: Room, feed: Feed
) -> None:
    first, last = TODAY - timedelta(days=3), date(2028, 9, 5)
    inventory.take_free(
        property_id=house.id, room_id=room.id, kind=ClaimKind.BLOCK, stay=Stay(first, last), now=NOW
    )
    session.commit()

    found = shown(feed)

    assert (min(found), max(found)) == (first, date(2028, 8, 31))


def test_asks_the_database_twice_whatever_there_is_to_show(
    app: Flask, house: Property, room: Room, feed: Feed
) -> None:
    for day in range(1, 28, 2):
        close(house, room, f"2027-01-{day:02}", f"2027-01-{day + 1:02}")
    feed = session.scalars(select(Feed)).one()
    asked: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    channels.export(feed=feed, now=NOW)
    event.remove(db.engine, "before_cursor_execute", listen)

    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 2
