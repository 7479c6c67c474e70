"""Many claims at once are rearranged as if they had come one by one, in a bounded number of steps (decision 2)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.database import session
from app.models import Claim, ClaimKind, Property, Room, RoomNight
from app.services import inventory
from app.services.inventory.giving import Run, Wanting, give_to_oldest, list_nights, runs_of
from app.services.inventory.rivals import Side, find_conflicts
from pricing.stay import Stay
from tests.statements import counted

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
FIRST = date(2027, 4, 9)

STAYS = st.lists(st.tuples(st.integers(0, 25), st.integers(1, 9)), min_size=1, max_size=15)


def stay(first: int, nights: int) -> Stay:
    """Return a stay that begins `first` days after 9 April 2027."""
    return Stay(FIRST + timedelta(days=first), FIRST + timedelta(days=first + nights))


@given(STAYS)
def test_lists_every_night_of_stays_once_and_in_order(drawn: list[tuple[int, int]]) -> None:
    stays = [stay(*one) for one in drawn]

    assert list_nights(stays) == sorted({night for one in stays for night in one.nights})


@given(STAYS)
def test_gives_each_night_to_the_oldest_that_wants_it(drawn: list[tuple[int, int]]) -> None:
    stays = [stay(*one) for one in drawn]
    claims = [Wanting(number, one.arrival, one.departure) for number, one in enumerate(stays)]

    given_nights = give_to_oldest(reversed(claims), list_nights(stays))

    assert given_nights == {
        night: min(number for number, one in enumerate(stays) if night in one.nights)
        for night in list_nights(stays)
    }


@given(st.dictionaries(st.integers(0, 20), st.integers(1, 3)), st.integers(1, 21))
def test_joins_the_nights_of_one_owner(owned: dict[int, int], length: int) -> None:
    owners = {FIRST + timedelta(days=day): owner for day, owner in owned.items()}

    runs = runs_of(owners, first=FIRST, end=FIRST + timedelta(days=length))

    told = [(night, run.owner) for run in runs for night in Stay(run.start, run.end).nights]
    assert told == [(night, owners.get(night)) for night in stay(0, length).nights]
    assert all(one.owner != next_one.owner for one, next_one in pairwise(runs))


OURS = Side(None, is_closure=False, is_aggregated=False, arrival=FIRST, departure=FIRST + timedelta(days=3))


def of_feed(feed_id: int, nights: int = 3, **said: bool) -> Side:
    """Return a stay of a feed, a guest's unless said otherwise."""
    known = {"is_closure": False, "is_aggregated": False, **said}
    return Side(feed_id, arrival=FIRST, departure=FIRST + timedelta(days=nights), **known)


@pytest.mark.parametrize(
    ("one", "other", "is_conflict"),
    [
        (OURS, OURS, True),
        (OURS, of_feed(1), True),
        (OURS, of_feed(1, is_closure=True), True),
        (OURS, of_feed(1, is_aggregated=True), True),
        (of_feed(1), of_feed(1), False),
        (of_feed(1), of_feed(1, nights=5), False),
        (of_feed(1), of_feed(2), True),
        (of_feed(1), of_feed(2, is_closure=True), False),
        (of_feed(1, is_closure=True), of_feed(2, is_closure=True), False),
        (of_feed(1), of_feed(2, is_aggregated=True), False),
        (of_feed(1), of_feed(2, nights=4, is_aggregated=True), True),
    ],
)
def test_knows_who_minds_whom_on_one_night(one: Side, other: Side, *, is_conflict: bool) -> None:
    sides = {1: one, 2: other}
    owner, wanting = (Wanting(number, side.arrival, side.departure) for number, side in sides.items())
    runs = [Run(owner.arrival, max(owner.departure, wanting.departure), owner.id)]

    assert one.minds(other) is other.minds(one) is is_conflict
    assert find_conflicts([wanting], runs, sides) == ({2} if is_conflict else set())


def test_sees_a_conflict_in_a_night_that_nobody_has() -> None:
    runs = runs_of({}, first=FIRST, end=FIRST + timedelta(days=3))

    assert find_conflicts([Wanting(1, FIRST, FIRST + timedelta(days=3))], runs, {1: of_feed(1)}) == {1}


@pytest.fixture
def rooms(house: Property) -> list[Room]:
    """Return two rooms of the house."""
    return list(session.scalars(select(Room).where(Room.property_id == house.id).order_by(Room.id).limit(2)))


def owners_in(room: Room) -> dict[date, Stay]:
    """Return whose stay has which night of a room."""
    rows = session.execute(
        select(RoomNight.night, Claim.arrival, Claim.departure)
        .join(Claim, Claim.id == RoomNight.claim_id)
        .where(RoomNight.room_id == room.id)
    )
    return {night: Stay(arrival, departure) for night, arrival, departure in rows}


def test_takes_many_stays_as_if_they_had_come_one_by_one(house: Property, rooms: list[Room]) -> None:
    together, apart = rooms
    stays = [stay(number * 7 % 30, 1 + number * 5 % 8) for number in range(30)]

    with inventory.rearranging(property_id=house.id, room_ids=[together.id], now=NOW) as changes:
        claim_ids = changes.add(room_id=together.id, kind=ClaimKind.CHANNEL_STAY, stays=stays)
    for one in stays:
        inventory.take_free(
            property_id=house.id, room_id=apart.id, kind=ClaimKind.CHANNEL_STAY, stay=one, now=NOW
        )

    assert [session.get_one(Claim, claim_id).arrival for claim_id in claim_ids] == [
        one.arrival for one in stays
    ]
    assert owners_in(together) == owners_in(apart)
    quarrels = [(one.room_name, one.arrival, one.missing) for one in inventory.list_conflicts(house.id)]
    told = {room.name: sorted(rest for name, *rest in quarrels if name == room.name) for room in rooms}
    assert told[together.name] == told[apart.name] != []


def test_ends_and_moves_and_adds_in_one_step_without_a_night_between(
    house: Property, rooms: list[Room]
) -> None:
    room = rooms[0]
    guest, left, moved = (
        inventory.take_free(
            property_id=house.id, room_id=room.id, kind=ClaimKind.CHANNEL_STAY, stay=one, now=NOW
        )
        for one in (stay(0, 2), stay(2, 2), stay(4, 2))
    )

    with inventory.rearranging(property_id=house.id, room_ids=[room.id], now=NOW) as changes:
        changes.end([left])
        changes.move([(moved, stay(3, 2))])
        changes.add(room_id=room.id, kind=ClaimKind.CHANNEL_STAY, stays=[stay(2, 1), stay(5, 1)])

    assert owners_in(room) == {
        **dict.fromkeys(stay(0, 2).nights, stay(0, 2)),
        **dict.fromkeys(stay(2, 1).nights, stay(2, 1)),
        **dict.fromkeys(stay(3, 2).nights, stay(3, 2)),
        **dict.fromkeys(stay(5, 1).nights, stay(5, 1)),
    }
    assert inventory.list_conflicts(house.id) == ()
    assert guest.is_live


def test_asks_no_more_for_three_hundred_stays_than_for_three(house: Property, rooms: list[Room]) -> None:
    def questions(room: Room, count: int) -> int:
        with (
            counted() as asked,
            inventory.rearranging(property_id=house.id, room_ids=[room.id], now=NOW) as changes,
        ):
            changes.add(
                room_id=room.id,
                kind=ClaimKind.CHANNEL_STAY,
                stays=[stay(3 * number, 3) for number in range(count)],
            )
        return len(asked)

    few = questions(rooms[0], 3)

    assert questions(rooms[1], 300) == few
