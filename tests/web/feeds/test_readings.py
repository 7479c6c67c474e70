"""What a platform has read is remembered: by it echoes are judged, and the host sees who came (R50)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import current_app
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from app.database import session
from app.models import Feed, FeedReading, Property
from app.services import blocks, channels
from app.services.channels.readings import shown_of
from app.web.feeds import own_check_mark
from calendars.echoes import Shown
from tests.cast import NOW
from tests.statements import counted
from tests.web.feeds.conftest import Close, Visit

FIRST = (date(2027, 1, 5), date(2027, 1, 8))
SECOND = (date(2027, 2, 5), date(2027, 2, 8))
HOUR = timedelta(hours=1)
LIMIT = 5


def known(feed: Feed) -> tuple[Shown, ...]:
    """Return what the channel knows of us."""
    session.refresh(feed)
    return shown_of(feed)


@pytest.fixture
def strict(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody come more than a few times an hour."""
    config = replace(client.application.config["HOUSE"], feed_reads_per_hour=LIMIT)
    monkeypatch.setitem(client.application.config, "HOUSE", config)


def statuses(feed: Feed) -> list[int]:
    """Return the answers that were logged, in their order."""
    rows = select(FeedReading.status).where(FeedReading.feed_id == feed.id).order_by(FeedReading.id)
    return list(session.scalars(rows))


def test_remembers_what_was_read_and_since_when_it_stands_there(
    feed: Feed, visit: Visit, close: Close
) -> None:
    visit(NOW)
    close("2027-02-05", "2027-02-08")
    visit(NOW + HOUR)

    assert known(feed) == (Shown(*FIRST, since=NOW), Shown(*SECOND, since=NOW + HOUR))
    assert feed.served_at == NOW + HOUR


def test_counts_a_304_as_a_reading_of_the_same_nights(feed: Feed, visit: Visit) -> None:
    tag = visit(NOW).headers["ETag"]

    visit(NOW + HOUR, If_None_Match=tag)

    assert known(feed) == (Shown(*FIRST, since=NOW),)
    assert feed.served_at == NOW + HOUR


def test_forgets_nights_that_the_channel_has_read_to_be_free(
    house: Property, feed: Feed, visit: Visit, close: Close
) -> None:
    block_id = close("2027-02-05", "2027-02-08")
    visit(NOW)
    blocks.unblock(house=house, block_id=block_id, actor="user:1", now=NOW)
    visit(NOW + HOUR)
    close("2027-02-05", "2027-02-08")
    visit(NOW + 2 * HOUR)

    assert known(feed) == (Shown(*FIRST, since=NOW), Shown(*SECOND, since=NOW + 2 * HOUR))


def test_takes_nobody_for_a_reader_who_has_not_read(feed: Feed, visit: Visit, client: FlaskClient) -> None:
    visit(method="HEAD")
    visit(method="OPTIONS")
    client.get("/feeds/nobody-knows.ics")

    assert known(feed) == ()
    assert feed.served_at is None


def test_takes_its_own_look_for_no_reading(feed: Feed, visit: Visit) -> None:
    mark = own_check_mark_of(visit, feed)

    answer = visit(**mark)

    assert answer.status_code == 200
    assert visit(If_None_Match=answer.headers["ETag"], **mark).status_code == 304
    assert (known(feed), statuses(feed)) == ((), [])


def test_lets_no_stranger_look_unseen(feed: Feed, visit: Visit) -> None:
    visit(X_Own_Check="a" * 26)
    visit(X_Own_Check="é")

    assert len(statuses(feed)) == 2


def own_check_mark_of(visit: Visit, feed: Feed) -> dict[str, str]:
    """Return the header by which the house knows itself."""
    with current_app.test_request_context():
        mark = own_check_mark(feed.public_id, feed.token_version)
    return {name.replace("-", "_"): value for name, value in mark.items()}


