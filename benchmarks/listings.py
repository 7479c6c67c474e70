"""Draw a house whose rooms are listed on a platform, and the calendars that the platform sends."""

from __future__ import annotations

from datetime import date, timedelta

from app.database import session
from app.models import Feed, Property, PropertyHost, Room, RoomType
from tests.cast import NOW, TODAY

HOST = "listed.test"
NIGHTS, GAP = 3, 1
# Room for ten thousand stays one after the other.
YEARS_SOLD = timedelta(days=120 * 366)
PLATFORM = "airbnb"


def build(rooms: int) -> list[int]:
    """Write a house with so many rooms, each with a feed that is due; return the ids of the feeds. Commits."""
    house = Property(
        code="listed",
        name="Listed house",
        timezone="Europe/Paris",
        currency="EUR",
        languages=["fr", "en"],
        telephone="+33 3 21 00 00 00",
        email="house@example.org",
        address="1 rue de la Mesure\n62300 Lens",
        horizon=TODAY + YEARS_SOLD,
        is_example=True,
        created_at=NOW,
    )
    session.add(house)
    session.flush()
    session.add(PropertyHost(host=HOST, property_id=house.id))
    names = {"fr": "Chambre double", "en": "Double room"}
    kind = RoomType(property_id=house.id, code="double", names=names, descriptions=names, sleeps=2)
    session.add(kind)
    session.flush()
    listed = [Room(property_id=house.id, type_id=kind.id, name=f"Room {number}") for number in range(rooms)]
    session.add_all(listed)
    session.flush()
    feeds = [
        Feed(
            property_id=house.id,
            room_id=room.id,
            channel=PLATFORM,
            sealed_url=f"sealed {room.id}",
            public_id=f"{room.id:016x}",
            created_at=NOW,
            due_at=NOW,
        )
        for room in listed
    ]
    session.add_all(feeds)
    session.commit()
    return [feed.id for feed in feeds]


def calendar(events: int, *, stamp: int = 0, moved: int | None = None) -> bytes:
    """Return a platform's calendar of so many stays one after the other.

    `stamp` stands in every DTSTAMP, as platforms write it anew at each fetch; the stay numbered `moved` ends a night
    earlier.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Airbnb Inc//Hosting Calendar 1.0//EN"]
    for number in range(events):
        arrival, departure = _nights(number)
        if number == moved:
            departure -= timedelta(days=1)
        lines += [
            "BEGIN:VEVENT",
            f"DTSTAMP:20261122T{stamp:06d}Z",
            f"DTSTART;VALUE=DATE:{arrival:%Y%m%d}",
            f"DTEND;VALUE=DATE:{departure:%Y%m%d}",
            "SUMMARY:Reserved",
            f"UID:{number:032x}@airbnb.com",
            "DESCRIPTION:Phone Number (Last 4 Digits): 4821",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def overlapping(events: int, nights: int) -> bytes:
    """Return a hostile calendar: so many stays crossing each other on so few nights."""
    rows = ["BEGIN:VCALENDAR"]
    for number in range(events):
        arrival = TODAY + timedelta(days=1 + number * 7 % nights)
        departure = arrival + timedelta(days=1 + number * 11 % nights)
        rows += [
            "BEGIN:VEVENT",
            f"DTSTART;VALUE=DATE:{arrival:%Y%m%d}",
            f"DTEND;VALUE=DATE:{departure:%Y%m%d}",
            f"UID:{number}",
            "END:VEVENT",
        ]
    return "\r\n".join([*rows, "END:VCALENDAR", ""]).encode()


def _nights(number: int) -> tuple[date, date]:
    arrival = TODAY + timedelta(days=1 + number * (NIGHTS + GAP))
    return arrival, arrival + timedelta(days=NIGHTS)
