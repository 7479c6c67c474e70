"""No letter tells how a guest chose, gives a link away, or lets a hostile word out of its line."""

from __future__ import annotations

import html
import re

import pytest
from sqlalchemy import select

from app.database import session
from app.models import Booking, Letter, LetterKind, Property
from app.services.tokens import matches
from app.web.filters import money
from app.web.letters import compose
from app.web.letters.composing import ABOUT_NO_BOOKING
from pricing.money import Money
from tests.web.letters.post import (
    ASKED,
    CONFIG,
    DESK_KINDS,
    HOSTILE,
    PRIVATE_WORDS,
    REAL_COST,
    SECRET,
    html_of,
    letter_of,
    text_of,
    words_of,
    written,
)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", LetterKind)
def test_tells_nobody_how_a_guest_chose(
    house: Property, booking: Booking, kind: LetterKind, language: str
) -> None:
    mail = written(house, booking, kind, language)

    told = "\n".join([str(mail["Subject"]), text_of(mail), words_of(html_of(mail))])
    assert not re.search(PRIVATE_WORDS, told, re.IGNORECASE)
    for nights in (1, 3):
        for private in (ASKED, REAL_COST):
            assert money(Money(private * nights), language) not in told


@pytest.mark.parametrize("kind", DESK_KINDS)
def test_tells_the_desk_no_sum(house: Property, booking: Booking, kind: LetterKind) -> None:
    mail = written(house, booking, kind)

    assert "€" not in text_of(mail) + html_of(mail)


def test_carries_a_link_that_only_its_secret_can_make(house: Property, booking: Booking) -> None:
    mail = written(house, booking, LetterKind.BOOKING_CONFIRMED)

    found = re.search(r"http://localhost:8000/l/(\w+)/(\w+)", text_of(mail))
    assert found is not None
    assert found[1] == booking.reference
    assert matches(SECRET, "booking", booking.reference, booking.link_version, found[2])
    assert not matches(SECRET, "booking", booking.reference, booking.link_version + 1, found[2])
    assert found[0] in html_of(mail)


def test_stores_no_link_and_no_text_of_a_letter(house: Property, booking: Booking) -> None:
    written(house, booking, LetterKind.LINK)

    for letter in session.scalars(select(Letter)):
        assert "http" not in str([getattr(letter, column.key) for column in Letter.__table__.columns])


@pytest.mark.parametrize("kind", DESK_KINDS)
def test_gives_the_desk_no_link_of_a_guest(house: Property, booking: Booking, kind: LetterKind) -> None:
    mail = written(house, booking, kind)

    assert "/l/" not in text_of(mail) + html_of(mail)
    assert "/desk/" in text_of(mail)


@pytest.mark.parametrize("kind", LetterKind)
def test_prints_hostile_words_as_words(house: Property, booking: Booking, kind: LetterKind) -> None:
    booking.guest_name, booking.guest_message, booking.guest_telephone = HOSTILE, HOSTILE, HOSTILE[:40]
    session.commit()

    mail = written(house, booking, kind)

    page = html_of(mail)
    assert "<script" not in page
    assert "<img" not in page
    assert (HOSTILE in text_of(mail)) == (HOSTILE in html.unescape(page))
    nameless = {*ABOUT_NO_BOOKING, LetterKind.DESK_STAY_WITHDRAWN}
    assert "7 * 7" in text_of(mail) or kind in nameless


@pytest.mark.parametrize("field", ["name", "email"])
def test_refuses_a_header_that_breaks_out_of_its_line(house: Property, booking: Booking, field: str) -> None:
    letter = letter_of(house, booking, LetterKind.LINK)
    setattr(house, field, f"{getattr(house, field)}\r\nBcc: everybody@example.org")
    session.commit()

    with pytest.raises(ValueError, match=r"."):
        compose(letter, CONFIG)


def test_refuses_a_recipient_that_breaks_out_of_its_line(house: Property, booking: Booking) -> None:
    letter = letter_of(house, booking, LetterKind.LINK)
    letter.recipient = "alice@example.org\r\nBcc: everybody@example.org"
    session.commit()

    with pytest.raises(ValueError, match=r"."):
        compose(letter, CONFIG)
