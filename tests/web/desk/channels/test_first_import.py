"""The first import of a feed is shown to somebody before it counts as trusted (R8)."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import session
from app.models import Feed, Room
from tests.platforms import Platform
from tests.web.desk.channels.conftest import FEBRUARY, JANUARY, PAGE, taken

CHRISTMAS = ("2026-12-24", "2026-12-28", "three@airbnb.com")
CLOSURE = ("2027-03-01", "2027-03-03", "closed@airbnb.com")


@pytest.fixture
def first(samir: FlaskClient, feed: Feed, platform: Platform) -> str:
    """Read three stays and a closure, and return the address of the page that shows them."""
    platform.lists(CHRISTMAS, JANUARY, FEBRUARY, CLOSURE)
    samir.submit(PAGE, {}, to=f"{PAGE}/{feed.id}/read")
    return f"{PAGE}/{feed.id}/first"


def test_says_who_comes_and_goes_on_which_day_of_the_week(samir: FlaskClient, first: str) -> None:
    page = samir.get(first).text

    assert "arrives Thu 24 December, leaves Mon 28 December" in page
    assert "closed from Mon 1 March, free again on Wed 3 March" in page
    assert "arrives Mon 1 March" not in page
    assert (
        "arrive le jeu. 24 décembre, part le lun. 28 décembre"
        in samir.get(first.replace("/en/", "/fr/")).text
    )


def test_shows_a_way_on_when_nothing_could_be_read(
    samir: FlaskClient, feed: Feed, platform: Platform
) -> None:
    platform.status = 404
    samir.submit(PAGE, {}, to=f"{PAGE}/{feed.id}/read")

    page = samir.get(f"{PAGE}/{feed.id}/first").text

    assert "The calendar of Le Jardin could not be read" in page
    assert "Are these the stays" not in page
    assert f'href="{PAGE}/{feed.id}#address"' in page
    assert '<details class="more" id="address" open>' in samir.get(f"{PAGE}/{feed.id}").text


def test_closes_the_nights_before_anybody_has_looked(samir: FlaskClient, room: Room, first: str) -> None:
    assert len(taken(room.id)) == 12
    assert "to be confirmed" in samir.get(PAGE).text


def test_trusts_what_somebody_has_looked_at(samir: FlaskClient, first: str) -> None:
    samir.submit(first, {"answer": "right"})

    assert "to be confirmed" not in samir.get(PAGE).text
    assert session.scalars(select(Feed.trusted_at)).one() is not None


def test_counts_the_last_day_as_a_night_and_asks_again(samir: FlaskClient, room: Room, first: str) -> None:
    answer = samir.submit(first, {"answer": "inclusive"})

    assert answer.headers["Location"].endswith("/first")
    assert "arrives Thu 24 December, leaves Tue 29 December" in samir.get(first).text
    assert date(2026, 12, 28) in taken(room.id)
    assert "to be confirmed" in samir.get(PAGE).text


def test_takes_the_last_day_back(samir: FlaskClient, room: Room, first: str) -> None:
    samir.submit(first, {"answer": "inclusive"})
    samir.submit(first, {"answer": "inclusive"})

    assert len(taken(room.id)) == 12


def test_lets_go_of_a_wrong_calendar(samir: FlaskClient, room: Room, first: str) -> None:
    samir.submit(first, {"answer": "wrong"})

    assert taken(room.id) == set()
    assert session.scalars(select(Feed.sealed_url)).one() == ""


@pytest.mark.parametrize("answer", ["", "perhaps"])
def test_trusts_nothing_without_an_answer(samir: FlaskClient, first: str, answer: str) -> None:
    assert samir.submit(first, {"answer": answer}).status_code == 422
    assert session.scalars(select(Feed.trusted_at)).one() is None


def test_says_that_a_calendar_is_empty(samir: FlaskClient, feed: Feed, platform: Platform) -> None:
    platform.lists()
    samir.submit(PAGE, {}, to=f"{PAGE}/{feed.id}/read")

    assert "This calendar is empty" in samir.get(f"{PAGE}/{feed.id}/first").text


def test_asks_again_when_the_address_is_another(
    samir: FlaskClient, feed: Feed, first: str, platform: Platform
) -> None:
    samir.submit(first, {"answer": "right"})

    samir.submit(f"{PAGE}/{feed.id}", {"url": f"{platform.url}&new"})

    assert "to be confirmed" in samir.get(PAGE).text
