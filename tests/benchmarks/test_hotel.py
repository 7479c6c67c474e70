"""The synthetic hotel: it has the bookings that were drawn, in a shape that the house can work with."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.database import session
from app.models import BookedNight, Booking, FolioLine, Property, Room, RoomNight
from app.services import bookings, folios
from app.services.inventory import list_taken
from benchmarks import hotel
from tests.cast import NOW

ROOMS = 8


@pytest.fixture
def built(app: Flask) -> int:
    """Return how many bookings a small hotel has."""
    return hotel.build(ROOMS, "localhost")


def test_has_the_bookings_that_were_drawn(built: int) -> None:
    drawn = list(hotel.draw_stays(ROOMS))
    nights = sum(one.stay.length for one in drawn)

    assert built == len(drawn) == session.scalar(select(func.count(Booking.id)))
    for rows in (RoomNight.night, BookedNight.night, FolioLine.id):
        assert session.scalar(select(func.count(rows))) == nights
    assert nights / (ROOMS * hotel.NIGHTS) == pytest.approx(0.6, abs=0.05)


def test_finds_taken_what_was_drawn_as_taken(built: int) -> None:
    house = session.scalars(select(Property)).one()
    place_of = {room.id: room.position for room in session.scalars(select(Room))}
    drawn = list(hotel.draw_stays(ROOMS))

    for trip in hotel.draw_trips(40):
        taken = list_taken(property_id=house.id, stay=trip, now=NOW)

        assert {place_of[room_id] for room_id in taken} == {
            one.place for one in drawn if one.stay.overlaps(trip)
        }


def test_cancels_a_drawn_booking_like_any_other(built: int) -> None:
    house = session.scalars(select(Property)).one()
    booking = session.scalars(select(Booking).order_by(Booking.id)).first()
    assert booking
    length, before = (
        (booking.departure - booking.arrival).days,
        session.scalar(select(func.count(RoomNight.night))),
    )

    bookings.cancel(house=house, booking=booking, actor="user:1", reason="", now=NOW)

    assert folios.balance(booking).minor == 0
    assert session.scalar(select(func.count(RoomNight.night))) == (before or 0) - length
