"""The house logs what happened, without a word about anybody."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from app.logs import JsonLines


@pytest.fixture
def lines() -> Iterator[list[str]]:
    written: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(self.format(record))

    handler = Collect()
    handler.setFormatter(JsonLines())
    logging.getLogger("app").addHandler(handler)
    yield written
    logging.getLogger("app").removeHandler(handler)


def test_writes_no_address_token_or_name(client: FlaskClient, lines: list[str]) -> None:
    client.get(
        "/fr/desk/login?next=/secret-token&email=alice@example.org", headers={"User-Agent": "Alice's phone"}
    )
    client.submit("/fr/desk/login", {"email": "alice@example.org", "password": "her own secret"})
    client.get("/feeds/public-secrettoken.ics")
    client.get("/l/ABCDEFGHJK/secrettoken")

    text = "\n".join(lines)
    assert '"rule": "/<any(fr, en):language>/desk/login"' in text
    assert [word for word in ("alice", "Alice", "secret", "ABCDEFGHJK", "127.0.0.1") if word in text] == []


def test_writes_one_line_of_json_a_request(client: FlaskClient, lines: list[str]) -> None:
    client.get("/fr/desk/login")

    (line,) = [json.loads(line) for line in lines]
    assert line["method"] == "GET"
    assert line["status"] == 200
    assert line["at"].endswith("+00:00")


def test_says_where_a_fault_was_and_not_what_it_quoted() -> None:
    try:
        raise ValueError("Key (email)=(alice@example.org) already exists")
    except ValueError:
        record = logging.LogRecord("app", logging.ERROR, "", 0, "fault\nforged line", None, sys.exc_info())

    line = JsonLines().format(record)

    assert "\n" not in line
    assert "alice" not in line
    assert json.loads(line)["fault"] == "ValueError"
    assert "test_logs.py" in json.loads(line)["places"][0]
