"""The front door as a script uses it: one command, its JSON and its exit code."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from calendars.__main__ import main
from tests.calendars.house import NOW, TODAY, calendar

HALF_AN_HOUR = timedelta(minutes=30)


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def pairs(*nights: tuple[int, int]) -> list[list[str]]:
    return [[str(day(start)), str(day(end))] for start, end in nights]


def event(start: int, end: int, summary: str = "Reserved", uid: str = "") -> str:
    lines = (
        f"UID:{uid or f'{start}-{summary}'}",
        f"DTSTART;VALUE=DATE:{day(start):%Y%m%d}",
        f"DTEND;VALUE=DATE:{day(end):%Y%m%d}",
        f"SUMMARY:{summary}",
    )
    return "\n".join(lines)


class Front:
    """Stand at the command line with one room's state; the clock moves only when it is told."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.state = folder / "room.json"
        self.capsys = capsys
        self.now: datetime = NOW
        self.code = 0
        self.complaint = ""

    def order(self, command: str, *arguments: str) -> str:
        try:
            self.code = main([command, str(self.state), *arguments, "--now", self.now.isoformat()])
        except SystemExit as stop:
            self.code = int(stop.code or 0)
        output, self.complaint = self.capsys.readouterr()
        return output

    def follow(self, *events: str, feed: str = "airbnb", later: timedelta = HALF_AN_HOUR) -> dict[str, Any]:
        self.now += later
        body = self.state.with_name("feed.ics")
        body.write_bytes(calendar(*events))
        result: dict[str, Any] = json.loads(self.order("follow", str(body), "--feed", feed))
        return result

    def fault(self, words: str, feed: str = "airbnb", later: timedelta = HALF_AN_HOUR) -> dict[str, Any]:
        self.now += later
        result: dict[str, Any] = json.loads(self.order("follow", "--fault", words, "--feed", feed))
        return result

    def confirm(self, feed: str = "airbnb") -> dict[str, Any]:
        result: dict[str, Any] = json.loads(self.order("confirm", "--feed", feed))
        return result

    def ours(self, what: str, start: int, end: int) -> dict[str, Any]:
        result: dict[str, Any] = json.loads(self.order("ours", f"--{what}", str(day(start)), str(day(end))))
        return result

    def export(self, channel: str) -> list[list[str]]:
        """Let a channel read us; return the nights it is shown."""
        lines = self.order("export", "--channel", channel).splitlines()
        starts = [line.rpartition(":")[2] for line in lines if line.startswith("DTSTART")]
        ends = [line.rpartition(":")[2] for line in lines if line.startswith("DTEND")]
        return [
            [str(date.fromisoformat(start)), str(date.fromisoformat(end))]
            for start, end in zip(starts, ends, strict=True)
        ]
