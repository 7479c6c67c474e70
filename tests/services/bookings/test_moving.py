"""A guest gets another room: the nights follow, the price does not, and two movers never meet in one room."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from app.database import session
from app.models import Booking, Claim, ClaimKind, Conflict, Event, Property, Room, RoomNight
from app.services import bookings, folios, inventory
from app.services.inventory import RoomNotAvailable
from pricing.household import Household
from pricing.stay import Stay
from tests.services.bookings.conftest import NOW, STAY, TODAY, Hold


def room_named(name: str) -> int:
    return session.scalars(select(Room.id).where(Room.name == name)).one()


def nights_of(room_id: int) -> set[date]:
    return set(session.scalars(select(RoomNight.night).where(RoomNight.room_id == room_id)))


def move(booking: Booking, room_id: int, *, position: int = 0, today: date = TODAY, **promises: bool) -> None:
    bookings.move(
        booking=booking,
        position=position,
        room_id=room_id,
        actor="user:1",
        today=today,
        now=NOW,
        **{"is_promised": False, **promises},
    )


@pytest.mark.parametrize("name", ["Le Jardin", "Les Corons", "La Rotonde"])
def test_moves_all_nights_and_leaves_the_price(confirmed: Hold, name: str) -> None:
    booking = confirmed()
    before, price = booking.rooms[0].room_id, bookings.price_of(booking)
    lines = len(folios.list_lines(booking))

    move(booking, room_named(name))

    assert nights_of(before) == set()
    assert nights_of(room_named(name)) == set(STAY.nights)
    assert (bookings.price_of(booking), len(folios.list_lines(booking))) == (price, lines)
    event = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert event is not None
    assert (event.verb, event.noun_id, event.actor, event.field_names) == (
        "move_room",
        booking.id,
        "user:1",
        ["room"],
    )


def test_gives_no_room_that_somebody_has_and_keeps_the_old_one(confirmed: Hold) -> None:
    booking, other = confirmed(), confirmed()
    mine, theirs = booking.rooms[0].room_id, other.rooms[0].room_id

    with pytest.raises(RoomNotAvailable):
        move(booking, theirs)
    session.rollback()

    assert nights_of(mine) == nights_of(theirs) == set(STAY.nights)
    claim = session.get_one(Claim, booking.rooms[0].claim_id)
    assert (claim.room_id, claim.is_live) == (mine, True)


def test_hands_the_room_to_the_platform_that_waits_for_it(house: Property, confirmed: Hold) -> None:
    booking = confirmed()
    left = booking.rooms[0].room_id
    platform = inventory.take_free(
        property_id=house.id, room_id=left, kind=ClaimKind.CHANNEL_STAY, stay=STAY, now=NOW
    )
    session.commit()

    move(booking, room_named("Les Corons"))

    owners = session.scalars(select(RoomNight.claim_id).where(RoomNight.room_id == left)).all()
    assert set(owners) == {platform.id}
    assert session.scalars(select(Conflict).where(Conflict.settled_at.is_(None))).all() == []


def test_moves_one_room_of_a_family_in_two(confirmed: Hold) -> None:
    booking = confirmed(party=Household(3, (4, 7)), offer_key="double+family")
    stays, leaves = booking.rooms

    move(booking, room_named("Le Verger"), position=1)

    assert nights_of(stays.room_id) == set(STAY.nights)
    assert leaves.room_id == room_named("Le Verger")


def test_moves_only_the_nights_ahead_of_who_is_here(confirmed: Hold) -> None:
    booking = confirmed()
    bookings.check_in(booking=booking, actor="user:1", today=STAY.arrival, now=NOW)

    move(booking, room_named("Les Corons"), today=STAY.arrival + timedelta(days=1))

    assert nights_of(room_named("Les Corons")) == {STAY.nights[1]}


def test_moves_nobody_into_a_room_that_is_not_left_yet(confirmed: Hold) -> None:
    before = confirmed(stay=STAY.shifted(-2), offer_key="family")
    bookings.check_in(booking=before, actor="user:1", today=STAY.shifted(-2).arrival, now=NOW)
    booking = confirmed()
    bookings.check_in(booking=booking, actor="user:1", today=STAY.arrival, now=NOW)

    with pytest.raises(bookings.RoomOccupied):
        move(booking, before.rooms[0].room_id, today=STAY.arrival)


def test_keeps_a_promised_room_until_somebody_says_that_they_know(confirmed: Hold) -> None:
    booking = confirmed()
    move(booking, room_named("Les Corons"), is_promised=True)

    with pytest.raises(bookings.RoomPromised):
        move(booking, room_named("Le Verger"))
    session.rollback()
    move(booking, room_named("Le Verger"), may_break_promise=True)

    assert (booking.rooms[0].room_id, booking.rooms[0].is_pinned) == (room_named("Le Verger"), False)


@pytest.mark.parametrize("name", ["Le Cabinet", "Lac 1"])
def test_moves_nobody_where_they_cannot_sleep(confirmed: Hold, name: str) -> None:
    booking = confirmed()

    with pytest.raises(bookings.RoomUnfit):
        move(booking, room_named(name))


def test_moves_nobody_who_has_left_or_cancelled(house: Property, confirmed: Hold) -> None:
    booking = confirmed()
    bookings.cancel(house=house, booking=booking, actor="guest", reason="", now=NOW)

    with pytest.raises(bookings.TransitionRefused):
        move(booking, room_named("Les Corons"))


def test_keeps_a_request_waiting_no_longer_in_its_new_room(requested: Hold) -> None:
    booking = requested()
    due = booking.lapses_at

    move(booking, room_named("Les Corons"))

    assert session.get_one(Claim, booking.rooms[0].claim_id).lapses_at == due


def test_lists_other_rooms_of_the_type_first_and_who_is_free(confirmed: Hold) -> None:
    booking, other = confirmed(), confirmed()

    rooms = bookings.list_other_rooms(room=booking.rooms[0], today=TODAY, now=NOW)

    assert [room.is_same_type for room in rooms] == [True, True, False, False, False]
    assert {room.id for room in rooms if not room.is_free} == {other.rooms[0].room_id}
    assert all(room.id != booking.rooms[0].room_id and "Lac" not in room.name for room in rooms)


def test_says_which_nights_are_ahead(confirmed: Hold) -> None:
    booking = confirmed()

    assert bookings.nights_ahead(booking, TODAY) == STAY
    assert bookings.nights_ahead(booking, STAY.nights[1]) == Stay(STAY.nights[1], STAY.departure)
    assert bookings.nights_ahead(booking, STAY.departure) is None


def test_gives_a_room_to_one_of_two_who_move_at_once(house: Property, stage: object, confirmed: Hold) -> None:
    app: Flask = stage.app  # type: ignore[attr-defined]
    wanted, ids = room_named("Les Corons"), [confirmed().id, confirmed().id]
    session.commit()  # and nothing of ours is asked until both are done: on SQLite we would be in their way
    gate = Barrier(2)

    def move_there(booking_id: int) -> bool:
        with app.app_context():
            booking = session.get_one(Booking, booking_id)
            session.rollback()
            gate.wait(timeout=10)
            try:
                move(booking, wanted)
            except RoomNotAvailable:
                return False
            return True

    with ThreadPoolExecutor(2) as both:
        moved = list(both.map(move_there, ids))

    assert sorted(moved) == [False, True]
    owner = session.scalars(select(RoomNight.claim_id).where(RoomNight.room_id == wanted).distinct()).one()
    assert owner == session.get_one(Booking, ids[moved.index(True)]).rooms[0].claim_id
