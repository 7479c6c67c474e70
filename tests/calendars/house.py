"""A house in Paris, the one noon on which these tests take place, and the way it reads a calendar."""

from datetime import datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from calendars.feed import Reading, read

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=PARIS)
TODAY = NOW.date()
FEEDS = Path(__file__).with_name("feeds")


def read_here(body: bytes, **options: Any) -> Reading:
    house = {"timezone": "Europe/Paris", "check_in": time(15), "check_out": time(11), "now": NOW}
    return read(body, **(house | options))


def calendar(*events: str, head: str = "", maker: str = "-//Tests//EN") -> bytes:
    """Wrap events, each the lines between its BEGIN and END, into a calendar."""
    inside = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:{maker}\n{head}{inside}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def ranges(reading: Reading) -> list[tuple[str, str]]:
    return [(block.start.isoformat(), block.end.isoformat()) for block in reading.blocks]


def nights(*events: str, head: str = "", **options: Any) -> list[tuple[str, str]]:
    """Give the half-open ranges that events become, as ISO dates."""
    return ranges(read_here(calendar(*events, head=head), **options))
