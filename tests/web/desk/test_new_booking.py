"""Booking for somebody on the telephone: the same rooms, rules and prices, and the guest's own choice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import session
from app.models import Booking, BookingStatus, Property, Room, Source
from app.services import bookings
from pricing.money import Money
from tests.cast import TODAY
from tests.web.desk.conftest import NEXT_WEEK, Make

LATER = TODAY + timedelta(days=3)
DATES = f"arrival={NEXT_WEEK.arrival}&departure={NEXT_WEEK.departure}&adults=2"
SEARCH = f"/en/desk/bookings/new?{DATES}"
GUEST = f"/en/desk/bookings/new/guest?{DATES}&rooms=double"
ZOE = {"name": "Zoé Martin", "email": "", "telephone": "06 11 22 33 44", "language": "fr", "price": "open"}


def _only_booking() -> Booking:
    return session.scalars(select(Booking).where(Booking.guest_name == "Zoé Martin")).one()


def test_lists_what_is_free_with_its_cost_and_range(samir: FlaskClient) -> None:
    page = samir.get(SEARCH).text

    assert "Double room" in page
    assert "€124" in page  # what the stay costs the house
    assert "from €30 to €210" in page
    assert "rung" not in page


def test_books_with_the_price_to_be_chosen(samir: FlaskClient) -> None:
    answer = samir.submit(GUEST, ZOE)

    booking = _only_booking()
    assert answer.headers["Location"].endswith(booking.reference)
    assert (booking.status, booking.source, booking.is_price_open) == (
        BookingStatus.CONFIRMED,
        Source.DESK,
        True,
    )
    assert "price to be chosen" in samir.get(answer.headers["Location"]).text


def test_books_at_the_amount_that_was_told(samir: FlaskClient) -> None:
    samir.submit(GUEST, {**ZOE, "price": "told", "amount": "90"})

    assert bookings.price_of(_only_booking()) == Money(9000)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"telephone": ""}, "email"),
        ({"email": "zoe@"}, "email"),
        ({"price": "told"}, "amount"),
        ({"price": "told", "amount": "1"}, "amount"),
        ({"price": "told", "amount": "1e9"}, "amount"),
        ({"price": "open", "amount": "45"}, "amount"),
        ({"price": "rich"}, "price"),
        ({"language": "xx"}, "language"),
    ],
)
def test_says_beside_the_field_what_is_missing(
    samir: FlaskClient, changes: dict[str, str], field: str
) -> None:
    answer = samir.submit(GUEST, {**ZOE, **changes})

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert "06 11 22 33 44" in answer.text or changes == {"telephone": ""}
    assert session.scalars(select(Booking).where(Booking.source == Source.DESK)).all() == []


def test_gives_the_room_that_reception_points_at(samir: FlaskClient, house: Property) -> None:
    room = session.scalars(select(Room).where(Room.property_id == house.id, Room.name == "Le Jardin")).one()
    night = TODAY + timedelta(days=3)

    prefilled = samir.get(f"/en/desk/bookings/new?room={room.id}&arrival={night}").text
    samir.submit(f"{GUEST}&room={room.id}", ZOE)

    assert "Le Jardin" in prefilled
    assert f'value="{night}"' in prefilled
    assert _only_booking().rooms[0].room_id == room.id


def test_tells_the_slower_of_two_that_the_room_has_just_gone(samir: FlaskClient, booked: Make) -> None:
    page = samir.get(GUEST)
    assert page.status_code == 200
    for _ in range(3):
        booked(stay=NEXT_WEEK)

    answer = samir.submit("/en/desk/", ZOE, to=GUEST)

    assert answer.status_code == 409
    assert "This room has just been taken" in answer.text
    assert "/en/desk/bookings/new" in answer.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (f"arrival={TODAY - timedelta(days=1)}&departure={TODAY}&adults=2", "This day is over"),
        ("arrival=yesterday", "not a day"),
        (f"arrival={LATER}&departure={LATER}&adults=2", "The departure comes after"),
        (f"arrival={TODAY}&departure={TODAY + timedelta(days=90)}&adults=2", "longer than the house books"),
        ("arrival=2029-01-01&departure=2029-01-03&adults=2", "no prices yet"),
        (f"{DATES}&children=99", "count people among the adults"),
    ],
)
def test_says_why_a_stay_cannot_be_sold(samir: FlaskClient, query: str, words: str) -> None:
    assert words in samir.get(f"/en/desk/bookings/new?{query}").text


@pytest.mark.parametrize("query", ["", "rooms=double", f"{DATES}&rooms=palace", f"{DATES}&rooms=single"])
def test_leads_an_address_that_cannot_be_booked_back_to_the_search(samir: FlaskClient, query: str) -> None:
    answer = samir.get(f"/en/desk/bookings/new/guest?{query}")

    assert answer.status_code == 302
    assert "/en/desk/bookings/new" in answer.headers["Location"]
