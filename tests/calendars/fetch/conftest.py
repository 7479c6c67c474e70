"""A stranger for each test; when it leaves, everybody who called has hung up, and no log knows the address."""

from collections.abc import Iterator

import pytest

from tests.calendars.fetch.visits import SECRET
from tests.calendars.stranger import Stranger


@pytest.fixture
def stranger(caplog: pytest.LogCaptureFixture) -> Iterator[Stranger]:
    caplog.set_level("DEBUG")
    server = Stranger()
    yield server
    server.close()
    assert server.goodbyes == server.calls
    assert not [record for record in caplog.get_records("call") if SECRET in record.getMessage()]
