"""One feed at the desk: opened, read, given another address; every state in plain words, no secret on any page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.database import session
from app.models import ChannelName, ChannelStay, Feed, Property, Room
from app.services import channels
from tests.cast import NOW
from tests.platforms import VAULT, Platform
from tests.web.desk.channels.conftest import FEBRUARY, JANUARY, PAGE, address_on, taken


def test_opens_a_feed_and_reads_it_at_once(samir: FlaskClient, room: Room, platform: Platform) -> None:
    room_id = room.id
    platform.lists(JANUARY)

    answer = samir.submit(PAGE, {"room": str(room_id), "channel": "airbnb", "url": platform.url})

    assert answer.headers["Location"].endswith("/first")
    assert taken(room_id) == {date(2027, 1, 5), date(2027, 1, 6), date(2027, 1, 7)}
    page = samir.get(PAGE).text
    assert "1 new" in page
    assert "1 stay" in page
    assert "is-fresh" in page


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://10.0.0.1/a.ics", "private network"),
        ("http://localhost/feeds/x.ics", "this very house"),
        ("file:///etc/passwd", "must begin with"),
        ("x" * 2100, "too long"),
        ("http://[::1", "not well formed"),
    ],
)
def test_says_beside_the_field_why_an_address_will_not_do(
    samir: FlaskClient, room: Room, url: str, words: str
) -> None:
    answer = samir.submit(PAGE, {"room": str(room.id), "channel": "airbnb", "url": url})

    assert answer.status_code == 422
    assert 'id="url-error"' in answer.text
    assert words in answer.text
    assert session.scalar(select(func.count()).select_from(Feed)) == 0


def test_refuses_a_room_of_another_house(samir: FlaskClient, house: Property) -> None:
    theirs = session.scalars(select(Room.id).where(Room.property_id != house.id)).first()

    answer = samir.submit(PAGE, {"room": str(theirs), "channel": "airbnb", "url": ""})

    assert answer.status_code == 422


def test_gives_the_address_that_works(samir: FlaskClient, feed: Feed) -> None:
    page = samir.get(f"{PAGE}/{feed.id}").text

    assert samir.get(address_on(page)).status_code == 200


def test_shows_the_secret_of_a_platform_to_nobody(samir: FlaskClient, feed: Feed, platform: Platform) -> None:
    feed_id = feed.id
    platform.status = 500
    samir.submit(PAGE, {}, to=f"{PAGE}/{feed_id}/read")

    pages = samir.get(PAGE).text + samir.get(f"{PAGE}/{feed_id}").text

    assert "a-very-secret-word" not in pages


@pytest.mark.parametrize(("language", "words"), [("en", "error 503"), ("fr", "erreur 503")])
def test_says_in_the_language_of_the_page_what_is_wrong(
    samir: FlaskClient, feed: Feed, platform: Platform, language: str, words: str
) -> None:
    platform.status = 503
    samir.submit(PAGE, {}, to=f"{PAGE}/{feed.id}/read")

    page = samir.get(f"/{language}/desk/channels").text

    assert words in page
    assert "is-broken" in page


def test_frees_nights_at_the_word_of_a_person_only(
    samir: FlaskClient, room: Room, feed: Feed, platform: Platform
) -> None:
    room_id, address = room.id, f"{PAGE}/{feed.id}"
    platform.lists(JANUARY, FEBRUARY)
    samir.submit(PAGE, {}, to=f"{address}/read")
    platform.lists()
    samir.submit(PAGE, {}, to=f"{address}/read")
    held = taken(room_id)
    session.rollback()

    assert "really gone" in samir.get(address).text
    assert f'<a href="{address}">Are these stays really gone?' in samir.get(PAGE).text
    assert "waits for an answer" in samir.get("/en/desk/").text
    samir.submit(address, {}, to=f"{address}/gone")

    assert len(held) == 6
    assert taken(room_id) == set()


def test_leaves_no_night_closed_behind_an_empty_address(
    samir: FlaskClient, room: Room, feed: Feed, platform: Platform
) -> None:
    room_id = room.id
    platform.lists(JANUARY)
    samir.submit(PAGE, {}, to=f"{PAGE}/{feed.id}/read")

    answer = samir.submit(PAGE, {"room": str(room_id), "channel": "airbnb", "url": ""})

    assert answer.status_code == 422
    assert "which frees its nights" in answer.text
    assert VAULT.open(session.get_one(Feed, feed.id).sealed_url) == platform.url
    assert len(taken(room_id)) == 3


def test_changes_an_address_and_reads_the_new_one(samir: FlaskClient, feed: Feed, platform: Platform) -> None:
    address = f"{PAGE}/{feed.id}"

    samir.submit(address, {"url": f"{platform.url}&new"})

    session.expire_all()
    assert VAULT.open(session.get_one(Feed, feed.id).sealed_url).endswith("&new")
    assert len(platform.asked) == 1


def test_lets_a_volunteer_look_and_change_nothing(
    signed_in: Callable[[str], FlaskClient], feed: Feed
) -> None:
    feed_id = feed.id
    odile = signed_in("odile")
    feed.fault_code = "unreachable"
    session.commit()

    page = odile.get(PAGE)
    statuses = {
        odile.get(f"{PAGE}/{feed_id}").status_code,
        *(
            odile.submit(PAGE, {}, to=f"{PAGE}/{feed_id}/{deed}").status_code
            for deed in ("read", "pause", "rotate", "forget")
        ),
    }

    assert (page.status_code, "Add a calendar" in page.text) == (200, False)
    assert "tell the reception or the manager" in page.text
    assert "/feeds/" not in page.text  # an address that reads our calendar is for those who give it away
    assert statuses == {403}


def test_knows_no_feed_of_another_house(samir: FlaskClient, house: Property) -> None:
    theirs = session.scalars(select(Room).where(Room.property_id != house.id)).first()
    assert theirs is not None
    lac = session.get_one(Property, theirs.property_id)
    feed = channels.save_feed(
        house=lac,
        room_id=theirs.id,
        channel=ChannelName.AIRBNB,
        url="",
        vault=VAULT,
        check_address=lambda _: None,
        actor="user:9",
        now=NOW,
    )
    feed_id = feed.id

    assert "Lac" not in samir.get(PAGE).text
    assert samir.get(f"{PAGE}/{feed_id}").status_code == 404
    for deed in ("read", "rotate", "resume", "forget"):
        assert samir.submit(PAGE, {}, to=f"{PAGE}/{feed_id}/{deed}").status_code == 404


def test_says_how_long_ago_the_platform_came(samir: FlaskClient, feed: Feed) -> None:
    feed.served_at = NOW - timedelta(hours=2)
    session.commit()

    assert "2 hours ago" in samir.get(PAGE).text
    assert "il y a 2 heures" in samir.get("/fr/desk/channels").text


def test_keeps_no_name_and_no_number_of_a_platforms_guest(
    samir: FlaskClient, feed: Feed, platform: Platform
) -> None:
    platform.lists(JANUARY)
    samir.submit(PAGE, {}, to=f"{PAGE}/{feed.id}/read")

    (stay,) = session.scalars(select(ChannelStay)).all()

    assert "4821" not in str(vars(stay))
    assert "4821" not in samir.get(PAGE).text
