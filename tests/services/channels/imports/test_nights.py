"""What a feed says becomes nights that are closed, over real HTTP; the second time nothing is written."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select, update

from app.database import session
from app.models import (
    ChannelStay,
    Claim,
    Conflict,
    Event,
    Feed,
    Property,
    Room,
)
from app.services import channels, inventory
from app.services.availability import search
from calendars.fetch import Fetched, Validators
from pricing.household import Household
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.platforms import Platform
from tests.services.channels.conftest import RHYTHM, Read, at, nights, nights_taken, open_feed
from tests.services.channels.imports.listed import FEBRUARY, JANUARY, count
from tests.statements import counted


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


def test_reads_a_feed_as_its_options_say(room: Room, feed: Feed, read: Read, platform: Platform) -> None:
    session.execute(update(Feed).where(Feed.id == feed.id).values(is_end_inclusive=True, stays_only=True))
    session.commit()
    platform.lists(JANUARY, ("2027-02-10", "2027-02-12", "closed-1"))

    assert read().added == 1

    assert nights_taken(room) == nights("2027-01-05", "2027-01-09")


def test_reads_the_same_body_anew_when_its_options_have_changed(
    room: Room, feed: Feed, read: Read, platform: Platform
) -> None:
    platform.lists(JANUARY)
    read()
    session.execute(update(Feed).where(Feed.id == feed.id).values(is_end_inclusive=True))
    session.commit()

    assert read(15).moved == 1

    assert nights_taken(room) == nights("2027-01-05", "2027-01-09")


def test_leaves_a_stay_in_the_room_that_the_desk_gave_it(
    house: Property, room: Room, library: Room, read: Read, platform: Platform
) -> None:
    platform.lists(JANUARY)
    read()
    stay = session.scalars(select(ChannelStay)).one()
    claim = session.get_one(Claim, stay.claim_id)
    wish = inventory.Wish(library.id, Stay(stay.arrival, stay.departure))
    inventory.change_room(claim, wish, now=at(1))
    stay.is_moved = True
    session.commit()
    platform.lists(("2027-01-05", "2027-01-10", "one@airbnb.com"))

    assert read(15).moved == 1

    assert (nights_taken(room), nights_taken(library)) == (set(), nights("2027-01-05", "2027-01-10"))


def test_keeps_what_a_person_said_that_a_stay_is(read: Read, platform: Platform) -> None:
    platform.lists(JANUARY)
    read()
    session.execute(update(ChannelStay).values(told_kind="block"))
    session.commit()
    platform.lists(("2027-01-05", "2027-01-10", "one@airbnb.com"))

    read(15)

    assert session.scalars(select(ChannelStay.told_kind)).one() == "block"


def test_asks_as_many_questions_for_forty_stays_as_for_four(
    house: Property, room: Room, library: Room, platform: Platform
) -> None:
    def questions(stays: int, into: Room) -> int:
        feed_id = open_feed(house, into, f"{platform.url}&{into.id}").id
        days = [TODAY + timedelta(days=5 + 4 * number) for number in range(stays)]
        platform.lists(*((str(day), str(day + timedelta(days=3)), f"{day}") for day in days))
        with counted() as asked:
            channels.import_feed(feed_id=feed_id, fetch=platform.reader.fetch, now=NOW, rhythm=RHYTHM)
        return len(asked)

    few = questions(4, room)

    assert questions(40, library) == few


def test_moves_and_ends_forty_stays_with_as_few_questions_as_four(
    house: Property, room: Room, library: Room, platform: Platform
) -> None:
    def questions(stays: int, into: Room) -> int:
        feed_id = open_feed(house, into, f"{platform.url}&{into.id}").id
        days = [TODAY + timedelta(days=5 + 4 * number) for number in range(stays)]
        for minutes, length, kept in ((0, 3, days), (1, 2, days[1:])):
            platform.lists(*((str(day), str(day + timedelta(days=length)), f"{day}") for day in kept))
            with counted() as asked:
                channels.import_feed(
                    feed_id=feed_id,
                    fetch=platform.reader.fetch,
                    now=at(minutes),
                    rhythm=RHYTHM,
                    is_confirmed=True,
                )
        return len(asked)

    few = questions(4, room)

    assert questions(40, library) == few


def test_takes_in_stays_that_all_cross_each_other_without_asking_more(
    house: Property, room: Room, read: Read, platform: Platform
) -> None:
    days = [TODAY + timedelta(days=5 + number * 7 % 50) for number in range(400)]
    platform.lists(
        *(
            (str(day), str(day + timedelta(days=1 + number % 40)), f"{number}")
            for number, day in enumerate(days)
        )
    )

    with counted() as asked:
        assert read().added == 400

    assert len(asked) < 60
    assert count(Conflict) == 0


def test_takes_the_nights_of_a_new_season_out_of_the_same_body(
    house: Property, room: Room, read: Read, platform: Platform
) -> None:
    house.horizon = date(2027, 1, 31)
    session.commit()
    platform.lists(JANUARY, FEBRUARY)
    read()
    before = nights_taken(room)
    house.horizon = date(2027, 12, 31)
    session.commit()

    read(15)

    assert before == nights(*JANUARY[:2])
    assert nights_taken(room) == nights(*JANUARY[:2]) | nights(*FEBRUARY[:2])


def test_reads_anew_what_was_asked_for_before_its_options_changed(
    room: Room, feed: Feed, read: Read, platform: Platform
) -> None:
    feed_id = feed.id
    platform.lists(JANUARY)

    def fetch(sealed_url: str, validators: Validators) -> Fetched:
        session.execute(update(Feed).where(Feed.id == feed_id).values(is_end_inclusive=True))
        session.commit()
        return platform.reader.fetch(sealed_url, validators)

    channels.import_feed(feed_id=feed_id, fetch=fetch, now=at(0), rhythm=RHYTHM)
    read(15)

    assert nights_taken(room) == nights("2027-01-05", "2027-01-09")


def test_keeps_stays_apart_that_bear_one_uid(
    house: Property, room: Room, read: Read, platform: Platform
) -> None:
    same_uid = JANUARY[2]
    platform.lists(JANUARY, ("2027-02-10", "2027-02-12", same_uid))
    read()
    terril = session.scalars(select(Room).where(Room.property_id == house.id, Room.name == "Le Terril")).one()
    other = open_feed(house, terril, f"{platform.url}&terril")
    platform.lists(("2027-03-01", "2027-03-04", same_uid))

    channels.import_feed(feed_id=other.id, fetch=platform.reader.fetch, now=at(1), rhythm=RHYTHM)

    assert nights_taken(room) == nights(*JANUARY[:2]) | nights("2027-02-10", "2027-02-12")
    assert nights_taken(terril) == nights("2027-03-01", "2027-03-04")


def test_keeps_what_is_past_and_never_takes_it_in_again(room: Room, read: Read, platform: Platform) -> None:
    days, last_night = 24 * 60, ("2026-11-21", "2026-11-23", "over@airbnb.com")
    platform.lists(last_night, JANUARY)
    first = read()
    platform.lists(JANUARY)

    later = [read(2 * days + minutes) for minutes in (0, 60, 120)]
    platform.lists((*last_night[:2], "another@airbnb.com"), JANUARY)
    again = read(2 * days + 180)

    assert first.added == 2
    assert [(done.added, done.released) for done in (*later, again)] == [(0, 0)] * 4
    assert nights("2026-11-21", "2026-11-23") <= nights_taken(room)
