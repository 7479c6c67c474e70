"""The track of the races, opened once for the file that runs on it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.conftest import _new_database
from tests.races.track import Track, open_track

# What only PostgreSQL can show is not collected without it; what only SQLite can has its name in the test's.
collect_ignore = [] if os.environ.get("TEST_DATABASE_URL") else ["test_key_on_postgresql.py"]


@pytest.fixture(scope="session")
def trials() -> int:
    """Return how often each race is run: a few times every day, often where RACE_TRIALS says so."""
    return int(os.environ.get("RACE_TRIALS", "3"))


@pytest.fixture(scope="module")
def track(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Track]:
    """Yield a track on a database of its own."""
    folder = tmp_path_factory.mktemp("track")
    with _new_database(folder) as url, open_track(url, folder) as opened:
        yield opened
