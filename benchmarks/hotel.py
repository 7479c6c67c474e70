"""Draw a synthetic hotel from a seed and write it in the shape in which the house writes its bookings.

Four types, 365 nights, stays of 1 to 7 nights (3.4 on average), about 60 % of the nights taken: 12 rooms have some 800
bookings, 200 have 13,000 and 2,000 have 130,000.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from app.database import Base, session
from app.models import (
    BookedNight,
    BookedRoom,
    Booking,
    BookingStatus,
    Claim,
    ClaimKind,
    Event,
    Folio,
    FolioLine,
    LineKind,
    Property,
    PropertyHost,
    Room,
    RoomNight,
    RoomType,
    Source,
    new_reference,
)
from app.services.bookings.terms import TERMS_VERSION, policy_of
from pricing.stay import Stay
from tests.cast import NOW, TODAY, add_rules

SEED = 20261122
NIGHTS = 365
LENGTHS, LENGTH_WEIGHTS = range(1, 8), (12, 22, 22, 18, 12, 8, 6)
GAPS, GAP_WEIGHTS = range(7), (22, 22, 18, 14, 10, 8, 6)
TYPES = {"single": 1, "double": 2, "family": 4, "accessible": 2}
NIGHT_PRICE_MINOR = 6200
ROOMS_AT_ONCE = 50

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DrawnStay:
    """A stay of somebody in the room at this place of the list."""

    place: int
    stay: Stay


def draw_stays(rooms: int) -> Iterator[DrawnStay]:
    """Yield the stays of so many rooms, room by room; the same for the house and for the floor."""
    dice = random.Random(SEED)
    for place in range(rooms):
        day = dice.choices(GAPS, GAP_WEIGHTS)[0]
        while day < NIGHTS:
            length = dice.choices(LENGTHS, LENGTH_WEIGHTS)[0]
            arrival = TODAY + timedelta(days=day)
            yield DrawnStay(place, Stay(arrival, arrival + timedelta(days=length)))
            day += length + dice.choices(GAPS, GAP_WEIGHTS)[0]


def draw_trips(count: int) -> list[Stay]:
    """Return stays that guests look for: any arrival within twelve months, 1 to 7 nights."""
    dice = random.Random(SEED + 1)
    arrivals = (TODAY + timedelta(days=dice.randrange(1, NIGHTS)) for _ in range(count))
    return [Stay(arrival, arrival + timedelta(days=dice.randint(1, 7))) for arrival in arrivals]


def type_code_of(place: int) -> str:
    """Return the type of the room at this place: they take turns."""
    return tuple(TYPES)[place % len(TYPES)]


def build(rooms: int, host: str) -> int:
    """Write the hotel into an empty database; return how many bookings it has. Commits."""
    house = _add_house(host)
    version_id = add_rules(house).id
    listed = _add_rooms(house, rooms)
    count = 0
    batch: list[DrawnStay] = []
    for drawn in draw_stays(rooms):
        if batch and drawn.place >= batch[0].place + ROOMS_AT_ONCE:
            count = _write(house, version_id, listed, batch, count)
            batch = []
        batch.append(drawn)
    count = _write(house, version_id, listed, batch, count)
    session.commit()
    return count


def _add_house(host: str) -> Property:
    house = Property(
        code="hotel",
        name="Synthetic hotel",
        timezone="Europe/Paris",
        currency="EUR",
        languages=["fr", "en"],
        telephone="+33 3 21 00 00 00",
        email="hotel@example.org",
        address="1 rue de la Mesure\n62300 Lens",
        is_example=True,
        created_at=NOW,
    )
    session.add(house)
    session.flush()
    session.add(PropertyHost(host=host, property_id=house.id))
    return house


def _add_rooms(house: Property, count: int) -> list[Room]:
    types = {}
    for position, (code, sleeps) in enumerate(TYPES.items()):
        types[code] = RoomType(
            property_id=house.id,
            code=code,
            names={"fr": f"Chambre {code}", "en": f"{code.capitalize()} room"},
            descriptions={
                "fr": "Une chambre.",
                "en": "A room with a bed, a table and a window on the garden.",
            },
            facts={"floor_area": 12 + 4 * position},
            sleeps=sleeps,
            position=position,
        )
    session.add_all(types.values())
    session.flush()
    rooms = [
        Room(
            property_id=house.id, type_id=types[type_code_of(place)].id, name=f"Room {place}", position=place
        )
        for place in range(count)
    ]
    session.add_all(rooms)
    session.flush()
    return rooms


def _write(
    house: Property, version_id: int, rooms: Sequence[Room], batch: Sequence[DrawnStay], count: int
) -> int:
    """Write some bookings with all that belongs to them; `count` were written before. Return how many are now."""
    tables: Mapping[type[Base], list[Row]] = {
        model: [] for model in (Booking, Claim, RoomNight, BookedRoom, BookedNight, Folio, FolioLine, Event)
    }
    for number, drawn in enumerate(batch, start=count + 1):
        for model, rows in _rows(house, version_id, rooms[drawn.place], drawn.stay, number).items():
            tables[model].extend(rows)
    for model, rows in tables.items():
        session.execute(insert(model), rows)
    return count + len(batch)


def _rows(
    house: Property, version_id: int, room: Room, stay: Stay, number: int
) -> dict[type[Base], list[Row]]:
    """Return the rows of one confirmed booking; one number serves as the id of all that there is once of it."""
    ours: Row = {"property_id": house.id}
    dates: Row = {"arrival": stay.arrival, "departure": stay.departure}
    guest: Row = {
        "guest_name": f"Guest {number}",
        "guest_email": f"guest{number}@example.org",
        "language": "fr",
        "currency": "EUR",
        "source": Source.DESK,
        "policy": policy_of(house, stay),
        "terms_version": TERMS_VERSION,
    }
    booking: Row = {
        **ours, **dates, **guest, "id": number, "reference": new_reference(), "status": BookingStatus.CONFIRMED,
        "grid_version_id": version_id, "created_at": NOW, "ordered_at": NOW, "confirmed_at": NOW,
    }  # fmt: skip
    claim: Row = {
        **ours, **dates, "id": number, "room_id": room.id, "kind": ClaimKind.BOOKED_ROOM, "is_live": True,
        "created_at": NOW,
    }  # fmt: skip
    booked_room: Row = {
        **ours, **dates, "id": number, "booking_id": number, "type_id": room.type_id, "room_id": room.id,
        "claim_id": number, "adults": 1, "children": [], "bracket": 3, "is_pinned": False, "position": 0,
    }  # fmt: skip
    price = dict.fromkeys(("reference_minor", "due_minor", "chosen_minor"), NIGHT_PRICE_MINOR)
    line: Row = {
        **ours, "folio_id": number, "kind": LineKind.CHARGE, "code": "night", "amount_minor": NIGHT_PRICE_MINOR,
        "posted_at": NOW, "actor": "system", "note": "",
    }  # fmt: skip
    event: Row = {
        **ours, "at": NOW, "actor": "system", "verb": "confirm", "noun": "booking", "noun_id": number,
        "field_names": ["status"],
    }  # fmt: skip
    return {
        Booking: [booking],
        Claim: [claim],
        RoomNight: [
            {**ours, "room_id": room.id, "night": night, "claim_id": number} for night in stay.nights
        ],
        BookedRoom: [booked_room],
        BookedNight: [{**ours, **price, "booked_room_id": number, "night": night} for night in stay.nights],
        Folio: [{**ours, "id": number, "booking_id": number, "currency": "EUR", "opened_at": NOW}],
        FolioLine: [{**line, "night": night} for night in stay.nights],
        Event: [event],
    }
