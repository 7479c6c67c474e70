"""The desk is told of a night sold twice at once, and once; what a platform only closes wakes nobody."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from app.database import session
from app.models import Block, Claim, ClaimKind, Letter, Property, Room
from app.services import conflicts, inventory
from app.services.urgent_recipients import save_recipients
from pricing.stay import Stay
from tests.cast import NOW
from tests.platforms import Platform
from tests.services.channels.conftest import Read, at

JANUARY = ("2027-01-05", "2027-01-08", "one@airbnb.com")
FEBRUARY = ("2027-02-10", "2027-02-12", "two@airbnb.com")
NIGHT = Stay(date(2027, 1, 6), date(2027, 1, 7))


@pytest.fixture
def guest(house: Property, room: Room) -> Claim:
    """Return the claim of a guest on one of the nights of January."""
    (claim,) = inventory.take_all(property_id=house.id, wishes=[inventory.Wish(room.id, NIGHT)], now=NOW)
    session.commit()
    return claim


def told() -> list[tuple[str, str]]:
    """Return every letter in the outbox: its kind, and to whom."""
    letters = session.scalars(select(Letter).order_by(Letter.id))
    return [(letter.kind, letter.recipient) for letter in letters]


def test_tells_the_house_and_whoever_wants_urgent_news(
    house: Property, guest: Claim, read: Read, platform: Platform
) -> None:
    save_recipients(house=house, addresses=["a@sms.test", "b@sms.test"], actor="user:1", now=NOW)
    platform.lists(JANUARY)

    read()
    read(15)

    assert told() == [
        ("desk_conflict", house.email),
        ("desk_urgent", "a@sms.test"),
        ("desk_urgent", "b@sms.test"),
    ]
    assert {letter.due_at for letter in session.scalars(select(Letter))} == {NOW}


def test_writes_one_letter_for_all_that_one_import_brings(
    house: Property, room: Room, guest: Claim, read: Read, platform: Platform
) -> None:
    february = Stay(date(2027, 2, 10), date(2027, 2, 11))
    inventory.take_all(property_id=house.id, wishes=[inventory.Wish(room.id, february)], now=NOW)
    session.commit()
    platform.lists(JANUARY, FEBRUARY)

    assert read().conflicts == 2

    assert len(told()) == 1
    assert len(conflicts.list_told(property_id=house.id, at=NOW)) == 2


def test_lists_a_closure_over_a_guest_and_wakes_nobody(
    house: Property, guest: Claim, read: Read, platform: Platform
) -> None:
    platform.lists(("2027-01-05", "2027-01-08", "closed-1"))

    assert read().conflicts == 0

    assert len(conflicts.list_open(house.id)) == 1
    assert told() == []


def test_tells_again_of_a_conflict_that_comes_back(
    house: Property, room: Room, guest: Claim, read: Read, platform: Platform
) -> None:
    platform.lists(JANUARY)
    read()
    platform.lists(("2027-01-07", "2027-01-09", JANUARY[2]))
    read(15)
    assert conflicts.list_open(house.id) == ()
    platform.lists(JANUARY)

    read(30)

    assert len(told()) == 2
    (card,) = conflicts.list_told(property_id=house.id, at=at(30))
    assert card.missing == (NIGHT.arrival,)


def test_lets_a_guest_of_a_platform_into_nights_that_are_only_kept_from_sale(
    house: Property, room: Room, read: Read, platform: Platform
) -> None:
    claim = inventory.take_free(
        property_id=house.id, room_id=room.id, kind=ClaimKind.BLOCK, stay=NIGHT, now=NOW
    )
    kept = Block(
        property_id=house.id, claim_id=claim.id, reason="moved", created_at=NOW, waits_for_reading=True
    )
    session.add(kept)
    session.commit()
    platform.lists(JANUARY)

    assert read(1).conflicts == 0

    assert told() == []
    assert conflicts.list_open(house.id) == ()
    assert kept.ended_at == at(1)
