"""The last word is the database's: no second row for a night, even for whoever would write past the house."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from app.database import session
from app.models import ClaimKind, Property, Room, RoomNight
from app.services import inventory
from pricing.stay import Stay
from tests.cast import NOW, TODAY

STAY = Stay(TODAY, TODAY + timedelta(days=1))


def test_has_no_second_row_for_a_night_even_when_written_directly(house: Property) -> None:
    room_id = session.scalars(select(Room.id).where(Room.property_id == house.id)).first()
    assert room_id
    owner, other = (
        inventory.take_free(property_id=house.id, room_id=room_id, kind=ClaimKind.BLOCK, stay=STAY, now=NOW)
        for _ in range(2)
    )
    session.commit()
    second = insert(RoomNight).values(
        room_id=room_id, night=STAY.arrival, property_id=house.id, claim_id=other.id
    )

    with pytest.raises(IntegrityError):
        session.execute(second)
    session.rollback()

    session.execute(delete(RoomNight).where(RoomNight.claim_id == owner.id))
    session.execute(second)  # it was the first row that stood in the way, and nothing else
    assert session.scalars(select(RoomNight.claim_id).where(RoomNight.room_id == room_id)).all() == [other.id]
