"""A file that is read again adds, corrects and drops, and takes away nothing that was promised."""

from __future__ import annotations

from datetime import time

import pytest
from sqlalchemy import select

from app.database import session
from app.models import Feed, GridVersion, Property, Room, RoomType, TouristTaxRate
from app.services import furnishing, houses
from tests.services.furnishing.plans import (
    FAMILY,
    NOW,
    TEMPLATE,
    VOTED,
    Write,
    book,
    count,
    furnish,
    rooms_of,
)


def test_adds_nothing_when_its_file_is_read_again(empty_house: Property) -> None:
    furnish(empty_house, TEMPLATE)
    before = list(session.execute(select(Room.id, Room.name, Room.position).order_by(Room.id)))

    again = furnish(empty_house, TEMPLATE)

    assert again == furnishing.Furnished((), (), None, None, None)
    assert list(session.execute(select(Room.id, Room.name, Room.position).order_by(Room.id))) == before
    assert (count(GridVersion, empty_house), count(TouristTaxRate, empty_house)) == (1, 1)


def test_grows_by_rooms_and_types_around_its_bookings(empty_house: Property, written: Write) -> None:
    furnish(empty_house, written(VOTED))
    booking = book(empty_house)
    kept = booking.rooms[0].room_id

    grown = furnish(
        empty_house, written(VOTED, ('["Chambre 3", ', '["Chambre 8", "Chambre 3", '), more=FAMILY)
    )

    assert grown.added_rooms == ("Chambre 8", "Chambre 7")
    assert rooms_of(empty_house) == [f"Chambre {number}" for number in (1, 2, 8, 3, 4, 5, 6, 7)]
    assert booking.rooms[0].room_id == kept


def test_corrects_its_words_and_its_hours(empty_house: Property, written: Write) -> None:
    furnish(empty_house, written(VOTED))
    booking = book(empty_house)
    policy = dict(booking.policy)

    furnish(
        empty_house,
        written(
            VOTED,
            ('"Double room"', '"Room for two"'),
            ("free_cancellation_days = 2", "free_cancellation_days = 9"),
        ),
    )

    double = session.scalars(select(RoomType).filter_by(property_id=empty_house.id, code="double")).one()
    assert double.names["en"] == "Room for two"
    assert empty_house.free_cancellation_days == 9
    assert booking.policy == policy


def test_drops_a_room_that_nobody_ever_wanted(empty_house: Property, written: Write) -> None:
    furnish(empty_house, TEMPLATE)

    changed = furnish(empty_house, written(('"Chambre 5"]', '"Chambre cinq"]'), ("sleeps = 1", "sleeps = 2")))

    assert (changed.added_rooms, changed.removed_rooms) == (("Chambre cinq",), ("Chambre 5",))
    assert "Chambre 5" not in rooms_of(empty_house)
    lac = houses.find_house("lac")
    assert lac
    assert "Chambre 5" in rooms_of(lac)


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('["Chambre 3", ', '["Chambre trois", ', "types:"),
        ('["Chambre 3", "Chambre 4", "Chambre 5"]', '["Chambre 4", "Chambre 5"]', "types:"),
        ('code = "double"', 'code = "family"', "types:"),
        ("sleeps = 2", "sleeps = 1", "types[2].sleeps:"),
        ("sleeps = 2\n", "sleeps = 2\ncots = 1\n", "types[2].cots:"),
    ],
)
def test_takes_away_nothing_that_was_booked(
    empty_house: Property, written: Write, old: str, new: str, path: str
) -> None:
    furnish(empty_house, written(VOTED))
    book(empty_house)
    before = rooms_of(empty_house)

    with pytest.raises(furnishing.StandsDifferently) as refusal:
        furnish(empty_house, written(VOTED, (old, new), ('desk_opens = "09:00"', 'desk_opens = "08:00"')))

    assert str(refusal.value).startswith(path)
    assert rooms_of(empty_house) == before
    assert empty_house.desk_opens == time(9)


def test_takes_away_no_room_with_a_calendar(empty_house: Property, written: Write) -> None:
    furnish(empty_house, TEMPLATE)
    room_id = session.scalars(select(Room.id).filter_by(property_id=empty_house.id, name="Chambre 6")).one()
    session.add(
        Feed(
            property_id=empty_house.id, room_id=room_id, channel="airbnb", public_id="p" * 20, created_at=NOW
        )
    )
    session.commit()

    with pytest.raises(furnishing.StandsDifferently, match="Chambre 6"):
        furnish(empty_house, written(('"Chambre 6"', '"Chambre six"')))
