"""A platform's stay is given another room, and no reading of its feed takes it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.database import session
from app.models import Claim, ClaimKind, Conflict, Event, Property
from app.services import bookings, inventory, platform_stays
from app.services.bookings import TransitionRefused
from app.services.inventory import RoomNotAvailable
from app.services.platform_stays import StayNotFound
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.services.platform_stays.told import (
    NEXT_MONTH,
    TONIGHT,
    completed,
    moved_by_feed,
    owner_of,
    room_of,
    told,
)

LONGER = Stay(TODAY, TODAY + timedelta(days=4))


def move_to(house: Property, stay_id: int, room: str, **changes: object) -> None:
    """Move a stay as reception does."""
    words = {"today": TODAY, "actor": "user:1", "now": NOW, **changes}
    platform_stays.move_to_room(house=house, stay_id=stay_id, room_id=room_of(house, room).id, **words)  # type: ignore[arg-type]


def block(house: Property, room: str, stay: Stay) -> Claim:
    """Close nights of a room; commits."""
    claim = inventory.take_free(
        property_id=house.id, room_id=room_of(house, room).id, kind=ClaimKind.BLOCK, stay=stay, now=NOW
    )
    session.commit()
    return claim


@pytest.mark.parametrize("is_completed", [False, True])
def test_moves_the_same_claim_and_keeps_it_moved(house: Property, is_completed: bool) -> None:
    read = told(house)
    booking = completed(house, read) if is_completed else None

    move_to(house, read.id, "Le Terril")
    moved_by_feed(read, LONGER)

    assert owner_of(room_of(house, "Le Terril"), LONGER) == {read.claim_id}
    assert owner_of(room_of(house), LONGER) == set()
    assert read.is_moved
    if booking is not None:
        assert booking.rooms[0].room_id == room_of(house, "Le Terril").id
        assert booking.rooms[0].claim_id == read.claim_id
    assert [(event.noun) for event in session.scalars(select(Event).where(Event.verb == "move_room"))] == [
        "booking" if is_completed else "channel_stay"
    ]


def test_moves_a_completed_stay_from_its_sheet_too(house: Property) -> None:
    read = told(house)
    booking = completed(house, read)

    bookings.move(
        booking=booking,
        position=0,
        room_id=room_of(house, "Le Terril").id,
        is_promised=False,
        actor="user:1",
        today=TODAY,
        now=NOW,
    )

    assert booking.rooms[0].claim_id == read.claim_id
    assert read.is_moved
    assert owner_of(room_of(house, "Le Terril"), TONIGHT) == {read.claim_id}


def test_is_not_moved_any_more_when_it_is_back(house: Property) -> None:
    read = told(house)
    move_to(house, read.id, "Le Terril")

    move_to(house, read.id, "Le Jardin")

    assert not read.is_moved


def test_gives_the_nights_that_it_leaves_to_who_waits_for_them(house: Property) -> None:
    read = told(house)
    waiting = block(house, "Le Jardin", TONIGHT)
    assert session.scalars(select(Conflict)).one().settled_at is None

    move_to(house, read.id, "Le Terril")

    assert owner_of(room_of(house), TONIGHT) == {waiting.id}
    assert session.scalars(select(Conflict)).one().settled_by == "system"


def test_settles_the_conflict_of_a_stay_that_moves_out_of_it(house: Property) -> None:
    owner = block(house, "Le Jardin", TONIGHT)
    read = told(house)

    move_to(house, read.id, "Le Terril")

    assert session.scalars(select(Conflict)).one().settled_at == NOW
    assert owner_of(room_of(house), TONIGHT) == {owner.id}


def test_leaves_everything_as_it_was_where_a_night_is_taken(house: Property) -> None:
    read = told(house)
    block(house, "Le Terril", Stay(TODAY + timedelta(days=2), TODAY + timedelta(days=5)))

    with pytest.raises(RoomNotAvailable):
        move_to(house, read.id, "Le Terril")
    session.rollback()

    assert owner_of(room_of(house), TONIGHT) == {read.claim_id}
    assert not read.is_moved


def test_takes_the_nights_that_were_kept_for_the_move(house: Property) -> None:
    read = told(house)
    kept = block(house, "Le Terril", TONIGHT)

    move_to(house, read.id, "Le Terril", kept_by=[kept.id])

    assert owner_of(room_of(house, "Le Terril"), TONIGHT) == {read.claim_id}
    assert not kept.is_live


def test_moves_only_the_nights_ahead(house: Property) -> None:
    read = told(house, Stay(TODAY - timedelta(days=2), TODAY + timedelta(days=2)))
    block(house, "Le Terril", Stay(TODAY - timedelta(days=2), TODAY))

    move_to(house, read.id, "Le Terril")

    ahead = Stay(TODAY, TODAY + timedelta(days=2))
    assert owner_of(room_of(house, "Le Terril"), ahead) == {read.claim_id}


def test_moves_nobody_into_a_room_of_another_house_or_after_the_stay(house: Property) -> None:
    lac = session.scalars(select(Property).where(Property.code == "lac")).one()
    read = told(house)

    with pytest.raises(StayNotFound):
        platform_stays.move_to_room(
            house=house,
            stay_id=read.id,
            room_id=room_of(lac, "Lac 1").id,
            actor="user:1",
            today=TODAY,
            now=NOW,
        )
    with pytest.raises(StayNotFound):
        move_to(house, read.id, "Le Terril", today=TONIGHT.departure)


def test_moves_no_stay_that_was_cancelled_here(house: Property) -> None:
    read = told(house)
    booking = completed(house, read)
    bookings.cancel(house=house, booking=booking, actor="user:1", reason="leak", now=NOW)

    with pytest.raises(TransitionRefused):
        move_to(house, read.id, "Le Terril")


def test_offers_the_rooms_that_are_free(house: Property) -> None:
    read = told(house, NEXT_MONTH)
    block(house, "Le Terril", NEXT_MONTH)

    names = [room.name for room in platform_stays.list_free_rooms(stay=read, today=TODAY, now=NOW)]

    assert "Le Cabinet" in names
    assert {"Le Jardin", "Le Terril", "Lac 1"}.isdisjoint(names)
    assert platform_stays.list_free_rooms(stay=read, today=NEXT_MONTH.departure, now=NOW) == ()
