"""A look at a feed takes nothing from it, names nobody, and a calendar of ours is none to read."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from app.database import session
from app.models import ChannelName, ChannelStay, Feed, FeedChange, Property, Room
from app.services import channels
from calendars.feed import Kind
from calendars.fetch import FetchFailed
from pricing.stay import Stay
from tests.platforms import Platform
from tests.services.channels.conftest import Read, at, nights_taken, open_feed

FOLDED = b"PRODID:-//Juste Nuit//Calen\r\n dars 1//EN"


def look(house: Property, feed: Feed, platform: Platform) -> channels.Preview:
    """Look at a feed."""
    return channels.preview_lines(
        house=house, feed_id=feed.id, fetch=platform.reader.fetch, now=at(1), language="en"
    )


def test_shows_what_a_feed_says_and_nothing_of_whom(house: Property, feed: Feed, platform: Platform) -> None:
    platform.lists(("2027-01-05", "2027-01-08", "one"), ("2027-02-05", "2027-02-08", "closed"))

    preview = look(house, feed, platform)

    assert preview.lines == (
        channels.ReadStay(Stay(date(2027, 1, 5), date(2027, 1, 8)), Kind.RESERVATION),
        channels.ReadStay(Stay(date(2027, 2, 5), date(2027, 2, 8)), Kind.BLOCK),
    )
    assert (preview.verdict, preview.fault_code, preview.count) == ("accept", "", 2)
    assert "4821" not in repr(preview)


def test_takes_nothing_by_looking(house: Property, room: Room, feed: Feed, platform: Platform) -> None:
    platform.lists(("2027-01-05", "2027-01-08", "one"))

    look(house, feed, platform)

    assert nights_taken(room) == set()
    assert session.scalar(select(func.count()).select_from(ChannelStay)) == 0
    assert session.scalar(select(func.count()).select_from(FeedChange)) == 0
    assert (feed.attempted_at, feed.read_well_at, feed.digest) == (None, None, "")


def test_asks_for_the_whole_feed(house: Property, feed: Feed, read: Read, platform: Platform) -> None:
    platform.headers = {"ETag": '"one"'}
    read()

    look(house, feed, platform)

    assert "If-None-Match" not in platform.asked[-1]


def test_says_why_a_feed_cannot_be_read(house: Property, feed: Feed, platform: Platform) -> None:
    platform.body = b"<html>Please sign in</html>"
    assert look(house, feed, platform).fault_code == "web_page"

    platform.status = 500
    with pytest.raises(FetchFailed):
        look(house, feed, platform)


def test_looks_at_no_feed_without_an_address(house: Property, room: Room, platform: Platform) -> None:
    only_shown = open_feed(house, room, "", ChannelName.GOOGLE)

    with pytest.raises(channels.FeedNotFound):
        look(house, only_shown, platform)


@pytest.mark.parametrize("is_folded", [False, True])
def test_reads_no_calendar_of_its_own_making(
    house: Property, room: Room, feed: Feed, read: Read, platform: Platform, is_folded: bool
) -> None:
    platform.lists(("2027-01-05", "2027-01-08", "one"))
    read()
    other = open_feed(house, room, "", ChannelName.GOOGLE)
    ours = channels.export(feed=other, now=at(1)).body
    platform.body = ours.replace(b"PRODID:-//Juste Nuit//Calendars 1//EN", FOLDED) if is_folded else ours

    done = read(15)

    assert (done.verdict, done.fault_code) == ("reject", "our_own")
    assert len(nights_taken(room)) == 3
    assert "serves itself" in channels.fault_words("our_own", "", "en")
