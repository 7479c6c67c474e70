"""The address of a platform's calendar is a secret: whoever has it reads the platform's guests (R10)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import Base, db, session
from app.models import ChannelName, Feed, Letter, Property, Room
from app.services import channels
from app.web.letters import compose
from calendars.fetch import FetchFailed
from tests.cast import NOW
from tests.platforms import VAULT, Platform
from tests.web.desk.channels.conftest import JANUARY, PAGE

SECRETS = ("a-very-secret-word", "calendar.ics?t=")
RHYTHM = channels.Rhythm(timedelta(minutes=15), draw=lambda: 0.0)


def assert_kept(*texts: str) -> None:
    """Fail where a text tells what the address is."""
    for text in texts:
        for secret in SECRETS:
            assert secret not in text


def stored() -> str:
    """Return whatever the database holds, as rows and, on SQLite, as the bytes of its files."""
    session.commit()
    with db.engine.connect() as connection:
        rows = [
            str(tuple(row))
            for table in Base.metadata.sorted_tables
            for row in connection.execute(select(table))
        ]
    files = []
    if db.engine.dialect.name == "sqlite":
        database = Path(str(db.engine.url.database))
        files = [path.read_bytes().decode("latin-1") for path in database.parent.glob(f"{database.name}*")]
        assert files
    return "\n".join([*rows, *files])


@pytest.fixture
def life_of_a_feed(
    samir: FlaskClient, house: Property, room: Room, platform: Platform, caplog: pytest.LogCaptureFixture
) -> list[str]:
    """Save a feed, import it, sell a night twice, let it fail in three ways; return every page on the way."""
    room_id = room.id
    pages: list[str] = []
    with caplog.at_level(logging.DEBUG):
        platform.lists(JANUARY)
        other = channels.save_feed(
            house=house,
            room_id=room_id,
            channel=ChannelName.BOOKING,
            url=platform.url + "&other",
            vault=VAULT,
            check_address=lambda _: None,
            actor="user:1",
            now=NOW,
            test_hosts=frozenset({f"127.0.0.1:{platform.port}"}),
        )
        channels.import_feed(feed_id=other.id, fetch=platform.reader.fetch, now=NOW, rhythm=RHYTHM)
        saved = samir.submit(PAGE, {"room": str(room_id), "channel": "airbnb", "url": platform.url})
        assert saved.status_code == 302
        feed_id = session.scalars(select(Feed.id).where(Feed.channel == ChannelName.AIRBNB)).one()
        for status, body in ((200, platform.body), (404, b""), (500, b""), (200, b"<html>sign in</html>")):
            platform.status, platform.body = status, body
            samir.submit(PAGE, {}, to=f"{PAGE}/{feed_id}/read")
            pages += [
                samir.get(path).text
                for path in (PAGE, f"{PAGE}/{feed_id}", "/en/desk/conflicts", "/en/desk/")
            ]
        channels.tell_silence(now=NOW + timedelta(days=1))
    assert session.scalars(select(Feed.fault_code).where(Feed.id == feed_id)).one() == "web_page"
    assert "127.0.0.1" in pages[1]  # its host is shown, so that people can tell it from others
    return pages


def test_shows_no_address_on_any_page(life_of_a_feed: list[str]) -> None:
    assert_kept(*life_of_a_feed)


@pytest.mark.usefixtures("life_of_a_feed")
def test_stores_no_address_in_clear() -> None:
    assert_kept(stored())


@pytest.mark.usefixtures("life_of_a_feed")
def test_logs_no_address(caplog: pytest.LogCaptureFixture) -> None:
    assert_kept(caplog.text, *(str(vars(record)) for record in caplog.records))


@pytest.mark.usefixtures("life_of_a_feed")
def test_writes_no_address_into_a_letter(samir: FlaskClient) -> None:
    letters = session.scalars(select(Letter)).all()

    kinds = {letter.kind for letter in letters}
    assert {"desk_conflict", "desk_silence"} <= kinds
    assert_kept(*(compose(letter, samir.application.config["HOUSE"]).as_string() for letter in letters))


def test_repeats_no_address_when_it_breaks(
    samir: FlaskClient,
    feed: Feed,
    platform: Platform,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def break_down(_reader: object, _sealed_url: str, _validators: object) -> None:
        raise RuntimeError(f"a bug of ours at {platform.url}")

    monkeypatch.setattr("app.gateways.feeds.FeedReader.fetch", break_down)

    answer = samir.submit(PAGE, {}, to=f"{PAGE}/{feed.id}/read")

    assert answer.status_code == 500
    assert_kept(answer.text, stored())


@pytest.mark.parametrize("speak", [repr, str, vars], ids=lambda speak: speak.__name__)
def test_speaks_no_address_in_passing(
    feed: Feed, platform: Platform, speak: Callable[[object], object]
) -> None:
    session.refresh(feed)
    said = [str(speak(feed))]
    if speak is not vars:
        said += [
            str(speak(platform.reader)),
            str(speak(channels.list_feeds(property_id=feed.property_id, now=NOW))),
        ]
        platform.status = 500
        with time_machine.travel(NOW, tick=False), pytest.raises(FetchFailed) as failure:
            channels.preview_lines(
                house=session.get_one(Property, feed.property_id),
                feed_id=feed.id,
                fetch=platform.reader.fetch,
                now=NOW,
                language="en",
            )
        said.append(str(speak(failure.value)))

    assert_kept(*said)
