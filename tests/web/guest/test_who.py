"""The house asks for a name and one contact, keeps what was typed, and asks nothing twice."""

from __future__ import annotations

from datetime import time

import pytest

from app.database import session
from app.models import Booking
from tests.web.guest.conftest import Clock, Guest, newest_booking, reread, words

BAD_DETAILS = [
    ({"name": ""}, "Tell us your name."),
    ({"name": "   "}, "Tell us your name."),
    ({"name": "123"}, "Tell us your name."),
    ({"name": "A" * 121}, "too long for our books"),
    ({"email": "", "telephone": ""}, "one way to reach you"),
    ({"email": "alice"}, "Something is missing in this address"),
    ({"email": "alice@example"}, "Something is missing in this address"),
    ({"email": "@example.org"}, "Something is missing in this address"),
    ({"email": "a b@example.org"}, "Something is missing in this address"),
    ({"email": "alice@example.org\nBcc: all@example.org"}, "Something is missing in this address"),
    ({"email": "a" * 250 + "@example.org"}, "too long"),
    ({"telephone": "12"}, "We cannot dial this number"),
    ({"telephone": "call me"}, "We cannot dial this number"),
    ({"telephone": "0" * 16}, "We cannot dial this number"),
    ({"arrival_time": "25:00"}, "Choose an hour from the list"),
    ({"arrival_time": "09:00"}, "Choose an hour from the list"),
    ({"message": "x" * 2001}, "more than our notebook holds"),
]


@pytest.mark.parametrize(("details", "message"), BAD_DETAILS)
def test_says_beside_the_field_what_it_could_not_read(
    guest: Guest, details: dict[str, str], message: str
) -> None:
    guest.choose()

    page = guest.tell(**details)

    assert page.status_code == 422
    assert words(page).count(message) >= 2
    assert "<title>Error:" in page.text
    assert "Alice Delattre" in page.text or "name" in details
    assert session.query(Booking).filter_by(guest_name="Alice Delattre").count() == 0


@pytest.mark.parametrize(
    "name", ["Élodie O'Brien-Núñez", "李小龙", "محمد", "Nguyễn Thị Minh Khai", "X Æ A-12", "de 't Hooft"]
)
def test_knows_names_of_every_script(guest: Guest, name: str) -> None:
    assert guest.hold(name=name).guest_name == name


@pytest.mark.parametrize(
    "telephone", ["06 12 34 56 78", "+32 470 12 34 56", "(0)3.21.00.00.00", "0033321000000"]
)
def test_needs_a_telephone_only(guest: Guest, telephone: str) -> None:
    booking = guest.hold(email="", telephone=telephone)

    assert (booking.guest_email, booking.guest_telephone) == ("", telephone)


def test_writes_down_what_it_was_told(guest: Guest) -> None:
    booking = guest.hold(telephone="06 12 34 56 78", arrival_time="17:00", message="Un vélo <b>rouge</b>")
    review = guest.look("review")

    assert booking.arrival_time == time(17)
    assert "about 17:00" in words(review)
    assert "Un vélo &lt;b&gt;rouge&lt;/b&gt;" in review.text
    assert (booking.language, booking.status) == ("en", "tentative")
    assert booking.session_key
    assert booking.network_key
    assert "127.0.0.1" not in booking.network_key


def test_asks_for_the_price_before_the_name(guest: Guest) -> None:
    assert "/en/price?" in guest.look("who").location


def test_asks_for_the_price_again_when_the_trip_has_changed(guest: Guest) -> None:
    guest.choose()

    assert "/en/price?" in guest.look("who", departure="2027-04-12").location


def test_asks_nothing_twice(guest: Guest) -> None:
    booking = guest.hold(telephone="06 12 34 56 78", message="Un vélo")

    page = guest.look("who")

    for told in ("Alice Delattre", "alice@example.org", "06 12 34 56 78", "Un vélo"):
        assert told in page.text
    assert guest.tell(name="Alice D.").status_code == 302
    assert newest_booking().id == booking.id
    assert reread(booking).guest_name == "Alice D."


def test_keeps_the_room_once_however_often_the_form_is_sent(guest: Guest) -> None:
    for _ in range(5):
        guest.choose()
        guest.tell()

    assert session.query(Booking).filter_by(guest_name="Alice Delattre").count() == 1


def test_gives_a_room_up_for_another(guest: Guest) -> None:
    first = guest.hold()
    guest.query["rooms"] = "family"

    second = guest.hold(rung="4200")

    assert (reread(first).status, second.status) == ("expired", "tentative")
    assert second.rooms[0].adults == 2


def test_refuses_more_holds_than_a_network_may_have(make_guest: object) -> None:
    answers = []
    for _ in range(4):
        someone = make_guest()  # type: ignore[operator]
        someone.choose()
        answers.append(someone.tell())

    assert [answer.status_code for answer in answers][:2] == [302, 302]
    assert answers[-1].status_code == 429
    assert "+33 3 21 00 00 00" in words(answers[-1])


def test_lets_one_of_two_have_the_last_room(make_guest: object) -> None:
    guests = [make_guest(), make_guest()]  # type: ignore[operator]
    for someone in guests:
        someone.query["rooms"] = "accessible"
        someone.choose()

    first, second = [someone.tell() for someone in guests]

    assert (first.status_code, second.status_code) == (302, 409)
    assert "This room has just been taken" in words(second)
    assert "adults=2" in second.text


def test_begins_anew_when_the_time_is_over(guest: Guest, wall_clock: Clock) -> None:
    guest.hold()
    wall_clock.pass_by(minutes=13)

    page = guest.look("review")

    assert page.status_code == 410
    assert "no longer kept for you" in words(page)
    assert "/en/rooms?arrival=2027-04-09&amp;departure=2027-04-11&amp;adults=2" in page.text
