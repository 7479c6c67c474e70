"""Who has which night: the lock, the hand-over, conflicts that open and close by themselves (decision 2)."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from app.database import session
from app.models import Block, Claim, ClaimKind, Conflict, Property, Room, RoomNight
from app.services import blocks, conflicts, inventory
from app.services.inventory import RoomNotAvailable, Wish
from pricing.stay import Stay
from tests.statements import counted

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
FIRST = date(2027, 4, 9)


def stay(start: int, nights: int) -> Stay:
    """Return a stay that begins `start` days after 9 April 2027."""
    return Stay(FIRST + timedelta(days=start), FIRST + timedelta(days=start + nights))


@pytest.fixture
def room(house: Property) -> Room:
    """Return the first room of the house."""
    return (
        session.scalars(select(Room).where(Room.property_id == house.id).order_by(Room.id)).first() or Room()
    )


def book(house: Property, room: Room, wanted: Stay, lapses_at: datetime | None = None) -> Claim:
    """Take the nights as a booked room does."""
    (claim,) = inventory.take_all(
        property_id=house.id, wishes=[Wish(room.id, wanted)], now=NOW, lapses_at=lapses_at
    )
    return claim


def read_from_feed(house: Property, room: Room, wanted: Stay) -> Claim:
    """Take the nights as a stay from a feed does."""
    return inventory.take_free(
        property_id=house.id, room_id=room.id, kind=ClaimKind.CHANNEL_STAY, stay=wanted, now=NOW
    )


def owner_of(room: Room, night: date) -> int | None:
    """Return the claim that has a night."""
    return session.scalar(
        select(RoomNight.claim_id).where(RoomNight.room_id == room.id, RoomNight.night == night)
    )


def test_refuses_a_booked_room_whose_last_night_is_taken_and_takes_none(house: Property, room: Room) -> None:
    book(house, room, stay(3, 1))

    with pytest.raises(RoomNotAvailable):
        book(house, room, stay(0, 4))

    assert owner_of(room, FIRST) is None


def test_lets_a_departure_and_an_arrival_share_a_day(house: Property, room: Room) -> None:
    book(house, room, stay(0, 2))

    claim = book(house, room, stay(2, 2))

    assert owner_of(room, FIRST + timedelta(days=2)) == claim.id


def test_opens_a_conflict_for_a_feed_that_comes_second_and_leaves_the_guest_alone(
    house: Property, room: Room
) -> None:
    booked = book(house, room, stay(1, 2))

    inventory_claim = read_from_feed(house, room, stay(0, 4))

    (conflict,) = inventory.list_conflicts(house.id)
    assert conflict.claim_id == inventory_claim.id
    assert conflict.missing == stay(1, 2).nights
    assert owner_of(room, FIRST + timedelta(days=1)) == booked.id
    assert owner_of(room, FIRST) == inventory_claim.id


def test_lists_twelve_conflicts_with_as_few_questions_as_one(house: Property, room: Room) -> None:
    def quarrel(place: int) -> date:
        book(house, room, stay(4 * place + 1, 2))
        read_from_feed(house, room, stay(4 * place, 4))
        session.commit()
        return FIRST + timedelta(days=4 * place + 1)

    contested = [quarrel(0)]
    with counted() as for_one:
        inventory.list_conflicts(house.id)
    with counted() as for_one_page:
        conflicts.list_open(house.id)
    session.commit()
    contested += [quarrel(place) for place in range(1, 12)]

    with counted() as for_twelve:
        found = inventory.list_conflicts(house.id)
    with counted() as for_twelve_page:
        conflicts.list_open(house.id)

    assert [conflict.missing for conflict in found] == [
        (night, night + timedelta(days=1)) for night in contested
    ]
    assert (len(for_twelve), len(for_twelve_page)) == (len(for_one), len(for_one_page)) == (2, 4)


def test_hands_the_nights_to_the_next_claim_and_closes_its_conflict(house: Property, room: Room) -> None:
    booked = book(house, room, stay(1, 2))
    waiting = read_from_feed(house, room, stay(0, 4))

    inventory.release(booked, now=NOW)

    assert {owner_of(room, night) for night in stay(0, 4).nights} == {waiting.id}
    assert inventory.list_conflicts(house.id) == ()


def test_hands_a_night_to_the_oldest_of_two_that_wait(house: Property, room: Room) -> None:
    booked = book(house, room, stay(0, 1))
    older = read_from_feed(house, room, stay(0, 1))
    younger = read_from_feed(house, room, stay(0, 1))

    inventory.release(booked, now=NOW)

    assert owner_of(room, FIRST) == older.id
    assert [conflict.claim_id for conflict in inventory.list_conflicts(house.id)] == [younger.id]


def test_gives_the_night_of_a_lapsed_hold_to_whoever_takes_it(house: Property, room: Room) -> None:
    lapsed = book(house, room, stay(0, 2), lapses_at=NOW)

    taken = book(house, room, stay(1, 2))

    assert owner_of(room, FIRST + timedelta(days=1)) == taken.id
    assert not session.get_one(Claim, lapsed.id).is_live


def test_keeps_the_night_of_a_hold_whose_time_is_not_over(house: Property, room: Room) -> None:
    book(house, room, stay(0, 2), lapses_at=NOW + timedelta(seconds=1))

    with pytest.raises(RoomNotAvailable):
        book(house, room, stay(1, 2))


def test_moves_a_claim_and_frees_what_it_left(house: Property, room: Room) -> None:
    claim = read_from_feed(house, room, stay(0, 3))

    inventory.move(claim, stay(2, 3), now=NOW)

    assert owner_of(room, FIRST) is None
    assert {owner_of(room, night) for night in stay(2, 3).nights} == {claim.id}


def test_reopens_a_settled_conflict_when_the_claim_wants_other_nights(house: Property, room: Room) -> None:
    book(house, room, stay(0, 5))
    claim = read_from_feed(house, room, stay(0, 1))
    (conflict,) = inventory.list_conflicts(house.id)
    conflicts.keep(
        property_id=house.id, conflict_id=conflict.id, actor="user:1", note="called Airbnb", now=NOW
    )

    inventory.move(claim, stay(3, 1), now=NOW)

    assert [c.claim_id for c in inventory.list_conflicts(house.id)] == [claim.id]


def test_remembers_who_settled_a_conflict_when_the_claim_moves_out_of_it(house: Property, room: Room) -> None:
    book(house, room, stay(0, 5))
    claim = read_from_feed(house, room, stay(0, 1))
    (conflict,) = inventory.list_conflicts(house.id)
    conflicts.keep(
        property_id=house.id, conflict_id=conflict.id, actor="user:1", note="called Airbnb", now=NOW
    )

    inventory.move(claim, stay(7, 1), now=NOW)

    assert session.get_one(Conflict, conflict.id).settled_by == "user:1"


def test_blocks_a_room_around_a_guest_and_opens_it_again(house: Property, room: Room) -> None:
    booked = book(house, room, stay(1, 1))
    blocked = blocks.block(
        house=house, room_id=room.id, stay=stay(0, 3), reason="repair", note="leak", actor="user:1", now=NOW
    )
    assert owner_of(room, FIRST + timedelta(days=1)) == booked.id

    blocks.unblock(house=house, block_id=blocked.id, actor="user:1", now=NOW)

    assert owner_of(room, FIRST) is None
    assert session.get_one(Block, blocked.id).ended_at == NOW


def test_refuses_a_second_row_for_a_room_and_night_written_by_hand(house: Property, room: Room) -> None:
    claim = book(house, room, stay(0, 1))

    with pytest.raises(IntegrityError):
        session.execute(
            insert(RoomNight).values(room_id=room.id, night=FIRST, property_id=house.id, claim_id=claim.id)
        )
    session.rollback()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["book", "feed", "release", "move"]),
        st.integers(0, 6),
        st.integers(1, 4),
        st.integers(0, 9),
    ),
    max_size=14,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_keeps_every_night_with_one_live_owner_that_wants_it(
    app: Flask, house: Property, room: Room, steps: list[tuple[str, int, int, int]]
) -> None:
    for table in (Conflict, RoomNight, Claim):
        session.execute(delete(table).where(table.property_id == house.id))
    live: list[Claim] = []
    for verb, start, nights, which in steps:
        _take_step(house, room, live, verb, stay(start, nights), which)

        _check_room(house, room, live)
    session.commit()


def _take_step(house: Property, room: Room, live: list[Claim], verb: str, wanted: Stay, which: int) -> None:
    if verb == "book":
        with suppress(RoomNotAvailable):
            live.append(book(house, room, wanted))
    elif verb == "feed":
        live.append(read_from_feed(house, room, wanted))
    elif live and verb == "release":
        inventory.release(live.pop(which % len(live)), now=NOW)
    elif live and verb == "move":
        claim = live[which % len(live)]
        if claim.kind == ClaimKind.CHANNEL_STAY:
            inventory.move(claim, wanted, now=NOW)


def _check_room(house: Property, room: Room, live: list[Claim]) -> None:
    owners: dict[date, int] = dict(
        session.execute(select(RoomNight.night, RoomNight.claim_id).where(RoomNight.room_id == room.id)).all()
    )
    wanted = {claim.id: set(Stay(claim.arrival, claim.departure).nights) for claim in live}
    assert set(owners) == set().union(*wanted.values()), "every wanted night is owned, and no other"
    assert all(night in wanted[owner] for night, owner in owners.items()), "owners are live and want it"
    open_ids = {conflict.claim_id for conflict in inventory.list_conflicts(house.id)}
    had = {claim_id: {night for night, owner in owners.items() if owner == claim_id} for claim_id in wanted}
    assert open_ids == {claim_id for claim_id in wanted if had[claim_id] != wanted[claim_id]}
