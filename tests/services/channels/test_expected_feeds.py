"""The feeds that platforms send, played over real HTTP: each becomes the agreed nights, or changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from app.database import session
from app.models import Feed, Room
from app.services import channels
from calendars.feed import Verdict
from calendars.fetch import Limits
from tests.platforms import Platform
from tests.services.channels.conftest import RHYTHM, nights, nights_taken

FEEDS = Path(__file__).resolve().parents[2] / "calendars" / "feeds"
EXPECTED: dict[str, Any] = json.loads((FEEDS / "expected.json").read_text(encoding="utf-8"))
NOON = datetime.fromisoformat(EXPECTED["clock"].removeprefix("freeze at "))
COMPLETE = "43_complete_three_stays.ics"
HURRIED = Limits(total_seconds=0.5)

Follow = Callable[[dict[str, Any], datetime], channels.Imported]


def in_window(ranges: list[list[str]]) -> set[date]:
    """Return the nights of half-open ranges inside the window of the comparison."""
    window = nights(*EXPECTED["comparison"]["window"])
    return {night for start, end in ranges for night in nights(start, end)} & window


@pytest.fixture
def follow(feed: Feed, platform: Platform) -> Follow:
    """Return a reading of the feed at a moment, after the platform has been told what to send."""
    feed_id = feed.id

    def read(step: dict[str, Any], now: datetime) -> channels.Imported:
        fetch = platform.reader.fetch
        platform.status, platform.gate = 200, None
        fault = step.get("fault", "")
        if fault.startswith("http "):
            platform.status = int(fault.removeprefix("http "))
        elif fault:
            assert fault == "timeout"
            platform.gate = Barrier(2)
            fetch = replace(platform.reader, limits=HURRIED).fetch
        else:
            platform.body = (FEEDS / step["file"]).read_bytes()
            platform.headers = {"Content-Type": step.get("http", {}).get("content_type", "text/calendar")}
        try:
            return channels.import_feed(feed_id=feed_id, fetch=fetch, now=now, rhythm=RHYTHM)
        finally:
            if platform.gate is not None:
                platform.gate.abort()

    return read


@pytest.mark.parametrize("entry", EXPECTED["feeds"], ids=lambda entry: entry["file"])
def test_closes_the_nights_of_every_platform(entry: dict[str, Any], room: Room, follow: Follow) -> None:
    verdict = Verdict(entry["verdict"].split()[0])
    before: set[date] = set()
    if verdict is Verdict.REJECT:
        follow({"file": COMPLETE}, NOON)
        before = nights_taken(room)

    done = follow(entry, NOON)

    wanted = in_window(entry.get("nights", [])) | before
    allowed = wanted | in_window(entry.get("may_also_block", []))
    taken = nights_taken(room) & nights(*EXPECTED["comparison"]["window"])
    assert done.verdict is verdict
    assert wanted <= taken <= allowed
    assert bool(done.fault_code) == (verdict is not Verdict.ACCEPT)


@pytest.mark.parametrize("sequence", EXPECTED["sequences"], ids=lambda sequence: sequence["name"])
def test_follows_a_platform_in_trouble(
    sequence: dict[str, Any], room: Room, feed: Feed, follow: Follow
) -> None:
    for step in sequence["steps"]:
        done = follow(step, datetime.fromisoformat(step["at"]))

        assert nights_taken(room) == in_window(step["nights"]), step
        if "added" in step:
            assert (done.added, done.released) == (len(step["added"]), len(step["released"]))
        assert bool(done.fault_code) == (step.get("file") != COMPLETE)
    session.refresh(feed)
    assert feed.fault_code == ""
