"""The mailed link opens the page of one booking, changes nothing by itself, and is no one else's."""

from __future__ import annotations

import re
from datetime import timedelta

from app.database import session
from app.models import Event, Letter
from tests.cast import TODAY
from tests.web.guest.booking_page.steps import Link, rows
from tests.web.guest.conftest import Clock, Guest, newest_booking, reread, words


def test_waits_for_the_mailbox(guest: Guest) -> None:
    booking = guest.order()

    page = words(guest.client.get(guest.page_of(booking)))

    assert "Look into your mailbox" in page
    assert "We have written to alice@example.org" in page
    assert "kept until Sunday 22 November 2026 at 11:00" in page
    assert "Send my request" not in page


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


def test_keeps_personal_pages_out_of_caches(guest: Guest) -> None:
    booking = guest.hold()

    for page in (guest.look("who"), guest.look("review")):
        assert page.headers["Cache-Control"] == "no-store"
    guest.send(booking)
    assert guest.client.get(guest.page_of(booking)).headers["Cache-Control"] == "no-store"
