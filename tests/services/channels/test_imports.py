"""What a feed says becomes nights that are closed, over real HTTP; what it fails to say frees nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from app.database import session
from app.models import (
    ChannelName,
    ChannelStay,
    Claim,
    ClaimKind,
    Event,
    Feed,
    Letter,
    Property,
    Room,
    RoomNight,
)
from app.services import channels, inventory
from app.services.availability import search
from pricing.household import Household
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.platforms import Platform
from tests.services.channels.conftest import RHYTHM, Read, at, nights, nights_taken, open_feed

JANUARY = ("2027-01-05", "2027-01-08", "one@airbnb.com")
FEBRUARY = ("2027-02-10", "2027-02-12", "two@airbnb.com")
MARCH = ("2027-03-01", "2027-03-04", "three@airbnb.com")


def count(model: type) -> int:
    """Return how many rows a table has."""
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_closes_the_nights_of_a_feed(room: Room, read: Read, platform: Platform) -> None:
    platform.lists(JANUARY, FEBRUARY)

    done = read()

    assert (done.added, done.fault_code) == (2, "")
    assert nights_taken(room) == nights("2027-01-05", "2027-01-08") | nights("2027-02-10", "2027-02-12")


def test_offers_nobody_a_night_that_a_platform_has_sold(house: Property, platform: Platform) -> None:
    doubles = session.scalars(
        select(Room).where(
            Room.property_id == house.id, Room.name.in_(["La Bibliothèque", "Le Jardin", "Le Terril"])
        )
    ).all()
    platform.lists(JANUARY)

    for room in doubles:
        feed = open_feed(house, room, f"{platform.url}&room={room.id}")
        channels.import_feed(feed_id=feed.id, fetch=platform.reader.fetch, now=NOW, rhythm=RHYTHM)

    stay = Stay(date(2027, 1, 7), date(2027, 1, 9))
    found = search(house=house, stay=stay, party=Household(2), now=NOW, today=TODAY)
    assert "double" not in {offer.key for offer in found.offers}
    after = search(house=house, stay=stay.shifted(1), party=Household(2), now=NOW, today=TODAY)
    assert "double" in {offer.key for offer in after.offers}


def test_writes_nothing_the_second_time(read: Read, platform: Platform) -> None:
    platform.lists(JANUARY, FEBRUARY)
    read()
    before = count(Event), count(Claim), count(ChannelStay)

    done = read(15)

    assert (done.added, done.moved, done.released) == (0, 0, 0)
    assert (count(Event), count(Claim), count(ChannelStay)) == before


def test_keeps_a_stay_that_only_changed_its_uid(read: Read, platform: Platform) -> None:
    platform.lists(JANUARY)
    read()
    before = count(Event)
    platform.lists(("2027-01-05", "2027-01-08", "another@airbnb.com"))

    done = read(15)

    assert (done.added, done.moved, done.released) == (0, 0, 0)
    assert count(Event) == before


def test_moves_a_stay_that_changed_its_dates(room: Room, read: Read, platform: Platform) -> None:
    platform.lists(JANUARY)
    read()
    platform.lists(("2027-01-05", "2027-01-10", "one@airbnb.com"))

    assert read(15).moved == 1

    assert nights_taken(room) == nights("2027-01-05", "2027-01-10")


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


def test_comes_back_more_rarely_while_a_feed_fails_and_obeys_its_server(
    feed: Feed, read: Read, platform: Platform
) -> None:
    platform.status = 503
    pauses = []
    for minutes in (0, 100, 200, 300, 400):
        read(minutes)
        pauses.append(session.get_one(Feed, feed.id).due_at - at(minutes))
    platform.headers["Retry-After"] = "7200"
    read(500)

    assert [pause // timedelta(minutes=1) for pause in pauses] == [15, 30, 60, 60, 60]
    assert session.get_one(Feed, feed.id).due_at == at(500) + timedelta(hours=2)


def test_asks_only_for_news_within_a_day_and_for_everything_the_next(read: Read, platform: Platform) -> None:
    platform.lists(JANUARY)
    platform.headers["ETag"] = '"v1"'
    read()
    platform.status = 304

    unchanged = read(15)
    platform.status = 200
    read(24 * 60)

    assert (unchanged.fault_code, unchanged.released) == ("", 0)
    assert [asked.get("If-None-Match") for asked in platform.asked] == [None, '"v1"', None]


def test_names_itself_and_a_contact_to_the_platform(read: Read, platform: Platform) -> None:
    read()

    assert "JusteNuit" in platform.asked[0]["User-Agent"]
    assert "bonjour@maison.test" in platform.asked[0]["User-Agent"]


def test_opens_one_conflict_and_writes_one_letter_for_a_night_sold_twice(
    house: Property, room: Room, read: Read, platform: Platform
) -> None:
    stay = Stay(date(2027, 1, 6), date(2027, 1, 7))
    inventory.take_all(property_id=house.id, wishes=[inventory.Wish(room.id, stay)], now=NOW)
    session.commit()
    platform.lists(JANUARY)

    done = [read().conflicts, read(15).conflicts]
    platform.lists(JANUARY, FEBRUARY)
    done.append(read(30).conflicts)

    assert done == [1, 0, 0]
    (conflict,) = inventory.list_conflicts(house.id)
    assert conflict.missing == (date(2027, 1, 6),)
    (letter,) = session.scalars(select(Letter)).all()
    assert (letter.kind, letter.recipient, letter.property_id) == ("desk_conflict", house.email, house.id)


def test_never_takes_a_night_from_a_guest_of_the_house(
    house: Property, room: Room, read: Read, platform: Platform
) -> None:
    stay = Stay(date(2027, 1, 5), date(2027, 1, 8))
    (claim,) = inventory.take_all(property_id=house.id, wishes=[inventory.Wish(room.id, stay)], now=NOW)
    session.commit()
    platform.lists(JANUARY)

    read()

    owned = session.scalars(select(RoomNight.night).where(RoomNight.claim_id == claim.id))
    assert set(owned) == nights("2027-01-05", "2027-01-08")


def test_hands_the_nights_to_the_platform_when_the_guest_lets_go(
    house: Property, room: Room, read: Read, platform: Platform
) -> None:
    stay = Stay(date(2027, 1, 6), date(2027, 1, 7))
    (claim,) = inventory.take_all(property_id=house.id, wishes=[inventory.Wish(room.id, stay)], now=NOW)
    session.commit()
    platform.lists(JANUARY)
    read()

    inventory.release(claim, now=at(5))
    session.commit()

    assert inventory.list_conflicts(house.id) == ()
    assert nights_taken(room) == nights("2027-01-05", "2027-01-08")


def test_sees_no_conflict_where_one_channel_lists_a_stay_three_times(
    house: Property, room: Room, read: Read, platform: Platform
) -> None:
    platform.lists(
        ("2027-01-05", "2027-01-06", "in"),
        ("2027-01-07", "2027-01-08", "out"),
        ("2027-01-05", "2027-01-08", "all"),
    )

    assert read().conflicts == 0

    assert inventory.list_conflicts(house.id) == ()
    assert count(Letter) == 0
    assert nights_taken(room) == nights("2027-01-05", "2027-01-08")


def test_closes_a_conflict_that_only_a_doubled_stay_still_has(
    house: Property, room: Room, read: Read, platform: Platform
) -> None:
    stay = Stay(date(2027, 1, 6), date(2027, 1, 7))
    (claim,) = inventory.take_all(property_id=house.id, wishes=[inventory.Wish(room.id, stay)], now=NOW)
    session.commit()
    platform.lists(JANUARY, (*JANUARY[:2], "the same again"))
    assert read().conflicts == 2
    inventory.release(claim, now=at(5))
    session.commit()

    read(24 * 60)

    assert inventory.list_conflicts(house.id) == ()


def test_sees_a_conflict_where_two_channels_sold_one_night(
    house: Property, room: Room, read: Read, platform: Platform
) -> None:
    platform.lists(JANUARY)
    read()
    other = open_feed(house, room, f"{platform.url}&other", ChannelName.BOOKING)

    done = channels.import_feed(feed_id=other.id, fetch=platform.reader.fetch, now=at(1), rhythm=RHYTHM)

    assert done.conflicts == 1


def test_recognises_its_own_nights_when_a_channel_sends_them_back(
    house: Property, room: Room, feed: Feed, read: Read, platform: Platform
) -> None:
    stay = Stay(date(2027, 1, 5), date(2027, 1, 8))
    inventory.take_free(property_id=house.id, room_id=room.id, kind=ClaimKind.BLOCK, stay=stay, now=NOW)
    read_by_channel = [["2027-01-05", "2027-01-08", NOW.isoformat()]]
    session.execute(update(Feed).where(Feed.id == feed.id).values(served_at=NOW, shown=read_by_channel))
    session.commit()
    platform.lists(("2027-01-05", "2027-01-08", "closed-1"))

    done = read(15)

    assert (done.added, done.conflicts) == (0, 0)
    assert inventory.list_conflicts(house.id) == ()


def test_leaves_a_paused_feed_alone(house: Property, feed: Feed, read: Read, platform: Platform) -> None:
    channels.pause_feed(house=house, feed_id=feed.id, keeps_nights=True, actor="user:1", now=NOW)
    platform.lists(JANUARY)

    assert read().verdict is None

    assert platform.asked == []


def test_lets_an_older_answer_not_undo_a_newer_one(room: Room, read: Read, platform: Platform) -> None:
    platform.lists(JANUARY, FEBRUARY)
    read(10)
    platform.lists(JANUARY)

    assert read(9).verdict is None

    assert nights("2027-02-10", "2027-02-12") <= nights_taken(room)
