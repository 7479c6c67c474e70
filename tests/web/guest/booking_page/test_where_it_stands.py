"""The page says in human words where a booking stands, and gives the stay for the calendar."""

from __future__ import annotations

import pytest

from app.database import session
from app.models import BookingStatus, Property
from app.services import bookings
from tests.cast import NOW
from tests.web.guest.booking_page.steps import Link, confirmed
from tests.web.guest.conftest import Clock, Guest, reread, words

STATES = [
    (BookingStatus.DECLINED, "could not take your request"),
    (BookingStatus.CANCELLED, "Your booking is cancelled"),
    (BookingStatus.EXPIRED, "Your request has lapsed"),
    (BookingStatus.IN_HOUSE, "Welcome, Alice"),
    (BookingStatus.CHECKED_OUT, "Thank you for having been here"),
    (BookingStatus.NO_SHOW, "We waited for you"),
]


def test_promises_no_free_cancellation_that_is_over_already(
    guest: Guest, make_guest: object, mailed_link: Link
) -> None:
    guest.query |= {"arrival": "2026-11-22", "departure": "2026-11-23"}
    booking = guest.hold(rung="undecided")
    review = words(guest.look("review"))
    guest.send(booking)
    waiting = words(guest.client.get(guest.page_of(booking)))
    reader = make_guest()  # type: ignore[operator]
    proved = words(reader.client.get(reader.client.get(mailed_link(booking)).location))
    reader.client.submit(guest.page_of(booking), {}, to=guest.page_of(booking, "/confirm"))
    standing = words(reader.client.get(guest.page_of(booking)))

    assert "free only until the booking is confirmed. After that, the first night is kept: €62." in review
    assert "free only until the booking is confirmed" in waiting
    assert "to finish your booking" in waiting
    assert "One more press, and the stay is booked" in proved
    assert "The time for cancelling free of charge is over: the first night is kept." in standing
    for page in (review, waiting, proved, standing):
        assert "20 November" not in page


@pytest.mark.parametrize(("status", "said"), STATES)
def test_says_in_human_words_where_a_booking_stands(guest: Guest, status: BookingStatus, said: str) -> None:
    booking = guest.order()
    booking.status, booking.lapses_at = status, None
    session.commit()

    page = guest.client.get(guest.page_of(booking))

    assert said in words(page)
    has_way_on = status in (BookingStatus.DECLINED, BookingStatus.CANCELLED, BookingStatus.EXPIRED)
    assert ("rooms?arrival=2027-04-09&amp;departure=2027-04-11&amp;adults=2" in page.text) == has_way_on


def test_knows_by_the_clock_that_a_request_has_lapsed(guest: Guest, wall_clock: Clock) -> None:
    booking = guest.order()
    wall_clock.pass_by(minutes=61)

    assert "Your request has lapsed" in words(guest.client.get(guest.page_of(booking)))


def test_gives_the_stay_for_the_calendar_once_it_is_certain(
    guest: Guest, house: Property, mailed_link: Link
) -> None:
    early = guest.order()
    assert guest.client.get(guest.page_of(early, "/stay.ics")).status_code == 404
    bookings.cancel(house=house, booking=early, actor="guest", reason="", now=NOW)
    booking = confirmed(guest, house, mailed_link)

    answer = guest.client.get(guest.page_of(booking, "/stay.ics"))

    assert answer.content_type == "text/calendar; charset=utf-8"
    assert "DTSTART;TZID=Europe/Paris:20270409T150000" in answer.text
    assert "72" not in answer.text.split("BEGIN:VEVENT")[1].replace(booking.reference.lower(), "")
    assert "Alice" not in answer.text


def test_says_let_us_talk_above_the_nights_of_a_year(
    guest: Guest, mailed_link: Link, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.bookings.yearly._most_nights", lambda booking: 1)
    booking = guest.order()
    guest.client.get(mailed_link(booking))

    page = guest.client.submit(guest.page_of(booking), {}, to=guest.page_of(booking, "/confirm"))

    assert page.status_code == 409
    assert "Let us talk" in words(page)
    assert "tel:" in page.text
    assert reread(booking).status == BookingStatus.TENTATIVE