def test_tells_the_host_who_came(house: Property, feed: Feed, visit: Visit) -> None:
    tag = visit(User_Agent="Airbnb/1.0\u0085" + "x" * 300).headers["ETag"]
    visit(NOW + HOUR, If_None_Match=tag, User_Agent="Airbnb/1.0")

    latest, first = channels.list_readings(property_id=house.id, feed_id=feed.id)

    assert (latest.at, latest.status, latest.network, latest.user_agent) == (
        NOW + HOUR,
        304,
        "127.0.0.0/24",
        "Airbnb/1.0",
    )
    assert (first.status, len(first.user_agent), first.user_agent.isprintable()) == (200, 200, True)
    assert channels.list_readings(property_id=house.id + 1, feed_id=feed.id) == ()


@pytest.mark.usefixtures("strict")
def test_asks_whoever_reads_too_often_to_wait(feed: Feed, visit: Visit) -> None:
    answers = [visit(NOW + timedelta(seconds=number)) for number in range(LIMIT + 10)]

    assert [answer.status_code for answer in answers] == [200] * LIMIT + [429] * 10
    assert statuses(feed) == [200] * LIMIT + [429]  # one line tells it: the log stays bounded
    assert answers[-1].headers["Retry-After"] == str(3600 - (LIMIT + 9))
    assert feed.served_at is not None
    session.refresh(feed)
    assert feed.served_at == NOW + timedelta(seconds=LIMIT - 1)


@pytest.mark.usefixtures("strict")
def test_answers_again_when_the_reader_has_waited(visit: Visit) -> None:
    for _ in range(LIMIT):
        visit()
    wait = timedelta(seconds=int(visit(NOW + timedelta(minutes=59)).headers["Retry-After"]))

    assert visit(NOW + timedelta(minutes=59) + wait - timedelta(seconds=1)).status_code == 429
    assert visit(NOW + timedelta(minutes=59) + wait).status_code == 200


@pytest.mark.usefixtures("strict")
def test_counts_each_calendar_by_itself_wherever_its_reader_is(feed: Feed, visit: Visit) -> None:
    for number in range(LIMIT + 1):
        visit(X_Forwarded_For=f"192.0.2.{number}", User_Agent=str(number))

    assert visit(User_Agent="another").status_code == 429


def test_forgets_readings_after_ninety_days(house: Property, feed: Feed, visit: Visit) -> None:
    visit(NOW)
    visit(NOW + timedelta(days=1))

    assert channels.forget_readings(now=NOW + timedelta(days=90)) == 0
    assert channels.forget_readings(now=NOW + timedelta(days=90, seconds=1)) == 1
    assert len(channels.list_readings(property_id=house.id, feed_id=feed.id)) == 1
    assert known(feed)  # what the channel knows is not the log's to forget


def test_believes_the_later_of_two_readings_at_once(feed: Feed, visit: Visit, close: Close) -> None:
    visit(NOW + HOUR)
    session.execute(update(Feed).values(served_at=NOW + 2 * HOUR))
    close("2027-02-05", "2027-02-08")

    visit(NOW + HOUR)

    assert known(feed) == (Shown(*FIRST, since=NOW + HOUR),)


@pytest.mark.parametrize("headers", [{}, {"If_None_Match": "*"}])
def test_asks_the_database_a_fixed_number_of_times(
    visit: Visit, close: Close, headers: dict[str, str]
) -> None:
    numbers = []
    for days in (0, 1, 20):
        for day in range(days):
            close(f"2027-03-{day + 1:02}", f"2027-03-{day + 2:02}")
        session.commit()
        with counted() as statements:
            visit(**headers)
        numbers.append(len(statements))

    assert numbers == [7, 7, 7], statements


def test_writes_nothing_for_a_wrong_token(client: FlaskClient, feed: Feed) -> None:
    for token in (feed.public_id, f"{feed.public_id}-", f"{feed.public_id}-{'a' * 26}", "x"):
        assert client.get(f"/feeds/{token}.ics").status_code == 404

    assert session.scalar(select(func.count()).select_from(FeedReading)) == 0
