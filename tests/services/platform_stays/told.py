"""Stays as a feed leaves them, without a network: what the tests of the desk and of the services share."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.database import session
from app.models import (
    Booking,
    ChannelName,
    ChannelStay,
    Claim,
    ClaimKind,
    Feed,
    Property,
    Room,
    RoomNight,
    TaxCollector,
)
from app.services import inventory, platform_stays
from app.services.bookings import GuestDetails
from app.services.parties import Sleepers
from app.services.platform_stays import Completion, PlatformMoney
from calendars.feed import Kind
from pricing.money import Money
from pricing.stay import Stay
from tests.cast import NOW, TODAY

TONIGHT = Stay(TODAY, TODAY + timedelta(days=3))
NEXT_MONTH = Stay(TODAY + timedelta(days=30), TODAY + timedelta(days=33))
BIRGIT = GuestDetails("Birgit Olsen", telephone="06 12 34 56 78")
COUPLE = Sleepers(2)
SAID = PlatformMoney(
    gross=Money(20000),
    commission=Money(3000),
    payout=Money(17000),
    tax_collector=TaxCollector.HOUSE,
    reference="HM4SQ2",
)


def room_of(house: Property, name: str = "Le Jardin") -> Room:
    """Return a room of the house."""
    return session.scalars(select(Room).where(Room.property_id == house.id, Room.name == name)).one()


def told(
    house: Property,
    stay: Stay = TONIGHT,
    *,
    room: str = "Le Jardin",
    kind: Kind = Kind.RESERVATION,
    channel: ChannelName = ChannelName.AIRBNB,
) -> ChannelStay:
    """Write down a stay as the import does; commits."""
    where = room_of(house, room)
    claim = inventory.take_free(
        property_id=house.id, room_id=where.id, kind=ClaimKind.CHANNEL_STAY, stay=stay, now=NOW
    )
    feed = session.scalar(select(Feed).where(Feed.room_id == where.id, Feed.channel == channel))
    if feed is None:
        name = f"{channel}{where.id}"
        feed = Feed(property_id=house.id, room_id=where.id, channel=channel, public_id=name, created_at=NOW)
        session.add(feed)
        session.flush()
    read = ChannelStay(
        property_id=house.id,
        feed_id=feed.id,
        claim_id=claim.id,
        uid=f"{claim.id}@airbnb.com",
        kind=kind,
        arrival=stay.arrival,
        departure=stay.departure,
        first_seen_at=NOW,
    )
    session.add(read)
    session.commit()
    return read


def completed(house: Property, read: ChannelStay, money: PlatformMoney = SAID, **changes: Any) -> Booking:
    """Complete a stay as reception does."""
    words = {"guest": BIRGIT, "sleepers": COUPLE, "language": "fr", "money": money, **changes}
    return platform_stays.complete(
        house=house, stay_id=read.id, completion=Completion(**words), actor="user:1", now=NOW
    )


def moved_by_feed(read: ChannelStay, stay: Stay) -> None:
    """Do what the import does with a stay that has other nights now; commits."""
    inventory.move(session.get_one(Claim, read.claim_id), stay, now=NOW)
    read.arrival, read.departure = stay.arrival, stay.departure
    platform_stays.follow_move(read, now=NOW)
    session.commit()


def ended_by_feed(read: ChannelStay) -> bool:
    """Do what the import does with a stay that is gone; return whether its nights were let go of. Commits."""
    is_over = platform_stays.follow_end(read, now=NOW)
    if is_over:
        read.ended_at = NOW
        inventory.release(session.get_one(Claim, read.claim_id), now=NOW)
    session.commit()
    return is_over


def owner_of(room: Room, stay: Stay) -> set[int]:
    """Return the claims that have the nights of a stay in a room."""
    return set(
        session.scalars(
            select(RoomNight.claim_id).where(
                RoomNight.room_id == room.id,
                RoomNight.night >= stay.arrival,
                RoomNight.night < stay.departure,
            )
        )
    )
