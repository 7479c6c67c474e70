"""Platforms' stays in the desk's lists: the day, the planning, the bookings; by their dates, and without a sum."""

from __future__ import annotations

import re
from datetime import timedelta

from flask.testing import FlaskClient

from app.database import session
from app.models import Property, Room
from app.services import bookings
from calendars.feed import Kind
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.services.platform_stays.told import NEXT_MONTH, completed, ended_by_feed, told
from tests.web.desk.conftest import Make, page_of
from tests.web.desk.test_platform_stays import stay_page


def test_counts_platforms_with_the_others_of_the_day(
    samir: FlaskClient, house: Property, booked: Make
) -> None:
    booked(offer_key="single")
    told(house, room="Le Jardin")
    told(house, Stay(TODAY - timedelta(days=2), TODAY), room="Le Terril")

    page = samir.get("/en/desk/").text

    for anchor, count in (("arrivals", 2), ("departures", 1), ("in-house", 1)):
        section = page.split(f'id="{anchor}"')[1].split("</section>")[0]
        assert len(re.findall(r"<th scope=\"row\"", section)) == count
    assert 'href="#arrivals"><span class="task__count">2</span>' in page
    assert 'href="#departures"><span class="task__count">1</span>' in page
    assert "1 stay in the house" in page


def test_marks_an_arrival_whose_nights_somebody_else_has(
    samir: FlaskClient, house: Property, booked: Make
) -> None:
    booking = booked(offer_key="single")
    room = session.get_one(Room, booking.rooms[0].room_id).name

    before = samir.get("/en/desk/").text
    told(house, room=room)
    after = samir.get("/en/desk/").text

    assert [arrivals.count("is-conflict") for arrivals in map(_arrivals, (before, after))] == [0, 2]


def test_leads_from_the_planning_to_the_stay(samir: FlaskClient, house: Property) -> None:
    read = told(house)

    before = samir.get("/en/desk/planning").text
    booking = completed(house, read)
    after = samir.get("/en/desk/planning").text

    assert re.search(rf'class="bar is-channel[^"]*" href="{stay_page(read)}"', before)
    assert re.search(rf'class="bar is-confirmed[^"]*" href="{page_of(booking)}"', after)
    assert "Birgit Olsen, confirmed, 2 people" in after


def test_tells_a_closure_from_a_guest_on_the_planning(samir: FlaskClient, house: Property) -> None:
    told(house, kind=Kind.BLOCK)
    told(house, room="Le Terril")

    page = samir.get("/en/desk/planning").text

    assert page.count('title="closed: Airbnb, platform') == 1
    assert page.count('title="Airbnb, platform') == 1


def test_draws_a_stay_given_up_here_as_the_platforms(samir: FlaskClient, house: Property) -> None:
    booking = completed(house, told(house))
    bookings.cancel(house=house, booking=booking, actor="user:1", reason="leak", now=NOW)

    page = samir.get("/en/desk/planning").text

    assert re.search(rf'class="bar is-channel[^"]*" href="{page_of(booking)}"', page)
    assert "Airbnb still lists this stay" in samir.get(page_of(booking)).text


def test_puts_a_cancelled_stay_on_the_day(samir: FlaskClient, house: Property) -> None:
    read = told(house)
    completed(house, read)
    ended_by_feed(read)

    page = samir.get("/en/desk/").text

    assert "stay cancelled by a platform" in page
    assert "Birgit Olsen" in page.split('id="withdrawn"')[1].split("</section>")[0]


def test_shows_no_sum_of_a_platform_but_on_its_own_page_and_the_account(
    samir: FlaskClient, house: Property
) -> None:
    booking = completed(house, told(house))

    for page in (page_of(booking), "/en/desk/", "/en/desk/planning", "/en/desk/bookings"):
        assert "€" not in samir.get(page).text


def test_finds_a_stay_by_its_platform(samir: FlaskClient, house: Property) -> None:
    read = told(house, NEXT_MONTH)

    for page in ("/en/desk/bookings?q=airbnb", "/en/desk/bookings?kind=coming"):
        assert stay_page(read) in samir.get(page).text


def _arrivals(page: str) -> str:
    return page.split('id="arrivals"')[1].split("</section>", maxsplit=1)[0]
