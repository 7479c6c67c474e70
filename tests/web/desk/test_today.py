"""The day at the desk: every list, its count, and what reception does from it."""

from __future__ import annotations

import re
from datetime import timedelta

from flask.testing import FlaskClient

from app.database import session
from app.models import LetterKind, Property, Room
from app.services import blocks
from app.services.bookings import GuestDetails
from app.services.letters import post_letter
from app.services.today import read_today
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.statements import counted
from tests.web.desk.conftest import NEXT_WEEK, TONIGHT, Make, page_of

ONLY_TELEPHONE = GuestDetails("Odette Roux", "", "06 00 00 00 07")


def test_counts_what_its_lists_hold(
    samir: FlaskClient, house: Property, booked: Make, in_house: Make, asked: Make
) -> None:
    booked()
    in_house(stay=Stay(TODAY - timedelta(days=2), TODAY), offer_key="single")
    late = booked(stay=Stay(TODAY - timedelta(days=1), TODAY + timedelta(days=1)), offer_key="family")
    asked()
    asked(guest=ONLY_TELEPHONE)
    booked(stay=NEXT_WEEK, offer_key="accessible", choice=None)

    day = read_today(property_id=house.id, today=TODAY, now=NOW)
    page = samir.get("/en/desk/").text

    assert [len(cards) for cards in (day.arrivals, day.departures, day.late, day.in_house)] == [1, 1, 1, 1]
    assert [len(cards) for cards in (day.requests, day.call_backs, day.open_prices)] == [1, 1, 1]
    assert day.late[0].reference == late.reference
    for anchor, count in (
        ("requests", 1),
        ("call-backs", 1),
        ("arrivals", 1),
        ("departures", 1),
        ("prices", 1),
    ):
        assert f'href="#{anchor}"><span class="task__count">{count}</span>' in page
        section = page.split(f'id="{anchor}"')[1].split("</section>")[0]
        assert len(re.findall(r"<tr>\s*<th scope=\"row\"", section)) == count
    assert "tel:0600000007" in page


def test_lists_requests_by_deadline(house: Property, asked: Make) -> None:
    later, sooner = asked(), asked(stay=TONIGHT)
    assert later.answer_due_at
    assert sooner.answer_due_at

    day = read_today(property_id=house.id, today=TODAY, now=NOW)

    assert [card.reference for card in day.requests] == [sooner.reference, later.reference]
    assert day.first_due_at == sooner.answer_due_at


def test_forgets_a_request_whose_time_is_over_though_no_job_ran(house: Property, asked: Make) -> None:
    booking = asked()
    assert booking.lapses_at

    assert read_today(property_id=house.id, today=TODAY, now=booking.lapses_at).requests == ()


def test_shows_conflicts_and_the_way_to_settle_them(
    samir: FlaskClient, house: Property, booked: Make
) -> None:
    booking = booked()
    room = session.get_one(Room, booking.rooms[0].room_id)
    blocks.block(
        house=house, room_id=room.id, stay=TONIGHT, reason="repair", note="", actor="user:1", now=NOW
    )

    page = samir.get("/en/desk/").text

    assert f"conflict · {room.name}" in page.replace("&#39;", "'")
    assert "/en/desk/conflicts" in page


def test_lets_undelivered_letters_be_sent_again_or_set_aside(
    samir: FlaskClient, house: Property, booked: Make
) -> None:
    booking = booked()
    letters = [
        post_letter(
            house=house,
            booking=booking,
            kind=LetterKind.BOOKING_CONFIRMED,
            recipient="alice@exmaple.org",
            language="fr",
            now=NOW,
        )
        for _ in range(2)
    ]
    for letter in letters:
        letter.gave_up_at, letter.tries = NOW, 8
    session.commit()
    first, second = (letter.id for letter in letters)
    assert "alice@exmaple.org" in samir.get("/en/desk/").text
    wrong = samir.submit("/en/desk/", {"recipient": "nobody"}, to=f"/en/desk/letters/{first}/retry")
    assert "This is no e-mail address" in samir.get(wrong.headers["Location"]).text

    samir.submit("/en/desk/", {"recipient": "alice@example.org"}, to=f"/en/desk/letters/{first}/retry")
    samir.submit("/en/desk/", {}, to=f"/en/desk/letters/{second}/set-aside")

    assert read_today(property_id=house.id, today=TODAY, now=NOW).undelivered == ()
    again = samir.submit("/en/desk/", {}, to=f"/en/desk/letters/{second}/set-aside")
    assert again.status_code == 404


def test_checks_in_and_out_from_the_lists(samir: FlaskClient, booked: Make) -> None:
    booking = booked()
    page = samir.get("/en/desk/").text

    assert page_of(booking, "check-in") in page
    samir.submit("/en/desk/", {}, to=page_of(booking, "check-in"))
    assert "1 stay in the house" in samir.get("/en/desk/").text


def test_reads_the_day_in_as_many_queries_for_a_full_house(
    house: Property, booked: Make, in_house: Make
) -> None:
    booked()
    with counted() as few:
        read_today(property_id=house.id, today=TODAY, now=NOW)
    for offer in ("double", "double", "family", "single", "single"):
        booked(offer_key=offer)
    in_house(offer_key="accessible")
    session.expire_all()

    with counted() as many:
        read_today(property_id=house.id, today=TODAY, now=NOW)

    assert len(many) == len(few) <= 9
