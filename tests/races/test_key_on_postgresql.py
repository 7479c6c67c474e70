"""On PostgreSQL writers do not queue: the key alone refuses some, and without it a night is sold twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from tests.races.track import open_track

pytestmark = pytest.mark.database

MOST_TRIALS = 40


def test_sells_no_night_twice_because_of_the_key(tmp_path: Path, empty_url: str) -> None:
    with open_track(empty_url, tmp_path) as track:
        trials = iter(range(MOST_TRIALS))

        for trial in trials:
            assert track.race("web", trial).has_one_owner
            if track.server.refused_by_key:
                break
        assert track.server.refused_by_key > 0

        with track.engine.begin() as connection:
            connection.execute(text("ALTER TABLE room_night DROP CONSTRAINT pk_room_night"))
        assert any(track.race("web", trial).is_sold_twice for trial in trials)
