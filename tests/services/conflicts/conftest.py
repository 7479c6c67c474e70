"""Le Jardin, sold at the desk and on Airbnb for the same nights: what the tests of conflicts share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.database import session
from app.models import Booking, ChannelStay, Conflict, Property, Room
from app.services import bookings, conflicts
from app.services.bookings import GuestDetails, PriceChoice
from pricing.household import Household
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.sold_twice import room_named, sold_by_platform, the_conflict

ACTOR = "user:1"
NIGHTS = Stay(TODAY + timedelta(days=7), TODAY + timedelta(days=10))
ALICE = GuestDetails("Alice Delattre", "alice@example.org", "06 12 34 56 78")

Move = Callable[..., bool]


def book(house: Property, room: Room, stay: Stay = NIGHTS, guest: GuestDetails = ALICE) -> Booking:
    """Take a booking of a double room at the desk."""
    return bookings.book_at_desk(
        house=house,
        stay=stay,
        party=Household(2),
        offer_key="double",
        choice=PriceChoice(bracket=3),
        guest=guest,
        language="fr",
        actor=ACTOR,
        now=NOW - timedelta(days=1),
        today=TODAY - timedelta(days=1),
        room_id=room.id,
    )


@pytest.fixture
def jardin(house: Property) -> Room:
    """Return Le Jardin."""
    return room_named("Le Jardin")


@pytest.fixture
def terril(house: Property) -> Room:
    """Return Le Terril, another double room, on no platform."""
    return room_named("Le Terril")


@pytest.fixture
def alice(house: Property, jardin: Room) -> Booking:
    """Return Alice's booking of Le Jardin."""
    return book(house, jardin)


@pytest.fixture
def sold(house: Property, jardin: Room, alice: Booking) -> ChannelStay:
    """Return the stay of Airbnb that wants Alice's nights and one more."""
    return sold_by_platform(house, jardin, Stay(NIGHTS.arrival, NIGHTS.departure + timedelta(days=1)))


@pytest.fixture
def conflict(sold: ChannelStay) -> Conflict:
    """Return the conflict of the two."""
    return the_conflict()


@pytest.fixture
def move(house: Property, conflict: Conflict) -> Move:
    """Return the move of one side: `move(claim_id, room)`."""
    conflict_id = conflict.id

    def move_side(claim_id: int | None, room: Room, **changes: Any) -> bool:
        assert claim_id is not None
        known: dict[str, Any] = {
            "house": house,
            "conflict_id": conflict_id,
            "claim_id": claim_id,
            "room_id": room.id,
            "may_break_promise": False,
            "actor": ACTOR,
            "today": TODAY,
            "now": NOW,
        }
        session.commit()
        return conflicts.move_side(**{**known, **changes})

    return move_side
