"""One room, met at the command line."""

from pathlib import Path

import pytest

from tests.calendars.room.front import Front


@pytest.fixture
def front(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Front:
    """Return the command line with a room that never read any feed."""
    return Front(tmp_path, capsys)
