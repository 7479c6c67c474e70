"""Two processes read one feed at once: the row of the feed makes one of them wait, and find everything known."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.database import session
from app.models import ChannelStay, Claim, ClaimKind, Conflict, Feed, Letter, Property, Room, RoomNight
from app.services import inventory
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.platforms import Platform
from tests.services.channels.importer import import_once

STAYS = 30


@pytest.mark.parametrize("round_number", range(3))
def test_makes_one_set_of_stays_when_two_read_a_feed_at_once(
    house: Property,
    room: Room,
    feed: Feed,
    platform: Platform,
    engine_url: str,
    tmp_path: Path,
    round_number: int,
) -> None:
    arrivals = [TODAY + timedelta(days=10 + 4 * number) for number in range(STAYS)]
    guest = Stay(arrivals[3], arrivals[3] + timedelta(days=1))
    inventory.take_all(property_id=house.id, wishes=[inventory.Wish(room.id, guest)], now=NOW)
    house_id, room_id, feed_id = house.id, room.id, feed.id
    session.commit()  # and nothing of ours is asked until both are done: on SQLite we would be in their way
    platform.lists(*((str(day), str(day + timedelta(days=3)), f"stay-{day}") for day in arrivals))
    platform.gate = Barrier(2)  # nobody gets an answer before both have asked

    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as workers:
        jobs = [
            workers.submit(import_once, engine_url, str(tmp_path), feed_id, platform.port) for _ in range(2)
        ]
        added = sorted(job.result(timeout=60) for job in jobs)

    assert added == [0, STAYS]
    rows = {
        model.__name__: session.scalar(
            select(func.count()).select_from(model).where(model.property_id == house_id)
        )
        for model in (ChannelStay, Conflict, Letter)
    }
    assert rows == {"ChannelStay": STAYS, "Conflict": 1, "Letter": 1}
    claims = select(func.count()).where(Claim.kind == ClaimKind.CHANNEL_STAY)
    assert session.scalar(claims) == STAYS
    nights = select(func.count()).where(RoomNight.room_id == room_id)
    assert session.scalar(nights) == 3 * STAYS
