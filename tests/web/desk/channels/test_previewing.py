"""Reception looks at a platform's calendar as it is now; looking changes nothing and names nobody."""

from __future__ import annotations

from datetime import timedelta

from flask.testing import FlaskClient

from app.database import session
from app.models import Feed, Room
from tests.cast import NOW
from tests.platforms import Platform
from tests.web.desk.channels.conftest import FEBRUARY, JANUARY, PAGE, taken


def look(samir: FlaskClient, feed: Feed) -> str:
    """Press the button."""
    feed_id = feed.id
    answer = samir.submit(f"{PAGE}/{feed_id}", {}, to=f"{PAGE}/{feed_id}/look")
    assert answer.status_code == 200
    return answer.text


def test_shows_kinds_and_days_and_takes_nothing(
    samir: FlaskClient, room: Room, feed: Feed, platform: Platform
) -> None:
    room_id = room.id
    platform.lists(JANUARY, (*FEBRUARY[:2], "closed"))

    page = look(samir, feed)

    assert "a guest" in page
    assert "a closure" in page
    assert "4821" not in page
    assert taken(room_id) == set()
    session.refresh(feed)
    assert feed.attempted_at is None


def test_says_what_is_wrong_with_it(samir: FlaskClient, feed: Feed, platform: Platform) -> None:
    platform.status = 404
    gone = look(samir, feed)
    platform.status, platform.body = 200, b"<html>Please sign in</html>"

    assert "error 404" in gone
    assert "a web page, not a calendar" in look(samir, feed)


def test_says_that_it_is_empty(samir: FlaskClient, feed: Feed, platform: Platform) -> None:
    platform.lists()

    assert "This calendar is empty" in look(samir, feed)


def test_wonders_when_a_platform_has_not_read_us_for_a_day(samir: FlaskClient, feed: Feed) -> None:
    fresh = samir.get(PAGE).text
    feed.created_at = NOW - timedelta(days=1)
    session.commit()

    assert "has not read it yet" in fresh
    assert "has never read it: look whether" in samir.get(PAGE).text
