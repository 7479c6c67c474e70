"""A night sold twice is a conflict and is told once; a guest of the house never loses a night (R32, R33)."""

from __future__ import annotations

import random
from datetime import date, timedelta

from sqlalchemy import select

from app.database import session
from app.models import (
    ChannelName,
    ChannelStay,
    Claim,
    ClaimKind,
    Letter,
    Property,
    Room,
    RoomNight,
)
from app.services import channels, conflicts, inventory, platform_stays
from calendars.feed import Kind
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.platforms import Platform, calendar
from tests.services.channels.conftest import RHYTHM, Read, ReadOther, at, nights, nights_taken, open_feed
from tests.services.channels.imports.listed import FEBRUARY, JANUARY, count


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
    house: Property, room: Room, read: Read, platform: Platform, read_other: ReadOther
) -> None:
    platform.lists(JANUARY)
    read()

    done = read_other(ChannelName.BOOKING, 1)

    assert done.conflicts == 1


def test_lists_one_line_where_an_aggregator_repeats_a_stay(
    house: Property, room: Room, read: Read, platform: Platform, read_other: ReadOther
) -> None:
    platform.lists(JANUARY)
    read()

    done = read_other(ChannelName.GOOGLE, 1, is_aggregator=True)

    assert (done.added, done.conflicts) == (1, 0)
    assert inventory.list_conflicts(house.id) == ()


def test_sees_a_conflict_where_an_aggregator_tells_of_other_nights(
    house: Property, room: Room, read: Read, platform: Platform, read_other: ReadOther
) -> None:
    platform.lists(JANUARY)
    read()
    platform.lists(("2027-01-06", "2027-01-09", "somebody else"))

    done = read_other(ChannelName.GOOGLE, 1, is_aggregator=True)

    assert done.conflicts == 1


def test_sees_no_conflict_where_one_platform_closes_what_another_has_sold(
    house: Property, room: Room, read: Read, platform: Platform, read_other: ReadOther
) -> None:
    platform.lists(JANUARY)
    read()
    platform.lists(("2027-01-04", "2027-01-09", "closed-1"))

    read_other(ChannelName.VRBO, 1)

    assert inventory.list_conflicts(house.id) == ()
    assert nights_taken(room) == nights("2027-01-04", "2027-01-09")


def test_weighs_a_conflict_again_when_the_desk_says_that_it_is_no_guest(
    house: Property, room: Room, read: Read, platform: Platform
) -> None:
    platform.lists(JANUARY)
    read()
    other = open_feed(house, room, f"{platform.url}&other", ChannelName.BOOKING)
    body = calendar(("2027-01-04", "2027-01-09", "who knows"), maker="-//admin.booking.com//EN")
    platform.body = body.replace(b"Reserved", b"CLOSED - Not available")
    channels.import_feed(feed_id=other.id, fetch=platform.reader.fetch, now=at(1), rhythm=RHYTHM)
    stay = session.scalars(select(ChannelStay).where(ChannelStay.feed_id == other.id)).one()
    open_conflicts = [len(inventory.list_conflicts(house.id))]

    for kind in (Kind.BLOCK, Kind.RESERVATION):
        platform_stays.tell_kind(house=house, stay_id=stay.id, kind=kind, actor="user:1", now=at(2))
        open_conflicts.append(len(inventory.list_conflicts(house.id)))

    assert open_conflicts == [1, 0, 1]


def test_opens_the_conflict_when_a_closure_turns_out_to_be_a_guest(
    house: Property, room: Room, read: Read, platform: Platform, read_other: ReadOther
) -> None:
    platform.lists(JANUARY)
    read()
    platform.lists(("2027-01-04", "2027-01-09", "closed-1"))
    read_other(ChannelName.VRBO, 1)
    platform.lists(("2027-01-04", "2027-01-09", "a guest"))

    done = read_other(ChannelName.VRBO, 2)

    assert (done.moved, done.conflicts) == (1, 1)


