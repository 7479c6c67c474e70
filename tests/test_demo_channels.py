"""The platforms that the demo plays: real enough to be read, the same for everybody on one day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from threading import Thread

import pytest

from app.demo_channels import PLAYED, PlayedFeed, address, open_server
from app.gateways.feeds import FeedReader
from calendars.feed import Kind, Verdict, read
from calendars.fetch import FetchFailed, Validators
from tests.platforms import VAULT

DAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
feeds = pytest.mark.parametrize("feed", PLAYED, ids=lambda feed: feed.path)


@pytest.fixture
def port() -> Iterator[int]:
    """Yield the port on which the platforms listen."""
    server = open_server(today=lambda: DAY, port=0)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@feeds
def test_plays_feeds_that_are_read_without_a_remark(feed: PlayedFeed) -> None:
    reading = read(feed.text(DAY), timezone="Europe/Paris", check_in=time(15), check_out=time(11), now=NOON)

    assert (reading.verdict, reading.warnings) == (Verdict.ACCEPT, ())
    assert [(block.start, block.end) for block in reading.blocks] == [
        (stay.arrival, stay.departure) for stay in feed.stays(DAY)
    ]
    assert (Kind.UNKNOWN in {block.kind for block in reading.blocks}) == (feed.channel == "booking")


@feeds
def test_plays_stays_that_never_overlap_and_do_not_change_overnight(feed: PlayedFeed) -> None:
    today, tomorrow = list(feed.stays(DAY)), list(feed.stays(DAY + timedelta(days=1)))

    assert len(today) >= 4
    assert all(one.departure <= other.arrival for one, other in pairwise(today))
    assert {stay for stay in today if stay.departure > DAY} <= set(tomorrow)


def test_answers_over_http_and_says_when_nothing_is_new(port: int) -> None:
    reader = FeedReader("bonjour@maison.test", VAULT, frozenset({f"127.0.0.1:{port}"}))
    url = VAULT.seal(address(PLAYED[0], port))

    first = reader.fetch(url, Validators())
    again = reader.fetch(url, Validators(first.etag))

    assert first.body == PLAYED[0].text(DAY)
    assert again.not_modified
    with pytest.raises(FetchFailed):
        reader.fetch(VAULT.seal(f"{address(PLAYED[0], port)}x"), Validators())
