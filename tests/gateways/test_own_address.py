"""Our own door is rung over real HTTP: nothing is followed, everything is told, the address is in no error."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from app.gateways.own_address import NoAnswer, OwnDoor
from tests.calendars.fetch.test_certificates import certificate
from tests.calendars.stranger import Stranger
from tests.platforms import Platform, open_platform

DOOR = OwnDoor({"X-Own-Check": "us"})


def address(platform: Platform) -> str:
    """Return an address of the server without a query."""
    return f"http://127.0.0.1:{platform.port}/feeds/secret.ics"


def test_tells_everything_that_comes_back() -> None:
    with open_platform() as platform:
        platform.headers["ETag"] = '"one"'
        answer = DOOR.ring(address(platform), etag='"one"')

        assert (answer.status, answer.headers["etag"], answer.body) == (200, '"one"', platform.body)
        assert platform.asked[0]["X-Own-Check"] == "us"
        assert platform.asked[0]["If-None-Match"] == '"one"'


def test_follows_no_redirect() -> None:
    with open_platform() as platform:
        platform.status, platform.headers["Location"] = 302, address(platform)

        assert DOOR.ring(address(platform)).status == 302
        assert len(platform.asked) == 1


def test_says_that_nobody_answers_and_not_where() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]

    with pytest.raises(NoAnswer) as silence:
        DOOR.ring(f"http://127.0.0.1:{port}/feeds/secret.ics")

    assert not silence.value.is_certificate
    assert "secret" not in str(silence.value)
    assert silence.value.__suppress_context__


def test_says_that_a_certificate_cannot_be_trusted(tmp_path: Path) -> None:
    server = Stranger(certificate(tmp_path, "127.0.0.1")[0])
    try:
        with pytest.raises(NoAnswer) as silence:
            DOOR.ring(f"https://127.0.0.1:{server.port}/feeds/secret.ics")
    finally:
        server.close()

    assert silence.value.is_certificate


def test_takes_a_server_without_encryption_for_silence() -> None:
    with open_platform() as platform, pytest.raises(NoAnswer) as silence:
        DOOR.ring(address(platform).replace("http:", "https:"))

    assert not silence.value.is_certificate