def test_never_touches_a_guest_of_the_house_whatever_its_feed_says(
    house: Property, room: Room, read: Read, platform: Platform
) -> None:
    dice = random.Random(20261122)
    start = TODAY + timedelta(days=30)

    def stay(first: int, length: int) -> Stay:
        return Stay(start + timedelta(days=first), start + timedelta(days=first + length))

    for first, length in ((3, 4), (12, 3)):
        inventory.take_all(
            property_id=house.id, wishes=[inventory.Wish(room.id, stay(first, length))], now=NOW
        )
    session.commit()
    before = _booked(room)

    for minutes in range(25):
        listed = [stay(dice.randrange(20), dice.randint(1, 6)) for _ in range(dice.randrange(7))]
        words = (dice.choice(("guest", "closed")) for _ in listed)
        platform.lists(
            *(
                (str(one.arrival), str(one.departure), f"{word}-{number}")
                for number, (one, word) in enumerate(zip(listed, words, strict=True))
            )
        )
        read(minutes, is_confirmed=bool(minutes % 2))

        assert _booked(room) == before


def _booked(room: Room) -> list[tuple[object, ...]]:
    """Return every night that a guest of the house has, with the claim behind it."""
    rows = session.execute(
        select(RoomNight.night, Claim.id, Claim.arrival, Claim.departure, Claim.is_live)
        .join(Claim, Claim.id == RoomNight.claim_id)
        .where(RoomNight.room_id == room.id, Claim.kind == ClaimKind.BOOKED_ROOM)
        .order_by(RoomNight.night)
    )
    return [tuple(row) for row in rows]


def test_tells_of_the_guest_of_another_channel_on_nights_that_were_only_closed(
    house: Property, room: Room, read: Read, platform: Platform, read_other: ReadOther
) -> None:
    platform.lists(("2027-01-04", "2027-01-09", "closed-1"))
    read()
    platform.lists(JANUARY)
    read_other(ChannelName.VRBO, 1)
    platform.lists(("2027-01-04", "2027-01-09", "a guest"))
    before = count(Letter)

    assert read(2).conflicts == 1

    assert (before, count(Letter)) == (0, 1)
    assert len(conflicts.list_told(property_id=house.id, at=at(2))) == 1


def test_tells_of_a_guest_of_the_house_on_nights_that_were_only_closed(
    house: Property, room: Room, read: Read, platform: Platform
) -> None:
    stay = Stay(date(2027, 1, 5), date(2027, 1, 8))
    inventory.take_all(property_id=house.id, wishes=[inventory.Wish(room.id, stay)], now=NOW)
    session.commit()
    platform.lists(("2027-01-04", "2027-01-09", "closed-1"))
    read()
    platform.lists(("2027-01-04", "2027-01-09", "a guest"))
    before = count(Letter)

    assert read(15).conflicts == 1

    assert (before, count(Letter)) == (0, 1)
    assert len(conflicts.list_told(property_id=house.id, at=at(15))) == 1
    assert read(30).conflicts == 0


def test_weighs_a_doubled_stay_again_when_its_feed_is_no_aggregator_any_more(
    house: Property, room: Room, read: Read, platform: Platform
) -> None:
    platform.lists(JANUARY)
    read()
    other = open_feed(house, room, f"{platform.url}&other", ChannelName.OTHER)
    known = []
    for minutes, is_aggregator in enumerate((True, False, True), start=1):
        channels.change_options(
            house=house,
            feed_id=other.id,
            options=channels.FeedOptions(is_aggregator=is_aggregator),
            actor="user:1",
            now=at(minutes),
        )
        if minutes == 1:
            channels.import_feed(feed_id=other.id, fetch=platform.reader.fetch, now=at(1), rhythm=RHYTHM)
        known.append((len(inventory.list_conflicts(house.id)), count(Letter)))

    assert known == [(0, 0), (1, 1), (0, 1)]
