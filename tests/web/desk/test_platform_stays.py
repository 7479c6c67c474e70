"""A platform's stay at the desk: it stands in the lists, is completed in one form, and says what is to do there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import session
from app.models import Booking, BookingStatus, ChannelName, ChannelStay, PlatformTerms, Property, TaxCollector
from app.services import blocks, bookings
from calendars.feed import Kind
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.services.platform_stays.told import (
    NEXT_MONTH,
    TONIGHT,
    completed,
    ended_by_feed,
    moved_by_feed,
    owner_of,
    room_of,
    told,
)
from tests.web.desk.conftest import Make, page_of

TYPED = {
    "name": "Bob Wright",
    "adults": "2",
    "children": "4, 9",
    "language": "en",
    "gross": "200",
    "commission": "30,00",
    "payout": "170",
    "paid_to": "platform",
    "tax_collector": "house",
    "reference": "HM4SQ2",
}
DEFAULTS = {"paid_to": "platform", "tax_collector": "unknown"}


def stay_page(stay: ChannelStay, step: str = "") -> str:
    """Return the address of a platform's stay, or of one of its steps."""
    return f"/en/desk/platform-stays/{stay.id}" + (f"/{step}" if step else "")


def booking_of(stay: ChannelStay) -> Booking:
    """Return the booking of a completed stay, read again."""
    session.expire_all()
    return session.get_one(Booking, session.get_one(ChannelStay, stay.id).booking_id)


def test_completes_a_stay_and_gives_the_key_in_one_step(samir: FlaskClient, house: Property) -> None:
    read = told(house)
    assert "Complete and check in" in samir.get(stay_page(read)).text

    answer = samir.submit(stay_page(read), {**TYPED, "check_in": "1"})

    booking = booking_of(read)
    assert answer.headers["Location"].endswith(page_of(booking))
    assert (booking.status, booking.rooms[0].children) == (BookingStatus.IN_HOUSE, [4, 9])
    terms = session.get_one(PlatformTerms, booking.id)
    assert (terms.gross_minor, terms.commission_minor, terms.payout_minor) == (20000, 3000, 17000)
    assert (terms.tax_collector, terms.platform_reference) == (TaxCollector.HOUSE, "HM4SQ2")


def test_completes_a_stay_to_come_without_a_key(samir: FlaskClient, house: Property) -> None:
    read = told(house, NEXT_MONTH)
    assert "Complete and check in" not in samir.get(stay_page(read)).text

    samir.submit(stay_page(read), {**TYPED, "check_in": "1"})

    assert booking_of(read).status == BookingStatus.CONFIRMED


def test_completes_with_a_name_and_nothing_else_known(samir: FlaskClient, house: Property) -> None:
    read = told(house)

    samir.submit(stay_page(read), {"name": "Bob", "adults": "1", "language": "fr"} | DEFAULTS)

    booking = booking_of(read)
    assert [night.chosen_minor for night in booking.rooms[0].nights] == [None, None, None]
    page = samir.get(page_of(booking)).text
    assert "Who collects the tourist tax?" in page
    assert "by the platform" in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Write the guest’s name."),
        ({"adults": "0"}, "at least one adult sleeps here"),
        ({"adults": ""}, "how many adults"),
        ({"children": "four"}, "Write only the ages"),
        ({"gross": "two hundred"}, "Write an amount in figures"),
        ({"commission": "-5"}, "Write an amount in figures"),
        ({"email": "bob@"}, "Something is missing in this address"),
        ({"telephone": "abc"}, "We cannot dial this number"),
        ({"tax_collector": "mayor"}, "Not a valid choice"),
        ({"reference": "x" * 61}, "60 characters at most"),
        ({"arrival_time": "03:00"}, "Choose an hour from the list"),
    ],
)
def test_keeps_what_was_typed(samir: FlaskClient, house: Property, wrong: dict[str, str], words: str) -> None:
    read = told(house)

    answer = samir.submit(stay_page(read), {**TYPED, "message": "Deux vélos.", **wrong})

    assert answer.status_code == 422
    assert words in answer.text
    typed = {**TYPED, **wrong}
    for name in ("name", "adults", "children", "gross", "reference"):
        assert f'value="{typed[name]}"' in answer.text or not typed[name], name
    assert "Deux vélos." in answer.text
    session.expire_all()
    assert session.get_one(ChannelStay, read.id).booking_id is None


def test_prints_hostile_words_as_words(samir: FlaskClient, house: Property) -> None:
    read = told(house)
    hostile = "<script>alert(1)</script>\"'{{ 7 * 7 }}"

    refused = samir.submit(stay_page(read), {**TYPED, "name": hostile, "reference": hostile, "adults": "0"})
    samir.submit(stay_page(read), {**TYPED, "name": hostile, "reference": hostile})

    for page in (refused.text, samir.get(page_of(booking_of(read))).text):
        assert "<script>alert" not in page
        assert "7 * 7" in page


