"""Reception moves one of two guests in one step: the nights, the conflict and the platforms follow."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from app.database import session
from app.models import Block, Booking, ChannelStay, Claim, Conflict, Event, Property, Resolution, Room
from app.services import blocks, bookings, conflicts, inventory
from app.services.bookings import RoomPromised
from app.services.conflicts import ConflictGone, ConflictNotFound, RoomNotRead, SideStays
from app.services.inventory import RoomNotAvailable
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.services.conflicts.conftest import ACTOR, NIGHTS, Move, book
from tests.services.platform_stays.told import completed
from tests.sold_twice import (
    list_room,
    owners_of,
    read_by_platform,
    room_named,
    sold_by_platform,
    the_conflict,
)

LATER = NOW + timedelta(hours=1)


def claim_of(booking: Booking) -> int:
    claim_id = booking.rooms[0].claim_id
    assert claim_id is not None
    return claim_id


def test_moves_a_guest_and_gives_the_room_to_the_platform(
    alice: Booking, sold: ChannelStay, jardin: Room, terril: Room, move: Move
) -> None:
    price = bookings.price_of(alice)

    assert move(claim_of(alice), terril)

    assert owners_of(terril, NIGHTS) == [claim_of(alice)] * 3
    assert owners_of(jardin, NIGHTS) == [sold.claim_id] * 3
    assert bookings.price_of(alice) == price
    conflict = the_conflict()
    assert (conflict.resolution, conflict.settled_by, conflict.settled_at) == (Resolution.MOVED, ACTOR, NOW)
    assert conflict.note == f"{alice.reference} → Le Terril"


def test_moves_a_stay_of_a_platform_whose_guest_nobody_knows_yet(
    alice: Booking, sold: ChannelStay, jardin: Room, terril: Room, move: Move
) -> None:
    assert move(sold.claim_id, terril)

    whole = Stay(sold.arrival, sold.departure)
    assert owners_of(terril, whole) == [sold.claim_id] * 4
    assert owners_of(jardin, NIGHTS) == [claim_of(alice)] * 3
    assert session.get_one(ChannelStay, sold.id).is_moved
    assert the_conflict().resolution == Resolution.MOVED


def test_writes_down_who_settled_it(alice: Booking, terril: Room, move: Move) -> None:
    move(claim_of(alice), terril)

    done = {(event.noun, event.verb, event.actor) for event in session.scalars(select(Event))}
    assert {("booking", "move_room", ACTOR), ("conflict", "settle", ACTOR)} <= done


def test_leaves_open_what_others_still_want(
    house: Property, alice: Booking, sold: ChannelStay, jardin: Room, terril: Room, move: Move
) -> None:
    blocks.block(
        house=house,
        room_id=jardin.id,
        stay=Stay(sold.departure - timedelta(days=1), sold.departure + timedelta(days=1)),
        reason="repair",
        note="",
        actor=ACTOR,
        now=NOW,
    )
    wanting = session.scalars(select(Conflict).where(Conflict.claim_id != sold.claim_id)).one()

    with pytest.raises(ConflictGone):  # Alice is no side of the block's conflict
        move(claim_of(alice), terril, conflict_id=wanting.id)
    session.rollback()
    move(sold.claim_id, terril, conflict_id=wanting.id)

    assert {conflict.resolution for conflict in session.scalars(select(Conflict))} == {"moved", ""}
    assert inventory.list_conflicts(house.id) == ()


@pytest.mark.parametrize("name", ["Le Jardin", "Le Cabinet", "Lac 1"])
def test_gives_no_room_that_is_their_own_too_small_or_of_another_house(
    alice: Booking, conflict: Conflict, move: Move, name: str
) -> None:
    with pytest.raises(RoomNotAvailable):
        move(claim_of(alice), room_named(name))


def test_gives_no_room_that_has_been_taken_and_leaves_everything_as_it_was(
    house: Property, alice: Booking, sold: ChannelStay, jardin: Room, terril: Room, move: Move
) -> None:
    bob = book(house, terril)

    with pytest.raises(RoomNotAvailable):
        move(claim_of(alice), terril)
    session.rollback()

    assert owners_of(terril, NIGHTS) == [claim_of(bob)] * 3
    assert owners_of(jardin, NIGHTS) == [claim_of(alice)] * 3
    assert the_conflict().settled_at is None


def test_asks_before_a_promise_is_broken(
    alice: Booking, conflict: Conflict, terril: Room, move: Move
) -> None:
    alice.rooms[0].is_pinned = True

    with pytest.raises(RoomPromised):
        move(claim_of(alice), terril)
    session.rollback()

    assert move(claim_of(alice), terril, may_break_promise=True)


def test_moves_neither_a_block_nor_nights_that_a_platform_has_only_closed(
    house: Property, jardin: Room, terril: Room
) -> None:
    blocked = blocks.block(
        house=house, room_id=jardin.id, stay=NIGHTS, reason="repair", note="", actor=ACTOR, now=NOW
    )
    closed = sold_by_platform(house, jardin, NIGHTS, kind="block")
    conflict_id = the_conflict().id

    for claim_id in (blocked.claim_id, closed.claim_id):
        with pytest.raises(SideStays):
            conflicts.move_side(
                house=house,
                conflict_id=conflict_id,
                claim_id=claim_id,
                room_id=terril.id,
                may_break_promise=False,
                actor=ACTOR,
                today=TODAY,
                now=NOW,
            )
        session.rollback()


def test_settles_nothing_that_the_system_has_settled_meanwhile(
    house: Property, alice: Booking, sold: ChannelStay, terril: Room, move: Move
) -> None:
    claim_id = claim_of(alice)
    inventory.release(session.get_one(Claim, sold.claim_id), now=NOW)

    with pytest.raises(ConflictGone) as gone:
        move(claim_id, terril)

    assert gone.value.settled_by == "system"
    assert owners_of(terril, NIGHTS) == [None] * 3


def test_knows_no_conflict_of_another_house(
    house: Property, alice: Booking, terril: Room, move: Move
) -> None:
    with pytest.raises(ConflictNotFound):
        move(claim_of(alice), terril, conflict_id=9999)


def test_lets_one_of_two_volunteers_settle_it(
    app: Flask, house: Property, alice: Booking, sold: ChannelStay, terril: Room, move: Move
) -> None:
    start = Barrier(2)
    sides = [(claim_of(alice), terril), (sold.claim_id, room_named("La Bibliothèque"))]
    conflict_id, house_id = the_conflict().id, house.id
    rooms = [(claim_id, room.id) for claim_id, room in sides]
    session.commit()

    def volunteer(side: tuple[int, int]) -> str:
        with app.app_context():
            ours = session.get_one(Property, house_id)
            session.commit()
            start.wait(30)
            try:
                conflicts.move_side(
                    house=ours,
                    conflict_id=conflict_id,
                    claim_id=side[0],
                    room_id=side[1],
                    may_break_promise=False,
                    actor=ACTOR,
                    today=TODAY,
                    now=NOW,
                )
            except ConflictGone:
                session.rollback()
                return "gone"
            return "moved"

    with ThreadPoolExecutor(2) as pool:
        ended = sorted(pool.map(volunteer, rooms))

    assert ended == ["gone", "moved"]
    assert inventory.list_conflicts(house.id) == ()
    assert sum(any(owners_of(room, NIGHTS)) for _, room in sides) == 1


def test_gives_no_room_that_a_platform_could_sell_meanwhile(
    house: Property, alice: Booking, terril: Room, move: Move
) -> None:
    list_room(house, terril, served_at=NOW)

    with pytest.raises(RoomNotRead):
        move(claim_of(alice), terril)


def test_closes_a_room_first_and_moves_in_once_the_platform_has_read_it(
    house: Property, alice: Booking, conflict: Conflict, terril: Room, move: Move
) -> None:
    feed = list_room(house, terril, served_at=NOW)
    asked = {
        "house": house,
        "conflict_id": conflict.id,
        "claim_id": claim_of(alice),
        "room_id": terril.id,
        "actor": ACTOR,
        "today": TODAY,
        "now": NOW,
    }
    conflicts.prepare(**asked)
    conflicts.prepare(**asked)  # asked twice, closed once
    (kept,) = session.scalars(select(Block)).all()
    assert owners_of(terril, NIGHTS) == [kept.claim_id] * 3
    with pytest.raises(RoomNotRead):
        move(claim_of(alice), terril)
    session.rollback()
    read_by_platform(feed, Stay(NIGHTS.arrival - timedelta(days=1), NIGHTS.departure), at=LATER)

    assert move(claim_of(alice), terril, now=LATER)

    assert owners_of(terril, NIGHTS) == [claim_of(alice)] * 3
    session.expire_all()
    assert kept.ended_at == LATER
    assert not session.get_one(Claim, kept.claim_id).is_live


def test_gives_a_closed_room_to_nobody_else(
    house: Property, alice: Booking, sold: ChannelStay, conflict: Conflict, terril: Room
) -> None:
    conflicts.prepare(
        house=house,
        conflict_id=conflict.id,
        claim_id=sold.claim_id,
        room_id=terril.id,
        actor=ACTOR,
        today=TODAY,
        now=NOW,
    )

    with pytest.raises(RoomNotAvailable):
        inventory.take_all(property_id=house.id, wishes=[inventory.Wish(terril.id, NIGHTS)], now=NOW)


def test_closes_no_room_that_somebody_has(
    house: Property, alice: Booking, conflict: Conflict, terril: Room
) -> None:
    book(house, terril)

    with pytest.raises(RoomNotAvailable):
        conflicts.prepare(
            house=house,
            conflict_id=conflict.id,
            claim_id=claim_of(alice),
            room_id=terril.id,
            actor=ACTOR,
            today=TODAY,
            now=NOW,
        )


def test_moves_a_stay_of_a_platform_that_the_desk_has_completed(
    house: Property, alice: Booking, sold: ChannelStay, terril: Room, move: Move
) -> None:
    booking = completed(house, sold)
    (card,) = conflicts.list_open(house.id)
    assert card.wanted_by.reference == booking.reference
    assert card.wanted_by.sleepers is not None

    assert move(sold.claim_id, terril)

    assert booking.rooms[0].room_id == terril.id
    assert owners_of(terril, NIGHTS) == [sold.claim_id] * 3
    assert the_conflict().resolution == Resolution.MOVED
