"""A letter brings the stay for the calendar, is written twice alike, and points to its own house."""

from __future__ import annotations

import pytest
from icalendar import Calendar
from sqlalchemy import select

from app.database import session
from app.models import Booking, LetterKind, Property, PropertyHost
from app.web.letters import NoPublicAddress, compose
from config import Config
from tests.cast import OTHER_HOST
from tests.web.letters.post import (
    CONFIG,
    SECRET,
    calendar_of,
    letter_of,
    text_of,
    written,
)


def test_lets_the_guest_put_the_stay_into_a_calendar(house: Property, booking: Booking) -> None:
    part = calendar_of(written(house, booking, LetterKind.BOOKING_CONFIRMED))

    assert part is not None
    assert part.get_param("method") == "PUBLISH"
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    [event] = calendar.walk("VEVENT")
    assert event["UID"] == f"{booking.reference.lower()}@maison.test"
    assert event.start.isoformat() == "2026-12-24T15:00:00+01:00"
    assert event.end.isoformat() == "2026-12-27T11:00:00+01:00"
    assert "Alice" not in calendar.to_ical().decode()


def test_takes_a_cancelled_stay_out_of_the_calendar(house: Property, booking: Booking) -> None:
    confirmed = calendar_of(written(house, booking, LetterKind.BOOKING_CONFIRMED))
    cancelled = calendar_of(
        compose(letter_of(house, booking, LetterKind.BOOKING_CANCELLED, hours_later=1), CONFIG)
    )

    assert confirmed is not None
    assert cancelled is not None
    assert cancelled.get_param("method") == "CANCEL"
    before, after = (
        Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")[0] for part in (confirmed, cancelled)
    )
    assert before["UID"] == after["UID"]
    assert before["SEQUENCE"] < after["SEQUENCE"]
    assert after["STATUS"] == "CANCELLED"


def test_writes_the_same_letter_twice_alike(house: Property, booking: Booking) -> None:
    letter = letter_of(house, booking, LetterKind.BOOKING_CONFIRMED)

    first, second = compose(letter, CONFIG), compose(letter, CONFIG)

    assert (first["Message-ID"], first["Date"]) == (second["Message-ID"], second["Date"])
    assert first["Message-ID"] == letter.message_id
    assert text_of(first) == text_of(second)


def test_points_every_house_to_itself(house: Property) -> None:
    lac = session.scalars(select(Property).where(Property.code == "lac")).one()
    theirs = session.scalars(select(Booking).where(Booking.property_id == lac.id)).one()

    mail = written(lac, theirs, LetterKind.LINK)

    assert f"http://{OTHER_HOST}:8000/l/LACLACLAC2/" in text_of(mail)
    assert "Lac" in str(mail["From"])


def test_points_to_its_own_name_without_a_public_address(house: Property, booking: Booking) -> None:
    mail = compose(letter_of(house, booking, LetterKind.LINK), Config(secret_key=SECRET))

    assert f"https://localhost/l/{booking.reference}/" in text_of(mail)


def test_sends_nothing_that_would_point_nowhere(house: Property, booking: Booking) -> None:
    letter = letter_of(house, booking, LetterKind.LINK)
    session.delete(session.get_one(PropertyHost, "localhost"))
    session.commit()

    with pytest.raises(NoPublicAddress):
        compose(letter, Config(secret_key=SECRET))