def test_leads_the_second_person_to_the_sheet(samir: FlaskClient, house: Property) -> None:
    read = told(house)
    samir.get(stay_page(read))
    booking = completed(house, read)

    answer = samir.submit("/en/desk/bookings", TYPED, to=stay_page(read))

    assert answer.headers["Location"].endswith(page_of(booking))
    assert samir.get(stay_page(read)).headers["Location"].endswith(page_of(booking))


def test_asks_guest_or_closure_where_nobody_knows(samir: FlaskClient, house: Property) -> None:
    read = told(house, kind=Kind.UNKNOWN, channel=ChannelName.BOOKING)
    assert "Guest or closure?" in samir.get(stay_page(read)).text
    assert "guest or closure?" in samir.get("/en/desk/").text

    samir.submit(stay_page(read), {"kind": "block"}, to=stay_page(read, "kind"))

    assert "Booking.com" not in samir.get("/en/desk/").text
    page = samir.get(stay_page(read)).text
    assert "Nobody is expected" in page
    assert "Complete the stay" not in page
    assert owner_of(room_of(house), TONIGHT) == {read.claim_id}
    samir.submit(stay_page(read), {"kind": "reservation"}, to=stay_page(read, "kind"))
    assert "Complete the stay" in samir.get(stay_page(read)).text


@pytest.mark.parametrize("kind", ["unknown", "", "holiday"])
def test_refuses_any_other_kind(samir: FlaskClient, house: Property, kind: str) -> None:
    read = told(house, kind=Kind.UNKNOWN)

    assert samir.submit(stay_page(read), {"kind": kind}, to=stay_page(read, "kind")).status_code == 400


def test_says_where_dates_are_changed_and_cancelled(samir: FlaskClient, house: Property) -> None:
    booking = completed(house, told(house))

    sheet = samir.get(page_of(booking)).text
    cancelling = samir.get(page_of(booking, "cancel")).text

    assert "Other dates are changed on Airbnb" in sheet
    assert "HM4SQ2" in sheet
    assert "Free cancellation" not in sheet
    assert "Cancel it on Airbnb as well" in cancelling
    assert "The nights are free again at once" not in cancelling


def test_says_what_the_platform_has_done_meanwhile(samir: FlaskClient, house: Property) -> None:
    read = told(house)
    booking = completed(house, read)
    bookings.check_in(booking=booking, actor="user:1", today=TODAY, now=NOW)
    moved_by_feed(read, Stay(TODAY, TODAY + timedelta(days=4)))
    moved = samir.get(page_of(booking)).text
    ended_by_feed(session.get_one(ChannelStay, read.id))

    assert "Airbnb has changed the dates" in moved
    assert "does not list this stay any more" in samir.get(page_of(booking)).text


def test_corrects_the_sums_and_says_when_they_do_not_add_up(samir: FlaskClient, house: Property) -> None:
    booking = completed(house, told(house))
    page = samir.get(page_of(booking, "platform")).text
    assert 'value="200"' in page

    wrong = samir.submit(page_of(booking, "platform"), {**TYPED, "gross": "much"})
    samir.submit(page_of(booking, "platform"), {**TYPED, "gross": "210"})

    assert (wrong.status_code, 'value="much"' in wrong.text) == (422, True)
    assert "Price less commission is not what is paid out" in samir.get(page_of(booking)).text
    assert "€70" in samir.get(page_of(booking, "payment")).text


def test_has_no_platform_money_for_its_own_bookings(samir: FlaskClient, booked: Make) -> None:
    assert samir.get(page_of(booked(), "platform")).status_code == 404


def test_gives_another_room_and_says_when_it_is_gone(samir: FlaskClient, house: Property) -> None:
    read = told(house)
    terril, cabinet = room_of(house, "Le Terril"), room_of(house, "Le Cabinet")
    page = samir.get(stay_page(read, "move")).text
    assert "Le Terril" in page
    blocks.block(
        house=house, room_id=terril.id, stay=TONIGHT, reason="repair", note="", actor="user:1", now=NOW
    )

    taken = samir.submit(stay_page(read, "move"), {"room": str(terril.id)})
    samir.submit(stay_page(read, "move"), {"room": str(cabinet.id)})

    assert taken.status_code == 409
    assert "has just been taken" in taken.text
    assert owner_of(cabinet, TONIGHT) == {read.claim_id}
    assert "moved by the house" in samir.get(stay_page(read)).text


@pytest.mark.parametrize("step", ["", "kind", "move"])
def test_knows_no_stay_of_another_house(samir: FlaskClient, house: Property, step: str) -> None:
    lac = session.scalars(select(Property).where(Property.code == "lac")).one()
    theirs = told(lac, NEXT_MONTH, room="Lac 1")

    answers = [
        samir.submit("/en/desk/bookings", {**TYPED, "kind": "block", "room": "1"}, to=stay_page(theirs, step))
    ]
    if step != "kind":
        answers.append(samir.get(stay_page(theirs, step)))

    assert {answer.status_code for answer in answers} == {404}
