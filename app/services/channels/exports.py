"""What a channel is served: the nights of a room that are closed for other reasons than that channel's own stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import and_, bindparam, or_, select

from app.database import session
from app.models import Block, BookedRoom, Booking, BookingStatus, ChannelStay, Claim, Feed, Property, Room
from app.services.inventory.nights import not_lapsed
from calendars.export import PRODID, Busy, Range, merge_busy, write
from calendars.feed.nights import HouseHours

UNAVAILABLE = {"fr": "Indisponible", "en": "Unavailable"}
FAR_AWAY = timedelta(days=2 * 366)
# So far back, nights that touch a stay under way keep its event's first night, and with it the UID.
LOOK_BACK = timedelta(days=60)
ONE_DAY = timedelta(days=1)
HEAD_BYTES = 2000  # what a calendar says of itself stands before its events


# Each reading asks these two: they are written once.
HOUSE_OF_A_ROOM = (
    select(
        Room.name,
        Property.code,
        Property.timezone,
        Property.languages,
        Property.horizon,
        Property.check_in_from,
        Property.check_out_until,
    )
    .join(Property, Property.id == Room.property_id)
    .where(Room.id == bindparam("room_id"), Room.property_id == bindparam("property_id"))
)
CLAIMS_TO_SHOW = (
    select(Claim.arrival, Claim.departure, Claim.created_at)
    .outerjoin(BookedRoom, BookedRoom.claim_id == Claim.id)
    .outerjoin(Booking, Booking.id == BookedRoom.booking_id)
    .outerjoin(ChannelStay, ChannelStay.claim_id == Claim.id)
    .outerjoin(Block, Block.claim_id == Claim.id)
    .where(
        Claim.property_id == bindparam("property_id"),
        Claim.room_id == bindparam("room_id"),
        Claim.is_live,
        Claim.departure > bindparam("after"),
        Claim.arrival < bindparam("end"),
        not_lapsed(bindparam("now")),
        or_(
            Booking.id.is_(None),
            Booking.status != BookingStatus.TENTATIVE,
            Booking.ordered_at.is_not(None),
        ),
        or_(ChannelStay.id.is_(None), ChannelStay.feed_id != bindparam("feed_id")),
        or_(
            ChannelStay.quiet_until.is_(None),
            # Its quiet lasts while its feed already lacks it: else the ring would close just before it is let go.
            and_(ChannelStay.quiet_until <= bindparam("now"), ChannelStay.missed_count == 0),
        ),
        or_(Block.id.is_(None), Block.waits_for_reading.is_(False)),
    )
)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a channel is served: the text, and the nights that it closes there."""

    body: bytes
    ranges: tuple[Range, ...]


def export(*, feed: Feed, now: datetime) -> Calendar:
    """Write the calendar of a feed: the same bytes while no night changes, and nothing about anybody. Two queries."""
    house = session.execute(HOUSE_OF_A_ROOM, {"room_id": feed.room_id, "property_id": feed.property_id}).one()
    zone = ZoneInfo(house.timezone)
    busy = _find_busy(feed, today=now.astimezone(zone).date(), horizon=house.horizon, now=now)
    body = write(
        busy,
        name=house.name,
        key=feed.public_id.encode(),
        host=f"{house.code}.juste-nuit",
        summary=UNAVAILABLE.get(house.languages[0], UNAVAILABLE["en"]),
        hours=HouseHours(zone, house.check_in_from, house.check_out_until) if feed.is_timed else None,
    )
    return Calendar(body, tuple((start, end) for start, end, _ in busy))


def is_our_own(body: bytes) -> bool:
    """Tell whether a calendar is one that a house like this serves: reading it would close our own nights (R40)."""
    head = body[:HEAD_BYTES].replace(b"\r\n ", b"").replace(b"\n ", b"")
    return PRODID.encode() in head


def _find_busy(feed: Feed, *, today: date, horizon: date | None, now: datetime) -> tuple[Busy, ...]:
    """Find the nights that a channel must keep closed, merged, from yesterday to the end of sales.

    Nights under way begin where they began, so that the passing of time changes no event. A night counts when any
    live claim wants it that did not come from this very feed: should the channel cancel a stay of its own in a
    conflict, the night stays closed for the other side; and a stay that reception moved here from another room is
    told to this room's listing, though the channel sold it. Left out: lapsed holds, whether or not a job has run, and
    holds of a review page, which are too short for any reader (R48); rooms kept from sale only until their channels
    have read that they are free; and, for a day, what may be the last echo of a ring (R39).
    """
    first = today - ONE_DAY
    end = horizon + ONE_DAY if horizon else today + FAR_AWAY
    asked = {
        "property_id": feed.property_id,
        "room_id": feed.room_id,
        "feed_id": feed.id,
        "after": first - LOOK_BACK,
        "end": end,
        "now": now,
    }
    claims = session.execute(CLAIMS_TO_SHOW, asked)
    busy = merge_busy(
        Busy(arrival, min(departure, end), created_at) for arrival, departure, created_at in claims
    )
    return tuple(nights for nights in busy if nights.end > first)
