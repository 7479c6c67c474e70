"""Who comes is written again at the desk: old links die, letters follow, events tell names of fields only."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import select

from app.database import session
from app.models import Event, Letter, LetterKind, Property
from app.services import bookings
from app.services.letters import post_letter
from tests.services.bookings.conftest import ALICE, NOW, Hold

ANOTHER = replace(ALICE, email="alice.delattre@example.org")


def recipients(booking_id: int) -> set[str]:
    return set(session.scalars(select(Letter.recipient).where(Letter.booking_id == booking_id)))


def test_writes_what_was_told_and_remembers_which_fields(confirmed: Hold) -> None:
    booking = confirmed()
    version = booking.link_version

    told = replace(ALICE, telephone="06 11 22 33 44", arrival_time=time(18))
    changed = bookings.change_contact(booking=booking, guest=told, actor="user:1", now=NOW)

    assert changed == ("arrival_time", "guest_telephone")
    assert (booking.guest_telephone, booking.arrival_time) == ("06 11 22 33 44", time(18))
    event = session.scalars(select(Event).where(Event.verb == "change_guest")).one()
    assert (event.actor, event.field_names) == ("user:1", ["arrival_time", "guest_telephone"])
    assert booking.link_version == version


def test_remembers_nothing_where_nothing_changed(confirmed: Hold) -> None:
    changed = bookings.change_contact(booking=confirmed(), guest=ALICE, actor="user:1", now=NOW)

    assert changed == ()
    assert session.scalars(select(Event).where(Event.verb == "change_guest")).all() == []


def test_makes_mailed_links_useless_with_another_address(house: Property, confirmed: Hold) -> None:
    booking, other = confirmed(), confirmed()
    version, key = booking.link_version, booking.contact_key
    sent = session.scalars(select(Letter).where(Letter.booking_id == booking.id)).all()[0]
    sent.sent_at = NOW
    session.commit()

    bookings.change_contact(booking=booking, guest=ANOTHER, actor="user:1", now=NOW)

    assert booking.link_version == version + 1
    assert booking.contact_key == ANOTHER.contact_key != key
    assert sent.recipient == ALICE.email, "what was sent was sent there"
    waiting = session.scalars(
        select(Letter.recipient).where(Letter.booking_id == booking.id, Letter.sent_at.is_(None))
    ).all()
    assert set(waiting) == {ANOTHER.email, house.email}
    assert recipients(other.id) == {ALICE.email, house.email}


def test_sends_the_desk_its_letters_even_where_it_lent_its_address(house: Property, confirmed: Hold) -> None:
    booking = confirmed(guest=replace(ALICE, email=house.email))
    for kind in (LetterKind.DESK_PAYMENT, LetterKind.LINK):
        post_letter(house=house, booking=booking, kind=kind, recipient=house.email, language="fr", now=NOW)
    session.commit()

    bookings.change_contact(booking=booking, guest=ALICE, actor="user:1", now=NOW)

    by_kind = {
        letter.kind: letter.recipient
        for letter in session.scalars(select(Letter).where(Letter.booking_id == booking.id))
    }
    assert by_kind["desk_payment"] == house.email
    assert by_kind["link"] == ALICE.email


def test_sends_nothing_to_an_address_that_is_gone(confirmed: Hold) -> None:
    booking = confirmed()
    by_telephone = replace(ALICE, email="", telephone="06 11 22 33 44")

    bookings.change_contact(booking=booking, guest=by_telephone, actor="user:1", now=NOW)

    letters = session.scalars(
        select(Letter).where(Letter.booking_id == booking.id, Letter.recipient == ALICE.email)
    ).all()
    assert letters
    assert all(letter.gave_up_at and letter.set_aside_at for letter in letters)


def test_writes_nothing_into_what_is_not_ordered_or_has_ended(
    house: Property, hold: Hold, ordered: Hold, confirmed: Hold
) -> None:
    ended = confirmed()
    bookings.cancel(house=house, booking=ended, actor="guest", reason="", now=NOW)

    for booking in (hold(), ended):
        with pytest.raises(bookings.TransitionRefused):
            bookings.change_contact(booking=booking, guest=ANOTHER, actor="user:1", now=NOW)
        session.rollback()
    lapsed = ordered()
    with pytest.raises(bookings.HoldExpired):
        bookings.change_contact(booking=lapsed, guest=ANOTHER, actor="user:1", now=NOW + timedelta(hours=2))
