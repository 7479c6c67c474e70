"""Where a side can go: rooms that are free and that no platform would sell meanwhile, never by their price."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.database import session
from app.models import Block, Booking, ChannelName, ChannelStay, Conflict, Feed, Property, Room
from app.services import conflicts
from app.services.conflicts import Readiness, Target
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.services.conflicts.conftest import ACTOR, NIGHTS, book
from tests.sold_twice import list_room, read_by_platform, room_named, sold_by_platform
from tests.statements import counted

DAY = timedelta(days=1)


def targets_of(house: Property, claim_id: int | None) -> dict[str, Target]:
    """Return the rooms that one side can go to, by name, in their order."""
    sides = [side for card in conflicts.list_open(house.id) for side in card.sides]
    found = conflicts.list_targets(property_id=house.id, sides=sides, today=TODAY, now=NOW)
    assert claim_id is not None
    return {target.name: target for target in found.get(claim_id, ())}


def test_offers_what_sleeps_them_the_same_kind_first(
    house: Property, alice: Booking, conflict: Conflict
) -> None:
    offered = targets_of(house, alice.rooms[0].claim_id)

    assert list(offered) == ["La Bibliothèque", "Le Terril", "Les Corons", "Le Verger", "La Rotonde"]
    assert [target.is_same_type for target in offered.values()] == [True, True, False, False, False]


def test_offers_any_room_to_a_stay_whose_people_nobody_knows(house: Property, sold: ChannelStay) -> None:
    offered = list(targets_of(house, sold.claim_id))

    assert offered[:2] == ["La Bibliothèque", "Le Terril"]
    assert "Le Cabinet" in offered


def test_offers_nothing_that_is_taken_for_one_night(house: Property, sold: ChannelStay, terril: Room) -> None:
    book(house, terril, Stay(sold.departure - DAY, sold.departure))

    assert "Le Terril" not in targets_of(house, sold.claim_id)


def test_looks_at_the_nights_ahead_alone(house: Property, jardin: Room, terril: Room) -> None:
    begun = Stay(TODAY - 2 * DAY, TODAY + DAY)
    first = sold_by_platform(house, jardin, begun)
    sold_by_platform(house, jardin, begun, ChannelName.BOOKING)
    sold_by_platform(house, terril, Stay(TODAY - 2 * DAY, TODAY), ChannelName.VRBO)
    read_by_platform(list_room(house, terril, ChannelName.VRBO), Stay(TODAY, TODAY + DAY))

    assert targets_of(house, first.claim_id)["Le Terril"].readiness is Readiness.READY


@pytest.mark.parametrize(
    ("read", "readiness"),
    [
        ((), Readiness.UNREAD),
        ((Stay(NIGHTS.arrival, NIGHTS.departure - DAY),), Readiness.UNREAD),
        ((NIGHTS,), Readiness.READY),
        ((Stay(NIGHTS.arrival - 5 * DAY, NIGHTS.departure + 5 * DAY),), Readiness.READY),
        (
            (Stay(NIGHTS.arrival, NIGHTS.arrival + DAY), Stay(NIGHTS.arrival + DAY, NIGHTS.departure)),
            Readiness.READY,
        ),
    ],
)
def test_waits_until_a_platform_has_read_every_night_as_taken(
    house: Property,
    alice: Booking,
    conflict: Conflict,
    terril: Room,
    read: tuple[Stay, ...],
    readiness: Readiness,
) -> None:
    read_by_platform(list_room(house, terril), *read)

    assert targets_of(house, alice.rooms[0].claim_id)["Le Terril"].readiness is readiness


def test_waits_for_every_platform_of_a_room(
    house: Property, alice: Booking, conflict: Conflict, terril: Room
) -> None:
    read_by_platform(list_room(house, terril), NIGHTS)
    list_room(house, terril, ChannelName.BOOKING)

    target = targets_of(house, alice.rooms[0].claim_id)["Le Terril"]

    assert [(reader.channel, reader.served_at) for reader in target.unread] == [("booking", None)]


def test_waits_for_no_calendar_that_was_never_given_to_anybody(
    house: Property, alice: Booking, conflict: Conflict, terril: Room
) -> None:
    list_room(house, terril).sealed_url = ""

    assert targets_of(house, alice.rooms[0].claim_id)["Le Terril"].readiness is Readiness.READY


def test_says_that_a_closed_room_waits(
    house: Property, alice: Booking, conflict: Conflict, terril: Room
) -> None:
    list_room(house, terril, served_at=NOW)
    claim_id = alice.rooms[0].claim_id
    assert claim_id is not None
    conflicts.prepare(
        house=house,
        conflict_id=conflict.id,
        claim_id=claim_id,
        room_id=terril.id,
        actor=ACTOR,
        today=TODAY,
        now=NOW,
    )

    target = targets_of(house, claim_id)["Le Terril"]

    assert target.readiness is Readiness.WAITING
    assert target.kept is not None
    assert session.get_one(Block, target.kept.block_id).reason == "prepared"


def test_asks_the_same_number_of_questions_for_many_conflicts(house: Property, alice: Booking) -> None:
    def ask() -> int:
        session.expire_all()
        with counted() as statements:
            cards = conflicts.list_open(house.id)
            sides = [side for card in cards for side in card.sides]
            conflicts.list_targets(property_id=house.id, sides=sides, today=TODAY, now=NOW)
            conflicts.list_settled(property_id=house.id, now=NOW)
        return len(statements)

    sold_by_platform(house, room_named("Le Jardin"), NIGHTS)
    few = ask()
    for name in ("Le Terril", "La Bibliothèque", "Les Corons"):
        sold_by_platform(house, room_named(name), NIGHTS)
        sold_by_platform(house, room_named(name), NIGHTS, ChannelName.BOOKING)
    assert len(conflicts.list_open(house.id)) == 4
    assert session.scalars(select(Feed)).all()

    assert ask() == few <= 12
