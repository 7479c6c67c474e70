"""Whatever happens to a room, each channel is shown the nights of all others, and the same bytes until one changes."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from sqlalchemy import select

from app.database import session
from app.models import Block, ChannelName, ChannelStay, ClaimKind, Feed, Property, Room
from app.services import blocks, channels, inventory, platform_stays
from calendars.feed import read as read_feed
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.platforms import Platform
from tests.services.channels.conftest import RHYTHM, Read, at, nights, open_feed

STEPS = 25
FIRST = date(2027, 3, 1)


def nights_of(body: bytes) -> set[date]:
    """Return the nights of a calendar as a strict reader reads them."""
    found: set[date] = set()
    for entry in Calendar.from_ical(body).walk("VEVENT"):
        found |= set(Stay(entry.start, entry.end).nights)
    return found


@dataclass
class History:
    """A room on two channels, and what should be closed for which reason: by the house, and by each channel."""

    house: Property
    room: Room
    feeds: tuple[Feed, Feed]
    platform: Platform
    dice: random.Random
    now: datetime = NOW
    blocks: dict[int, Stay] = field(default_factory=dict)
    listed: tuple[set[Stay], set[Stay]] = field(default_factory=lambda: (set(), set()))

    def step(self) -> None:
        """Let something happen, some hours later."""
        self.now += timedelta(hours=self.dice.randint(1, 9))
        self.dice.choice([self.close, self.close, self.open, self.sell, self.lose])()

    def draw_stay(self) -> Stay:
        first = FIRST + timedelta(days=self.dice.randrange(40))
        return Stay(first, first + timedelta(days=self.dice.randint(1, 5)))

    def close(self) -> None:
        stay = self.draw_stay()
        closed = blocks.block(
            house=self.house,
            room_id=self.room.id,
            stay=stay,
            reason="repair",
            note="",
            actor="user:1",
            now=self.now,
        )
        self.blocks[closed.id] = stay

    def open(self) -> None:
        if self.blocks:
            block_id = self.dice.choice(sorted(self.blocks))
            blocks.unblock(house=self.house, block_id=block_id, actor="user:1", now=self.now)
            del self.blocks[block_id]

    def sell(self) -> None:
        which = self.dice.randrange(2)
        stay = self.draw_stay()
        if not any(
            stay.arrival < other.departure and other.arrival < stay.departure for other in self.listed[which]
        ):
            self.listed[which].add(stay)
            self.import_(which)

    def lose(self) -> None:
        which = self.dice.randrange(2)
        if self.listed[which]:
            self.listed[which].remove(
                self.dice.choice(sorted(self.listed[which], key=lambda stay: stay.arrival))
            )
            self.import_(which)

    def import_(self, which: int) -> None:
        lines = [
            (str(stay.arrival), str(stay.departure), f"{stay.arrival}@airbnb.com")
            for stay in self.listed[which]
        ]
        self.platform.lists(*sorted(lines))
        channels.import_feed(
            feed_id=self.feeds[which].id,
            fetch=self.platform.reader.fetch,
            now=self.now,
            rhythm=RHYTHM,
            is_confirmed=True,
        )

    def expected(self, which: int) -> set[date]:
        stays = [*self.blocks.values(), *self.listed[1 - which]]
        return {night for stay in stays for night in stay.nights}


@pytest.mark.parametrize("seed", range(4))
def test_shows_each_channel_what_the_others_took(
    house: Property, room: Room, feed: Feed, platform: Platform, seed: int
) -> None:
    other = open_feed(house, room, f"{platform.url}&other", ChannelName.BOOKING)
    history = History(house, room, (feed, other), platform, random.Random(seed))
    known: list[bytes] = [channels.export(feed=each, now=NOW).body for each in history.feeds]

    for _ in range(STEPS):
        history.step()
        for which, each in enumerate(history.feeds):
            body = channels.export(feed=each, now=history.now).body
            assert nights_of(body) == history.expected(which)
            assert body == channels.export(feed=each, now=history.now + timedelta(hours=1)).body
            assert (body == known[which]) <= (nights_of(body) == nights_of(known[which]))
            known[which] = body

    assert any(history.listed)


def test_tells_the_other_listing_of_a_channel_that_a_guest_has_moved_in(
    house: Property, room: Room, feed: Feed, read: Read, platform: Platform
) -> None:
    platform.lists(("2027-01-05", "2027-01-08", "one@airbnb.com"))
    read()
    target = session.scalars(select(Room).where(Room.property_id == house.id, Room.name == "Le Terril")).one()
    beside = open_feed(house, target, f"{platform.url}&beside")
    stay_id = session.scalars(select(ChannelStay.id)).one()

    platform_stays.move_to_room(
        house=house, stay_id=stay_id, room_id=target.id, actor="user:1", today=TODAY, now=at(1)
    )

    assert nights_of(channels.export(feed=beside, now=at(1)).body) == nights("2027-01-05", "2027-01-08")
    assert nights_of(channels.export(feed=feed, now=at(1)).body) == set()


def test_tells_no_channel_of_nights_that_only_wait_for_its_reading(
    house: Property, room: Room, feed: Feed
) -> None:
    claim = inventory.take_free(
        property_id=house.id,
        room_id=room.id,
        kind=ClaimKind.BLOCK,
        stay=Stay(date(2027, 1, 5), date(2027, 1, 8)),
        now=NOW,
    )
    waiting = Block(
        property_id=house.id, claim_id=claim.id, reason="moved", created_at=NOW, waits_for_reading=True
    )
    session.add(waiting)
    session.commit()

    silent = nights_of(channels.export(feed=feed, now=NOW).body)
    waiting.waits_for_reading = False
    session.commit()

    assert silent == set()
    assert nights_of(channels.export(feed=feed, now=NOW).body) == nights("2027-01-05", "2027-01-08")


def test_serves_hours_to_a_channel_that_overlooks_whole_days(house: Property, room: Room, feed: Feed) -> None:
    for stay in (Stay(date(2027, 3, 26), date(2027, 3, 29)), Stay(date(2027, 7, 1), date(2027, 7, 2))):
        inventory.take_free(property_id=house.id, room_id=room.id, kind=ClaimKind.BLOCK, stay=stay, now=NOW)
    feed.is_timed = True
    session.commit()

    body = channels.export(feed=feed, now=NOW).body

    assert b"DTSTART:20270326T140000Z\r\nDTEND:20270329T090000Z" in body  # the clocks change between
    reading = read_feed(
        body, timezone=house.timezone, check_in=house.check_in_from, check_out=house.check_out_until, now=NOW
    )
    assert [(block.start, block.end) for block in reading.blocks] == [
        (date(2027, 3, 26), date(2027, 3, 29)),
        (date(2027, 7, 1), date(2027, 7, 2)),
    ]


def test_keeps_the_name_of_a_stay_under_way_until_it_is_over(house: Property, room: Room, feed: Feed) -> None:
    stay = Stay(date(2027, 1, 5), date(2027, 1, 20))
    inventory.take_free(property_id=house.id, room_id=room.id, kind=ClaimKind.BLOCK, stay=stay, now=NOW)
    session.commit()
    noon = datetime.combine(date(2027, 1, 1), time(12), ZoneInfo(house.timezone))

    bodies = [channels.export(feed=feed, now=noon + timedelta(days=day)).body for day in range(21)]

    assert len(set(bodies[:20])) == 1  # up to the day of departure, whose last night was yesterday's
    assert [body.count(b"BEGIN:VEVENT") for body in bodies[19:]] == [1, 0]
