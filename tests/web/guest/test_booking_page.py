"""The house tells each guest where their booking stands, lets them change and cancel it, and nobody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.database import session
from app.models import Booking, BookingStatus, Event, Letter, PaymentMethod, Property
from app.services import bookings, folios
from app.services.bookings import GuestDetails
from pricing.household import Household
from pricing.money import Money
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.web.guest.conftest import Clock, Guest, newest_booking, reread, words

Link = Callable[[Booking], str]


def rows(table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def confirmed(guest: Guest, house: Property, mailed_link: Link) -> Booking:
    booking = guest.order()
    guest.client.get(mailed_link(booking))
    guest.client.submit(guest.page_of(booking), {}, to=guest.page_of(booking, "/confirm"))
    bookings.confirm(house=house, booking=reread(booking), actor="user:1", now=NOW)
    return booking


def test_waits_for_the_mailbox(guest: Guest) -> None:
    booking = guest.order()

    page = words(guest.client.get(guest.page_of(booking)))

    assert "Look into your mailbox" in page
    assert "We have written to alice@example.org" in page
    assert "kept until Sunday 22 November 2026 at 11:00" in page
    assert "Send my request" not in page


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


def test_takes_the_request_at_the_press_of_a_button(
    guest: Guest, make_guest: object, mailed_link: Link
) -> None:
    booking = guest.order()
    reader = make_guest()  # type: ignore[operator]

    opened = reader.client.get(mailed_link(booking))
    page = reader.client.get(opened.location)
    answer = reader.client.submit(opened.location, {}, to=guest.page_of(booking, "/confirm"))

    assert opened.location == guest.page_of(booking)
    assert "Send my request (no commitment)" in words(page)
    assert answer.location == guest.page_of(booking)
    assert reread(booking).status == "requested"
    assert "at the latest Monday 23 November 2026 at 10:00" in words(reader.client.get(opened.location))


def test_changes_nothing_when_a_scanner_opens_the_link(
    guest: Guest, make_guest: object, mailed_link: Link
) -> None:
    booking = guest.order()
    before = (rows(Event), rows(Letter), booking.status, booking.lapses_at)
    scanner = make_guest()  # type: ignore[operator]

    for _ in range(3):
        opened = scanner.client.get(mailed_link(booking), follow_redirects=True)
        assert opened.status_code == 200
        scanner.client.head(mailed_link(booking))

    assert (rows(Event), rows(Letter), reread(booking).status, booking.lapses_at) == before


def test_leaves_the_token_in_no_history(guest: Guest, mailed_link: Link) -> None:
    booking = guest.order()

    opened = guest.client.get(mailed_link(booking))

    assert mailed_link(booking).rsplit("/", 1)[1] not in opened.location
    assert opened.headers["Referrer-Policy"] == "no-referrer"
    assert opened.headers["Cache-Control"] == "no-store"


def test_opens_for_the_right_link_only(
    guest: Guest, make_guest: object, mailed_link: Link, wall_clock: Clock
) -> None:
    booking = guest.order()
    stranger, link = make_guest(), mailed_link(booking)  # type: ignore[operator]

    for wrong in (
        link[:-1],
        link[:-1] + ("a" if link[-1] != "a" else "b"),
        link.upper(),
        "/l/AAAAAAAAAA/x",
        "/l/LACLACLAC2/x",
    ):
        assert stranger.client.get(wrong).status_code == 404, wrong
    booking.link_version += 1
    session.commit()
    assert stranger.client.get(link).status_code == 404
    wall_clock.pass_by(days=200)
    assert stranger.client.get(mailed_link(booking)).status_code == 404
    assert stranger.client.get(guest.page_of(booking)).status_code == 404


def test_says_how_to_get_a_new_link_and_nothing_about_the_old_one(
    guest: Guest, make_guest: object, mailed_link: Link
) -> None:
    booking = guest.order()
    stranger, replaced = make_guest(), mailed_link(booking)  # type: ignore[operator]
    booking.link_version += 1
    session.commit()

    pages = [
        stranger.client.get(path, follow_redirects=True)
        for path in (
            replaced,
            replaced[:-3],
            "/l/AAAAAAAAAA/x",
            guest.page_of(booking),
            "/en/bookings/AAAAAAAAAA",
        )
    ]

    assert {page.status_code for page in pages} == {404}
    for page in pages:
        assert re.search(r'href="/(fr|en)/find"', page.text)
        assert booking.reference not in words(page)
    assert "only the newest one works" in words(pages[-1])
    assert words(pages[-1]) == words(pages[-2])  # whether or not there is such a booking


def test_confirms_nothing_without_the_mailbox(guest: Guest) -> None:
    booking = guest.order()

    guest.client.submit("/en/find", {}, to=guest.page_of(booking, "/confirm"))

    assert reread(booking).status == "tentative"


def test_confirms_an_instant_stay_at_once(guest: Guest, mailed_link: Link) -> None:
    guest.query.update(arrival=TODAY.isoformat(), departure=(TODAY + timedelta(1)).isoformat())
    guest.choose(rung="undecided")
    guest.tell()
    booking = newest_booking()
    guest.send(booking)
    guest.client.get(mailed_link(booking))

    page = guest.client.get(guest.page_of(booking))
    guest.client.submit(guest.page_of(booking), {}, to=guest.page_of(booking, "/confirm"))

    assert "Book – you must pay" in words(page)
    assert reread(booking).status == "confirmed"


def test_lets_nobody_else_see_a_booking(guest: Guest, make_guest: object) -> None:
    booking = guest.order()
    stranger = make_guest()  # type: ignore[operator]

    for part in ("", "/cancel", "/price", "/stay.ics", "/letters/1"):
        assert stranger.client.get(guest.page_of(booking, part)).status_code == 404
        assert guest.client.get(f"/en/bookings/LACLACLAC2{part}").status_code == 404


def test_calls_back_who_has_no_mailbox(guest: Guest) -> None:
    booking = guest.order(email="", telephone="06 12 34 56 78")

    assert "Somebody calls you at 06 12 34 56 78" in words(guest.client.get(guest.page_of(booking)))


STATES = [
    (BookingStatus.DECLINED, "could not take your request"),
    (BookingStatus.CANCELLED, "Your booking is cancelled"),
    (BookingStatus.EXPIRED, "Your request has lapsed"),
    (BookingStatus.IN_HOUSE, "Welcome, Alice"),
    (BookingStatus.CHECKED_OUT, "Thank you for having been here"),
    (BookingStatus.NO_SHOW, "We waited for you"),
]


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


def test_explains_the_price_to_its_guest(guest: Guest, house: Property, mailed_link: Link) -> None:
    booking = confirmed(guest, house, mailed_link)

    page = words(guest.client.get(guest.page_of(booking)))

    assert "You chose €72; this stay costs the house €124." in page
    assert "In all €75.16" in page


def test_explains_the_price_after_the_bracket_is_erased(
    guest: Guest, house: Property, mailed_link: Link
) -> None:
    booking = confirmed(guest, house, mailed_link)
    for room in booking.rooms:
        room.bracket = None
        for night in room.nights:
            night.due_minor = None
    session.commit()

    assert "In all €75.16" in words(guest.client.get(guest.page_of(booking)))


def test_lets_a_guest_change_the_price_until_it_is_paid(
    guest: Guest, house: Property, mailed_link: Link
) -> None:
    booking = confirmed(guest, house, mailed_link)
    page = guest.page_of(booking, "/price")

    assert guest.client.submit(page, {"rung": "10000"}).location == guest.page_of(booking)
    assert folios.balance(reread(booking)) == Money.of("104.40")  # 100 + 4 x (4 % of 25, and a tenth of it)
    folios.take_payment_at_desk(
        booking=booking, method=PaymentMethod.CASH, amount=Money.of("104.40"), actor="user:1", now=NOW
    )

    assert guest.client.get(page).status_code == 409
    assert "Change my price" not in words(guest.client.get(guest.page_of(booking)))


def test_lets_a_guest_of_the_telephone_choose(make_guest: object, house: Property, mailed_link: Link) -> None:
    booking = bookings.book_at_desk(
        house=house,
        stay=Stay(TODAY + timedelta(30), TODAY + timedelta(32)),
        party=Household(2),
        offer_key="double",
        choice=None,
        guest=GuestDetails("Charlie", "charlie@example.org"),
        language="en",
        actor="user:1",
        now=NOW,
        today=TODAY,
    )
    guest = make_guest()  # type: ignore[operator]
    page = guest.client.get(mailed_link(booking), follow_redirects=True)
    rung = (
        guest.client.get(guest.page_of(booking, "/price")).text.split('id="rung-0" value="')[1].split('"')[0]
    )

    guest.client.submit(guest.page_of(booking, "/price"), {"rung": rung})

    assert "The price is yours to choose" in words(page)
    assert bookings.price_of(reread(booking)) == Money(int(rung))
    assert not booking.is_price_open


@pytest.mark.parametrize(
    ("before", "said", "fee"),
    [
        ({"days": 136}, "Cancelling now costs you nothing", 0),
        ({"days": 136, "hours": 8}, "costs €36: the first night", 3600),
    ],
)
def test_says_what_cancelling_costs_and_asks_for_no_more(
    guest: Guest,
    house: Property,
    mailed_link: Link,
    wall_clock: Clock,
    before: dict[str, int],
    said: str,
    fee: int,
) -> None:
    booking = confirmed(guest, house, mailed_link)
    wall_clock.pass_by(**before)  # from 22 November 10:00 to 7 April 11:00 (summer time), or 19:00

    page = guest.client.get(guest.page_of(booking, "/cancel"))
    guest.client.submit(guest.page_of(booking, "/cancel"), {"fee": str(fee)})

    assert said in words(page)
    assert reread(booking).status == "cancelled"
    assert folios.balance(booking) == Money(fee)


def test_does_not_cancel_for_more_than_the_page_said(
    guest: Guest, house: Property, mailed_link: Link, wall_clock: Clock
) -> None:
    booking = confirmed(guest, house, mailed_link)
    wall_clock.pass_by(days=137)

    page = guest.client.submit(guest.page_of(booking, "/cancel"), {"fee": "0"})

    assert "What cancelling costs has changed" in words(page)
    assert "€36" in words(page)
    assert reread(booking).status == "confirmed"


def test_cancels_a_request_for_nothing(guest: Guest) -> None:
    booking = guest.order(email="", telephone="06 12 34 56 78")

    guest.client.submit(guest.page_of(booking, "/cancel"), {"fee": "0"})

    assert reread(booking).status == "cancelled"
    assert "It costs you nothing." in words(guest.client.get(guest.page_of(booking)))
    assert guest.client.get(guest.page_of(booking, "/cancel")).location == guest.page_of(booking)


def test_keeps_personal_pages_out_of_caches(guest: Guest) -> None:
    booking = guest.hold()

    for page in (guest.look("who"), guest.look("review")):
        assert page.headers["Cache-Control"] == "no-store"
    guest.send(booking)
    assert guest.client.get(guest.page_of(booking)).headers["Cache-Control"] == "no-store"


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
