"""A feed that has fallen silent is told by letter, once a day, and once when it is heard again (R52)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.database import session
from app.models import ChannelName, Feed, Letter, LetterKind, Property, Room
from app.services import channels
from app.web.letters import compose
from config import Config
from tests.cast import NOW
from tests.platforms import SECRET, Platform
from tests.services.channels.conftest import Read, at, open_feed

HOUR = 60
DAY = 24 * HOUR
CONFIG = Config(secret_key=SECRET, public_url="http://localhost:8000")

Tell = Callable[[float], list[str]]


@pytest.fixture
def tell(house: Property) -> Tell:
    """Return the sweep so many minutes after the tests begin; it gives the letters that it posted."""
    known: set[int] = set()

    def sweep(minutes: float) -> list[str]:
        count = channels.tell_silence(now=at(minutes))
        letters = [
            letter for letter in session.scalars(select(Letter).order_by(Letter.id)) if letter.id not in known
        ]
        known.update(letter.id for letter in letters)
        assert len(letters) == count
        assert {letter.recipient for letter in letters} <= {house.email}
        return [letter.kind for letter in letters]

    return sweep


@pytest.fixture
def read_once(feed: Feed, read: Read, platform: Platform) -> Feed:
    """Return the feed of Le Jardin, read well at the beginning."""
    platform.lists(("2027-01-05", "2027-01-08", "one"))
    read()
    return feed


def mail_of(kind: LetterKind) -> str:
    """Return the last letter of a kind as text, in English."""
    letter = session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id.desc())).first()
    assert letter is not None
    letter.language = "en"
    part = compose(letter, CONFIG).get_body(("plain",))
    assert part is not None
    return str(part.get_content())


@pytest.mark.usefixtures("read_once")
def test_writes_after_six_hours_and_again_after_a_day(tell: Tell) -> None:
    told = {
        minutes: tell(minutes)
        for minutes in (1, 6 * HOUR - 1, 6 * HOUR, 6 * HOUR + 15, 30 * HOUR - 1, 30 * HOUR)
    }

    silence = [LetterKind.DESK_SILENCE]
    assert told == {
        1: [],
        6 * HOUR - 1: [],
        6 * HOUR: silence,
        6 * HOUR + 15: [],
        30 * HOUR - 1: [],
        30 * HOUR: silence,
    }


def test_writes_once_that_it_is_heard_again(read_once: Feed, read: Read, tell: Tell) -> None:
    tell(7 * HOUR)
    read(8 * HOUR)

    assert [tell(8 * HOUR + 1), tell(8 * HOUR + 16)] == [[LetterKind.DESK_SILENCE_OVER], []]
    assert tell(15 * HOUR) == [LetterKind.DESK_SILENCE]


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize(("status", "letters"), [(404, 1), (410, 1), (403, 0), (500, 0), (503, 0)])
def test_writes_at_once_when_a_feed_that_worked_is_gone(
    read: Read, platform: Platform, tell: Tell, status: int, letters: int
) -> None:
    platform.status = status
    read(15)

    assert [len(tell(16)), len(tell(31))] == [letters, 0]


def test_waits_six_hours_for_a_feed_that_never_worked(
    feed: Feed, read: Read, platform: Platform, tell: Tell
) -> None:
    platform.status = 404
    read(1)

    assert [tell(2), tell(6 * HOUR + 1)] == [[], [LetterKind.DESK_SILENCE]]


def test_calls_no_held_feed_a_good_import(
    read_once: Feed, read: Read, platform: Platform, tell: Tell
) -> None:
    platform.lists()
    for minutes in range(15, 6 * HOUR, 60):
        read(minutes)

    assert tell(6 * HOUR) == [LetterKind.DESK_SILENCE]


def test_writes_one_letter_for_a_whole_house(
    house: Property, room: Room, read_once: Feed, platform: Platform, tell: Tell
) -> None:
    other = open_feed(house, room, f"{platform.url}&other", ChannelName.BOOKING)
    other.attempted_at, other.read_well_at = at(60), at(60)
    session.commit()

    assert tell(6 * HOUR) == [LetterKind.DESK_SILENCE]
    assert "Booking.com" not in mail_of(LetterKind.DESK_SILENCE)
    assert tell(7 * HOUR) == [LetterKind.DESK_SILENCE]
    assert tell(30 * HOUR) == []

    text = mail_of(LetterKind.DESK_SILENCE)
    assert "Le Jardin · Airbnb" in text
    assert "Le Jardin · Booking.com" in text


@pytest.mark.usefixtures("read_once")
def test_names_room_platform_and_fault_and_no_address(read: Read, platform: Platform, tell: Tell) -> None:
    platform.status = 410
    read(15)
    tell(16)

    text = mail_of(LetterKind.DESK_SILENCE)

    assert "Le Jardin · Airbnb: last read well on" in text
    assert "error 410" in text
    assert "/en/desk/channels" in text
    assert "secret" not in text
    assert str(platform.port) not in text


def test_says_what_is_true_when_the_letter_leaves_late(read_once: Feed, read: Read, tell: Tell) -> None:
    tell(7 * HOUR)
    read(8 * HOUR)
    tell(8 * HOUR + 1)

    assert "it is read again" in mail_of(LetterKind.DESK_SILENCE)
    assert "Still silent" not in mail_of(LetterKind.DESK_SILENCE_OVER)


def test_leaves_feeds_alone_that_are_not_read(house: Property, room: Room, feed: Feed, tell: Tell) -> None:
    open_feed(house, room, "", ChannelName.GOOGLE)
    feed.attempted_at = feed.read_well_at = NOW
    channels.pause_feed(house=house, feed_id=feed.id, keeps_nights=True, actor="user:1", now=at(1))

    assert tell(DAY) == []
