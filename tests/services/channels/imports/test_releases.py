"""What a feed fails to say frees nothing; what it stays silent about is freed in the end."""

from __future__ import annotations

import pytest

from app.models import (
    Property,
    Room,
)
from app.services import channels
from tests.platforms import Platform
from tests.services.channels.conftest import Read, at, nights, nights_taken
from tests.services.channels.imports.listed import FEBRUARY, JANUARY, MARCH


def test_frees_a_vanished_stay_only_when_it_stays_away(room: Room, read: Read, platform: Platform) -> None:
    platform.lists(JANUARY, FEBRUARY, MARCH)
    read()
    platform.lists(JANUARY, FEBRUARY)

    first, second, third = read(15), read(30), read(45)

    assert [first.released, second.released, third.released] == [0, 0, 1]
    assert nights_taken(room) == nights("2027-01-05", "2027-01-08") | nights("2027-02-10", "2027-02-12")


def test_forgets_that_a_stay_was_missing_once_it_is_back(room: Room, read: Read, platform: Platform) -> None:
    platform.lists(JANUARY, FEBRUARY, MARCH)
    read()
    platform.lists(JANUARY, FEBRUARY)
    read(15)
    platform.lists(JANUARY, FEBRUARY, MARCH)
    read(30)
    platform.lists(JANUARY, FEBRUARY)

    assert read(50).released == 0

    assert nights("2027-03-01", "2027-03-04") <= nights_taken(room)


def test_holds_everything_when_a_feed_is_suddenly_empty(
    house: Property, room: Room, read: Read, platform: Platform
) -> None:
    platform.lists(JANUARY, FEBRUARY, MARCH)
    read()
    taken = nights_taken(room)
    platform.lists()

    assert [read(minutes).fault_code for minutes in (15, 60, 120)] == ["suddenly_empty"] * 3

    assert nights_taken(room) == taken
    (card,) = channels.list_in_trouble(property_id=house.id, now=at(120))
    assert "3" in channels.fault_words(card.fault_code, card.fault, "fr")


def test_frees_them_at_the_word_of_a_person(room: Room, read: Read, platform: Platform) -> None:
    platform.lists(JANUARY, FEBRUARY, MARCH)
    read()
    platform.lists()
    read(15)

    done = read(16, is_confirmed=True)

    assert (done.released, done.fault_code) == (3, "")
    assert nights_taken(room) == set()


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (404, b"gone", "http_status"),
        (503, b"", "http_status"),
        (200, b"", "empty_body"),
        (200, b"<!doctype html><title>Log in</title>", "web_page"),
        (200, b'{"error": "quota"}', "json"),
        (200, b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270105\r\n", "truncated"),
    ],
)
def test_keeps_the_nights_of_a_feed_that_fails(
    house: Property, room: Room, read: Read, platform: Platform, status: int, body: bytes, code: str
) -> None:
    platform.lists(JANUARY)
    read()
    platform.status, platform.body = status, body

    done = read(15)

    assert done.fault_code == code
    assert nights_taken(room) == nights("2027-01-05", "2027-01-08")
    (card,) = channels.list_in_trouble(property_id=house.id, now=at(15))
    assert channels.fault_words(card.fault_code, card.fault, "fr") != channels.fault_words(
        card.fault_code, card.fault, "en"
    )
