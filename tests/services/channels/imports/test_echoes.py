"""Our own nights, sent back by a channel that has read them, are no stay, no closure and no conflict (R38)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select, update

from app.database import session
from app.models import (
    ChannelName,
    ClaimKind,
    Feed,
    FeedChange,
    Property,
    Room,
)
from app.services import channels, inventory
from pricing.stay import Stay
from tests.cast import NOW
from tests.platforms import Platform, calendar
from tests.services.channels.conftest import Read, ReadOther, at, nights, nights_taken, open_feed
from tests.services.channels.imports.listed import FEBRUARY, JANUARY


def test_recognises_its_own_nights_when_a_channel_sends_them_back(
    house: Property, room: Room, feed: Feed, read: Read, platform: Platform
) -> None:
    stay = Stay(date(2027, 1, 5), date(2027, 1, 8))
    inventory.take_free(property_id=house.id, room_id=room.id, kind=ClaimKind.BLOCK, stay=stay, now=NOW)
    read_by_channel = [["2027-01-05", "2027-01-08", NOW.isoformat()]]
    session.execute(update(Feed).where(Feed.id == feed.id).values(served_at=NOW, shown=read_by_channel))
    session.commit()
    platform.lists(("2027-01-05", "2027-01-08", "closed-1"))

    done = read(15)

    assert (done.added, done.conflicts) == (0, 0)
    assert inventory.list_conflicts(house.id) == ()


CLOSED = ("2027-01-05", "2027-01-08", "closed-1")


def show(feed: Feed, *ranges: tuple[str, str]) -> None:
    """Let the channel have read these nights of us, before the tests begin."""
    shown = [[start, end, NOW.isoformat()] for start, end in ranges]
    session.execute(update(Feed).where(Feed.id == feed.id).values(served_at=NOW, shown=shown))
    session.commit()


def test_shows_what_it_took_for_an_echo_and_forgets_it_with_its_event(
    feed: Feed, read: Read, platform: Platform
) -> None:
    show(feed, CLOSED[:2])
    platform.lists(CLOSED, FEBRUARY)
    read(15)
    heard = session.get_one(Feed, feed.id).echoes
    platform.lists(FEBRUARY)

    read(30)

    assert heard == [["2027-01-05", "2027-01-08", "block"]]
    assert session.get_one(Feed, feed.id).echoes == []


def test_closes_the_nights_itself_once_the_channel_has_read_us_without_them(
    room: Room, feed: Feed, read: Read, platform: Platform
) -> None:
    show(feed, CLOSED[:2])
    platform.lists(CLOSED)
    read(15)
    show(feed)

    done = read(30)  # the very same body

    assert done.added == 1
    assert nights_taken(room) == nights(*CLOSED[:2])


def test_believes_a_person_who_says_that_an_echo_is_a_guest(
    room: Room, feed: Feed, read: Read, platform: Platform
) -> None:
    show(feed, CLOSED[:2])
    platform.lists(CLOSED)
    read(15)
    session.get_one(Feed, feed.id).never_echoes = [list(CLOSED[:2])]
    session.commit()

    assert read(30).added == 1

    assert nights_taken(room) == nights(*CLOSED[:2])


def test_ends_a_closure_that_turns_out_to_repeat_a_guest_of_another_platform(
    house: Property, room: Room, feed: Feed, read: Read, platform: Platform, read_other: ReadOther
) -> None:
    platform.lists(CLOSED)
    read()
    platform.lists(JANUARY)
    read_other(ChannelName.VRBO, 1)
    platform.lists(CLOSED)

    read(15)

    verbs = session.scalars(
        select(FeedChange.verb).where(FeedChange.feed_id == feed.id).order_by(FeedChange.id)
    )
    assert list(verbs) == ["add", "echo"]
    assert nights_taken(room) == nights(*JANUARY[:2])


def busy_for(house: Property, room: Room, platform: Platform, minutes: float) -> set[date]:
    """Return the nights that the room's listing on Vrbo is told to close."""
    other = session.scalars(
        select(Feed).where(Feed.room_id == room.id, Feed.channel == ChannelName.VRBO)
    ).first()
    other = other or open_feed(house, room, "", ChannelName.VRBO)
    return {
        night
        for start, end in channels.export(feed=other, now=at(minutes)).ranges
        for night in nights(start.isoformat(), end.isoformat())
    }


def test_tells_nobody_for_a_day_of_what_may_be_the_last_echo_of_a_ring(
    house: Property, room: Room, feed: Feed, read: Read, platform: Platform
) -> None:
    show(feed, CLOSED[:2])
    platform.lists(CLOSED)
    read(15)
    show(feed)
    read(30)  # its own by now

    assert nights_taken(room) == nights(*CLOSED[:2])
    assert busy_for(house, room, platform, 31) == set()
    assert busy_for(house, room, platform, 31 + 24 * 60) == nights(*CLOSED[:2])


def test_tells_nobody_for_a_day_of_a_stay_that_became_a_closure_of_other_make(
    house: Property, room: Room, read: Read, platform: Platform
) -> None:
    platform.lists(JANUARY)
    read()
    told = busy_for(house, room, platform, 1)
    platform.lists(CLOSED)  # the same nights under another UID

    read(15)

    assert told == nights(*JANUARY[:2])
    assert nights_taken(room) == nights(*JANUARY[:2])
    assert busy_for(house, room, platform, 16) == set()
    assert busy_for(house, room, platform, 16 + 24 * 60) == nights(*JANUARY[:2])


def test_keeps_a_stay_closed_everywhere_whose_platform_only_words_it_otherwise(
    house: Property, room: Room, read: Read, platform: Platform
) -> None:
    stay = ("2027-01-05", "2027-01-08", "closed-or-not")
    platform.body = calendar(stay).replace(b"Airbnb (Not available)", b"Reserved")
    read()
    platform.lists(stay)

    read(15)

    assert busy_for(house, room, platform, 16) == nights(*stay[:2])


def test_tells_everybody_at_once_when_a_quiet_closure_turns_out_to_be_a_guest(
    house: Property, room: Room, feed: Feed, read: Read, platform: Platform
) -> None:
    show(feed, CLOSED[:2])
    platform.lists(CLOSED)
    read(15)
    show(feed)
    read(30)
    quiet = busy_for(house, room, platform, 31)
    platform.lists((*CLOSED[:2], "guest@airbnb.com"))

    read(45)

    assert quiet == set()
    assert busy_for(house, room, platform, 46) == nights(*CLOSED[:2])


def test_keeps_a_quiet_closure_quiet_while_it_is_missing(
    house: Property, room: Room, feed: Feed, read: Read, platform: Platform
) -> None:
    show(feed, CLOSED[:2])
    platform.lists(CLOSED)
    read(15)
    show(feed)
    read(30)
    platform.lists()
    read(45)
    a_day_later = 24 * 60 + 40

    assert busy_for(house, room, platform, a_day_later) == set()
