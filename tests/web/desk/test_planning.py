"""The planning on the screen: readable without colour, walkable, and the way to a new booking."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app.models import Property
from app.services import blocks
from tests.cast import NOW, TODAY
from tests.web.desk.conftest import NEXT_WEEK, TONIGHT, Make


def test_says_in_words_what_it_says_in_colours(
    samir: FlaskClient, booked: Make, asked: Make, in_house: Make
) -> None:
    booked()
    in_house(offer_key="single")
    asked()

    page = samir.get("/en/desk/planning").text

    for status, words in (("confirmed", "confirmed"), ("in_house", "in house"), ("requested", "to confirm")):
        assert re.search(rf'class="bar is-{status}[^>]*>.*?, {words}, ', page)
    assert "to settle" in page


@pytest.mark.parametrize("nights", [7, 14, 21, 31])
def test_fills_every_row_whatever_the_zoom(samir: FlaskClient, booked: Make, nights: int) -> None:
    booked()
    booked(stay=NEXT_WEEK)

    page = samir.get(f"/fr/desk/planning?from={TODAY - timedelta(days=3)}&nights={nights}").text

    rows = page.split('<tbody class="rooms">')[1].split("</tbody>")[0].split("<tr>")[1:]
    assert len(rows) == 8
    for row in rows:
        spans = [
            int(span or 1) for span in re.findall(r'<td class="(?:free|taken)"(?: colspan="(\d+)")?', row)
        ]
        assert sum(spans) == 2 * nights


def test_leads_from_a_free_night_to_a_new_booking(samir: FlaskClient) -> None:
    page = samir.get(f"/en/desk/planning?from={TODAY - timedelta(days=3)}&nights=7").text

    link = re.search(r'href="(/en/desk/bookings/new\?room=\d+&(?:amp;)?arrival=[-\d]+)"', page)
    assert link
    assert samir.get(link.group(1).replace("&amp;", "&")).status_code == 200
    assert f"arrival={TODAY - timedelta(days=1)}" not in page  # yesterday is not sold


@pytest.mark.parametrize(
    "query", ["from=never", "from=9999-12-31", "from=0001-01-01", "nights=8", "nights=-1&from="]
)
def test_stands_any_address(samir: FlaskClient, query: str) -> None:
    assert samir.get(f"/fr/desk/planning?{query}").status_code == 200


def test_shows_both_sides_of_a_conflict(samir: FlaskClient, house: Property, booked: Make) -> None:
    booking = booked()
    room_id = booking.rooms[0].room_id
    blocks.block(
        house=house, room_id=room_id, stay=TONIGHT, reason="repair", note="", actor="user:1", now=NOW
    )

    page = samir.get("/en/desk/planning").text

    assert 'rowspan="2"' in page
    assert "bar is-conflict" in page
    assert "conflict: somebody else has these nights" in page
