"""Connecting a platform on the first day: plain words for each, the price to type, and room by room both addresses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.database import session
from app.models import ChannelName, Feed, Property, Room
from tests.platforms import Platform
from tests.web.desk.channels.conftest import JANUARY, PAGE, address_on, taken

CONNECT = f"{PAGE}/connect"


@pytest.fixture
def marie(signed_in: Callable[[str], FlaskClient]) -> FlaskClient:
    """Return the browser of the manager."""
    return signed_in("marie")


def test_offers_every_platform(marie: FlaskClient) -> None:
    page = marie.get(CONNECT).text

    assert [name for name in ChannelName if f'/connect/{name}"' not in page] == []


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("channel", "words"),
    [
        ("airbnb", ".ics"),
        ("booking", "20"),
        ("vrbo", "Vrbo"),
        ("gites", "Gîtes de France"),
        ("google", "24"),
        ("other", "Hostelworld"),
    ],
)
def test_says_the_limits_of_each_platform(
    marie: FlaskClient, channel: str, words: str, language: str
) -> None:
    page = marie.get(f"/{language}/desk/channels/connect/{channel}")

    assert page.status_code == 200
    assert words in page.text


def test_knows_no_other_platform(marie: FlaskClient) -> None:
    assert marie.get(f"{CONNECT}/hostelworld").status_code == 404


def test_gives_the_real_cost_as_the_price_to_type(marie: FlaskClient) -> None:
    page = marie.get(f"{CONNECT}/airbnb").text

    table = page[page.index('id="prices"') :]
    assert [amount in table for amount in ("€52", "€62", "€75")] == [
        True
    ] * 3  # 52.40, 62 and 74.90 to the euro


def test_asks_no_price_for_a_mere_view(marie: FlaskClient) -> None:
    assert 'id="prices"' not in marie.get(f"{CONNECT}/google").text


def test_makes_our_address_before_there_is_theirs(marie: FlaskClient, room: Room) -> None:
    page = f"{CONNECT}/vrbo"

    answer = marie.submit(page, {f"room-{room.id}-url": ""}, to=f"{page}/{room.id}")

    assert answer.headers["Location"].endswith(f"#room-{room.id}")
    assert marie.get(address_on(marie.get(page).text)).status_code == 200


def test_reads_their_address_at_once_and_shows_what_is_in_it(
    marie: FlaskClient, room: Room, platform: Platform
) -> None:
    room_id, page = room.id, f"{CONNECT}/airbnb"
    platform.lists(JANUARY)

    answer = marie.submit(page, {f"room-{room_id}-url": platform.url}, to=f"{page}/{room_id}")

    assert date(2027, 1, 5) in taken(room_id)
    shown = marie.get(answer.headers["Location"]).text
    assert "arrives Tue 5 January, leaves Fri 8 January" in shown
    again = marie.get(page).text
    assert "An address of 127.0.0.1 is read." in again
    assert "a-very-secret-word" not in again + shown


def test_says_beside_the_room_why_an_address_will_not_do(marie: FlaskClient, room: Room) -> None:
    page = f"{CONNECT}/airbnb"

    answer = marie.submit(page, {f"room-{room.id}-url": "http://10.0.0.1/a.ics"}, to=f"{page}/{room.id}")

    assert answer.status_code == 422
    assert f'id="room-{room.id}-url-error"' in answer.text
    assert session.scalar(select(func.count()).select_from(Feed)) == 0


def test_connects_no_room_of_another_house(marie: FlaskClient, house: Property) -> None:
    theirs = session.scalars(select(Room.id).where(Room.property_id != house.id)).first()

    answer = marie.submit(f"{CONNECT}/airbnb", {}, to=f"{CONNECT}/airbnb/{theirs}")

    assert answer.status_code == 404


def test_leaves_connecting_to_the_manager(samir: FlaskClient) -> None:
    assert samir.get(CONNECT).status_code == 403
    assert "Connect a platform" not in samir.get(PAGE).text
