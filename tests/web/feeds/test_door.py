"""The door of the platforms: a calendar for whoever has the token, and nothing for anybody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select

from app.database import session
from app.models import Feed, Property
from app.services import channels
from tests.cast import NOW
from tests.web.feeds.conftest import Visit, Way


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
    assert headers["Cache-Control"] == "private, max-age=0, must-revalidate"
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in headers
    assert "Location" not in headers


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


def test_knows_an_old_token_no_more(
    client: FlaskClient, house: Property, feed: Feed, path: str, way: Way
) -> None:
    renewed = channels.rotate_token(house=house, feed_id=feed.id, actor="user:1", now=NOW)

    assert client.get(path).status_code == 404
    assert client.get(way(renewed)).status_code == 200


def test_answers_an_old_address_for_as_long_as_the_host_wants(
    client: FlaskClient, house: Property, feed: Feed, path: str, way: Way, visit: Visit
) -> None:
    day = timedelta(days=1)
    renewed = channels.rotate_token(house=house, feed_id=feed.id, overlap=day, actor="user:1", now=NOW)

    assert visit(NOW + day - timedelta(seconds=1)).status_code == 200
    assert visit(NOW + day).status_code == 404
    assert client.get(way(renewed)).status_code == 200


def test_answers_no_address_older_than_the_last_one(house: Property, feed: Feed, visit: Visit) -> None:
    for _ in range(2):
        channels.rotate_token(
            house=house, feed_id=feed.id, overlap=timedelta(days=7), actor="user:1", now=NOW
        )

    assert visit().status_code == 404


def test_stops_an_overlap_with_another_token_at_once(house: Property, feed: Feed, visit: Visit) -> None:
    channels.rotate_token(house=house, feed_id=feed.id, overlap=timedelta(days=7), actor="user:1", now=NOW)
    feed.old_token_until = None
    session.commit()

    assert visit().status_code == 404


def test_serves_no_room_under_the_name_of_another_house(client: FlaskClient, path: str) -> None:
    assert client.get(path, base_url="http://lac.test").status_code == 404


def test_gives_each_channel_a_token_that_nobody_guesses(client: FlaskClient, path: str) -> None:
    mac = path.removesuffix(".ics").rpartition("-")[2]

    assert len(mac) * 5 >= 128


def test_logs_the_rule_and_never_the_token(
    client: FlaskClient, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        client.get(path)

    assert path.rpartition("/")[2] not in caplog.text
    assert path.removesuffix(".ics").rpartition("-")[2] not in "".join(
        str(vars(record)) for record in caplog.records
    )
