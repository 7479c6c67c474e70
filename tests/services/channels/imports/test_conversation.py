"""How the house speaks with a platform: by name, rarely while it fails, and never twice over the same."""

from __future__ import annotations

from datetime import timedelta

from app.database import session
from app.models import (
    Feed,
    Property,
    Room,
)
from app.services import channels
from tests.cast import NOW
from tests.platforms import Platform
from tests.services.channels.conftest import Read, at, nights, nights_taken
from tests.services.channels.imports.listed import FEBRUARY, JANUARY


def test_comes_back_more_rarely_while_a_feed_fails_and_obeys_its_server(
    feed: Feed, read: Read, platform: Platform
) -> None:
    platform.status = 503
    pauses = []
    for minutes in (0, 100, 200, 300, 400):
        read(minutes)
        pauses.append(session.get_one(Feed, feed.id).due_at - at(minutes))
    platform.headers["Retry-After"] = "7200"
    read(500)

    assert [pause // timedelta(minutes=1) for pause in pauses] == [15, 30, 60, 60, 60]
    assert session.get_one(Feed, feed.id).due_at == at(500) + timedelta(hours=2)


def test_asks_only_for_news_within_a_day_and_for_everything_the_next(read: Read, platform: Platform) -> None:
    platform.lists(JANUARY)
    platform.headers["ETag"] = '"v1"'
    read()
    platform.status = 304

    unchanged = read(15)
    platform.status = 200
    read(24 * 60)

    assert (unchanged.fault_code, unchanged.released) == ("", 0)
    assert [asked.get("If-None-Match") for asked in platform.asked] == [None, '"v1"', None]


def test_names_itself_and_a_contact_to_the_platform(read: Read, platform: Platform) -> None:
    read()

    assert "JusteNuit" in platform.asked[0]["User-Agent"]
    assert "bonjour@maison.test" in platform.asked[0]["User-Agent"]


def test_leaves_a_paused_feed_alone(house: Property, feed: Feed, read: Read, platform: Platform) -> None:
    channels.pause_feed(house=house, feed_id=feed.id, keeps_nights=True, actor="user:1", now=NOW)
    platform.lists(JANUARY)

    assert read().verdict is None

    assert platform.asked == []


def test_lets_an_older_answer_not_undo_a_newer_one(room: Room, read: Read, platform: Platform) -> None:
    platform.lists(JANUARY, FEBRUARY)
    read(10)
    platform.lists(JANUARY)

    assert read(9).verdict is None

    assert nights("2027-02-10", "2027-02-12") <= nights_taken(room)


def test_believes_an_older_answer_where_the_newer_one_failed(
    room: Room, read: Read, platform: Platform
) -> None:
    platform.status = 500
    read(10)
    platform.status = 200
    platform.lists(JANUARY)

    assert read(9).added == 1

    assert nights_taken(room) == nights("2027-01-05", "2027-01-08")


def test_comes_back_a_little_earlier_or_later_than_the_others(feed: Feed, platform: Platform) -> None:
    pauses = []
    for minutes, drawn in ((0, 0.0), (20, 0.5), (40, 0.999)):
        rhythm = channels.Rhythm(timedelta(minutes=15), draw=lambda drawn=drawn: drawn)
        channels.import_feed(feed_id=feed.id, fetch=platform.reader.fetch, now=at(minutes), rhythm=rhythm)
        pauses.append(round((session.get_one(Feed, feed.id).due_at - at(minutes)) / timedelta(minutes=1), 1))

    assert pauses == [13.5, 15.0, 16.5]
