"""The history of a room tells every change that a feed made, and nobody's name (R36)."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import session
from app.models import Feed, FeedChange, Property, Room
from app.services.channels.history import PAGE_SIZE
from tests.cast import NOW
from tests.platforms import Platform
from tests.web.desk.channels.conftest import FEBRUARY, JANUARY, PAGE

LATER = ("2027-01-06", "2027-01-09", JANUARY[2])


def page_of(room: Room) -> str:
    """Return the address of a room's history."""
    return f"/en/desk/rooms/{room.id}/history"


def test_tells_what_came_and_what_moved(
    samir: FlaskClient, room: Room, feed: Feed, platform: Platform
) -> None:
    address, history = f"{PAGE}/{feed.id}", page_of(room)
    platform.lists(JANUARY, FEBRUARY)
    samir.submit(address, {}, to=f"{address}/read")
    platform.lists(LATER, FEBRUARY)
    samir.submit(address, {}, to=f"{address}/read")

    page = samir.get(history).text

    assert "new: 5 to 8 January 2027" in page
    assert "moved: 5 to 8 January 2027, now 6 to 9 January 2027" in page
    assert page.index("moved:") < page.index("new:")
    assert "moved: 5 to 8 January 2027" in samir.get(address).text
    assert "du 6 au 9 janvier 2027" in samir.get(history.replace("/en/", "/fr/")).text


def test_turns_the_pages_of_a_long_history(
    samir: FlaskClient, house: Property, room: Room, feed: Feed
) -> None:
    history = page_of(room)
    session.add_all(
        FeedChange(property_id=house.id, feed_id=feed.id, room_id=room.id, at=NOW, verb="end")
        for _ in range(PAGE_SIZE + 1)
    )
    session.commit()
    oldest = session.scalars(select(FeedChange.id).order_by(FeedChange.id).offset(1)).first()

    first, second = samir.get(history).text, samir.get(f"{history}?before={oldest}").text

    assert [page.count("<time ") for page in (first, second)] == [PAGE_SIZE, 1]
    assert f"before={oldest}" in first
    assert "Earlier ones" not in second


def test_shows_the_history_of_no_other_house(samir: FlaskClient, house: Property) -> None:
    theirs = session.scalars(select(Room).where(Room.property_id != house.id)).first()
    assert theirs is not None

    assert samir.get(page_of(theirs)).status_code == 404


def test_lets_a_volunteer_look(signed_in: Callable[[str], FlaskClient], room: Room) -> None:
    history = page_of(room)

    assert "has changed anything in this room yet" in signed_in("odile").get(history).text
