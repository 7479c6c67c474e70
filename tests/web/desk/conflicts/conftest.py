"""Alice and a guest of Airbnb want the same room: what the tests of these pages share."""

from __future__ import annotations

import pytest

from app.database import session
from app.models import Booking, ChannelStay, Property, Room
from tests.sold_twice import sold_by_platform, the_conflict
from tests.web.desk.conftest import NEXT_WEEK, Make

PAGE = "/en/desk/conflicts"


@pytest.fixture
def alice(booked: Make) -> Booking:
    """Return Alice's booking."""
    return booked(stay=NEXT_WEEK)


@pytest.fixture
def sold(house: Property, alice: Booking) -> ChannelStay:
    """Return the stay of Airbnb on Alice's nights."""
    return sold_by_platform(house, session.get_one(Room, alice.rooms[0].room_id), NEXT_WEEK)


@pytest.fixture
def conflict_id(sold: ChannelStay) -> int:
    """Return the conflict of the two."""
    return the_conflict().id
