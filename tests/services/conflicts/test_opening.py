"""A room that was closed for a guest of a conflict is open again once nobody needs it, and no sooner."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from app.database import session
from app.models import Block, Conflict, Property, Room, RoomNight
from app.services import blocks, conflicts, inventory
from tests.cast import NOW, TODAY
from tests.services.conflicts.conftest import ACTOR, NIGHTS, Move

LATER = NOW + timedelta(hours=1)


def prepare(house: Property, conflict: Conflict, room: Room) -> None:
    conflicts.prepare(
        house=house,
        conflict_id=conflict.id,
        claim_id=conflict.claim_id,
        room_id=room.id,
        actor=ACTOR,
        today=TODAY,
        now=NOW,
    )


def is_closed(room: Room) -> bool:
    nights = select(RoomNight.night).where(RoomNight.room_id == room.id, RoomNight.night == NIGHTS.arrival)
    return session.scalar(nights) is not None


def test_keeps_a_room_closed_while_its_conflict_is_open(
    house: Property, conflict: Conflict, terril: Room
) -> None:
    prepare(house, conflict, terril)

    assert conflicts.open_unneeded(now=LATER) == 0

    assert is_closed(terril)


def test_opens_a_room_whose_conflict_somebody_kept(house: Property, conflict: Conflict, terril: Room) -> None:
    prepare(house, conflict, terril)
    conflicts.keep(property_id=house.id, conflict_id=conflict.id, note="they share", actor=ACTOR, now=NOW)

    assert [conflicts.open_unneeded(now=LATER) for _ in range(2)] == [1, 0]

    assert not is_closed(terril)


def test_leaves_a_room_with_the_guest_who_moved_in(
    house: Property, conflict: Conflict, terril: Room, move: Move
) -> None:
    prepare(house, conflict, terril)
    move(conflict.claim_id, terril)

    assert conflicts.open_unneeded(now=LATER) == 0

    assert is_closed(terril)
    assert inventory.list_conflicts(house.id) == ()


def test_opens_nothing_that_was_closed_for_another_reason(house: Property, terril: Room) -> None:
    blocks.block(house=house, room_id=terril.id, stay=NIGHTS, reason="repair", note="", actor=ACTOR, now=NOW)

    assert conflicts.open_unneeded(now=LATER) == 0

    assert session.scalars(select(Block.ended_at)).all() == [None]
