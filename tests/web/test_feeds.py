"""The door of the platforms: a calendar for whoever has the token, and nothing for anybody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select

from app.database import session
from app.models import ChannelName, Feed, Property, Room
from app.services import blocks, channels
from app.web.feeds import feed_address
from pricing.stay import Stay
from tests.cast import NOW
from tests.platforms import VAULT


@pytest.fixture
def feed(house: Property) -> Feed:
    """Return the feed of Le Jardin on Airbnb; the room is closed for three nights."""
    room = session.scalars(select(Room).where(Room.property_id == house.id, Room.name == "Le Jardin")).one()
    stay = Stay(date(2027, 1, 5), date(2027, 1, 8))
    blocks.block(house=house, room_id=room.id, stay=stay, reason="repair", note="", actor="user:1", now=NOW)
    return channels.save_feed(
        house=house,
        room_id=room.id,
        channel=ChannelName.AIRBNB,
        url="",
        vault=VAULT,
        check_address=lambda _: None,
        actor="user:1",
        now=NOW,
    )


@pytest.fixture
def path(client: FlaskClient, feed: Feed) -> str:
    """Return the way to that feed."""
    return path_of(client.application, feed)


def path_of(app: Flask, feed: Feed) -> str:
    """Return the way to a feed."""
    with app.test_request_context():
        return urlsplit(feed_address(feed.public_id, feed.token_version)).path


def served_at(feed: Feed) -> object:
    """Return when the channel came last."""
    return session.scalar(select(Feed.served_at).where(Feed.id == feed.id))


def test_gives_a_channel_its_calendar(client: FlaskClient, feed: Feed, path: str) -> None:
    response = client.get(path)

    assert path.endswith(".ics")
    assert response.content_type == "text/calendar; charset=utf-8"
    (entry,) = Calendar.from_ical(response.data).walk("VEVENT")
    assert (entry.start, entry.end) == (date(2027, 1, 5), date(2027, 1, 8))
    assert served_at(feed) is not None


def test_sends_the_headers_of_a_private_file(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers

    assert headers["Content-Disposition"].startswith("inline")
    assert headers["Content-Disposition"].endswith('.ics"')
    assert "private" in headers["Cache-Control"]
    assert headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in headers
    assert "Location" not in headers


def test_answers_304_until_a_night_changes(
    client: FlaskClient, house: Property, feed: Feed, path: str
) -> None:
    tag = client.get(path).headers["ETag"]

    unchanged = client.get(path, headers={"If-None-Match": tag})
    stay = Stay(date(2027, 2, 5), date(2027, 2, 8))
    blocks.block(
        house=house, room_id=feed.room_id, stay=stay, reason="repair", note="", actor="user:1", now=NOW
    )
    changed = client.get(path, headers={"If-None-Match": tag})

    assert (unchanged.status_code, unchanged.data, unchanged.headers["ETag"]) == (304, b"", tag)
    assert (changed.status_code, changed.data.count(b"BEGIN:VEVENT")) == (200, 2)


def test_trusts_no_date_of_a_reader(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"If-Modified-Since": "Sat, 01 Jan 2050 00:00:00 GMT"})

    assert response.status_code == 200


def test_answers_head_without_body_and_without_counting_it_as_read(
    client: FlaskClient, feed: Feed, path: str
) -> None:
    response = client.head(path)

    assert (response.status_code, response.data) == (200, b"")
    assert served_at(feed) is None
    assert response.headers["ETag"] == client.get(path).headers["ETag"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: token[:-1] + ("a" if token[-1] != "a" else "b"),
        lambda _: "x",
        lambda token: token.split("-")[0] + "-",
        lambda token: "0" * 16 + token[16:],
        lambda token: token + "é",
        lambda token: token.upper(),
    ],
)
def test_knows_no_wrong_token(
    client: FlaskClient, feed: Feed, path: str, spoil: Callable[[str], str]
) -> None:
    token = path.removeprefix("/feeds/").removesuffix(".ics")

    response = client.get(f"/feeds/{spoil(token)}.ics")

    assert response.status_code == 404
    assert served_at(feed) is None


def test_knows_an_old_token_no_more(client: FlaskClient, house: Property, feed: Feed, path: str) -> None:
    renewed = channels.rotate_token(house=house, feed_id=feed.id, actor="user:1", now=NOW)

    assert client.get(path).status_code == 404
    assert client.get(path_of(client.application, renewed)).status_code == 200


def test_serves_no_room_under_the_name_of_another_house(client: FlaskClient, path: str) -> None:
    assert client.get(path, base_url="http://lac.test").status_code == 404


def test_gives_each_channel_a_token_that_nobody_guesses(client: FlaskClient, path: str) -> None:
    mac = path.removesuffix(".ics").rpartition("-")[2]

    assert len(mac) * 5 >= 128


def test_asks_whoever_reads_too_often_to_wait(client: FlaskClient, path: str) -> None:
    answers = [client.get(path).status_code for _ in range(61)]

    assert answers == [200] * 60 + [429]
    assert int(client.get(path).headers["Retry-After"]) > 0


def test_logs_the_rule_and_never_the_token(
    client: FlaskClient, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        client.get(path)

    assert path.rpartition("/")[2] not in caplog.text
    assert path.removesuffix(".ics").rpartition("-")[2] not in "".join(
        str(vars(record)) for record in caplog.records
    )
