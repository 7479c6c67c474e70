"""The room's file: whole or not written at all, and never written over what is not a room."""

import fcntl
import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from calendars.echoes import Shown
from calendars.feed import Kind
from calendars.matching import KnownBlock
from calendars.room import Kept, OwnStay, Room, RoomFeed
from calendars.room.files import NotARoom, alone, dumps, load, loads, save
from tests.calendars.house import NOW
from tests.calendars.room.front import Front, day, event

FULL = Room(
    key="secret",
    timezone="Pacific/Auckland",
    stays=(OwnStay(day(1), day(3), NOW),),
    feeds=(
        RoomFeed(
            "airbnb",
            kept=(
                Kept(KnownBlock(1, "é;\n", day(5), day(8), Kind.BLOCK, 2, NOW, NOW), NOW),
                Kept(KnownBlock(4, "", day(-5), day(-2), Kind.UNKNOWN), NOW.astimezone(UTC)),
            ),
            echoes=((day(1), day(3)),),
            shown=(Shown(day(1), day(3), NOW),),
            first_tried_at=NOW,
            last_good_at=NOW,
            told_stale_at=NOW + timedelta(hours=7),
        ),
        RoomFeed("vrbo"),
    ),
    next_id=5,
)


def test_comes_back_as_it_was(tmp_path: Path) -> None:
    save(tmp_path / "room.json", FULL)

    assert load(tmp_path / "room.json") == FULL
    assert dumps(loads(dumps(FULL))) == dumps(FULL)
    assert load(tmp_path / "none.json") is None
    assert [path.name for path in tmp_path.iterdir()] == ["room.json"]


def edited(**changes: object) -> bytes:
    return json.dumps(json.loads(dumps(FULL)) | changes).encode()


FOREIGN = {
    "empty": b"",
    "cut": dumps(FULL)[:400],
    "other": b'{"name": "package"}',
    "list": b"[]",
    "deep": b"[" * 100_000,
    "bytes": bytes(range(256)),
    "newer": edited(version=2),
    "version": edited(version=True),
    "half_a_character": edited(key="\ud800"),
    "no_feeds": json.dumps({"format": "juste-nuit room", "version": 1}).encode(),
    "feeds": edited(feeds={"name": "x"}),
    "numbers": edited(next_id=True),
    "reused_number": edited(next_id=2),
    "zone": edited(timezone="Mars/Olympus"),
    "zone_file": edited(timezone="../../etc/passwd"),
    "stay": edited(stays=[{"start": "2027-01-05", "end": "2027-01-05", "booked_at": NOW.isoformat()}]),
    "instant": edited(stays=[{"start": "2027-01-05", "end": "2027-01-06", "booked_at": "2026-11-22T12:00"}]),
    "twins": edited(feeds=[json.loads(dumps(FULL))["feeds"][1]] * 2),
}


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN.keys())
def test_is_never_written_over_a_file_that_is_not_a_room(front: Front, content: bytes) -> None:
    front.state.write_bytes(content)

    output = front.order("export", "--channel", "airbnb")

    assert (front.code, output) == (2, "")
    assert str(front.state) in front.complaint
    assert front.complaint.count("\n") == 1
    assert front.state.read_bytes() == content


def test_stays_whole_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "room.json"
    save(place, FULL)

    def full_disk(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space") as caught:
        save(place, replace(FULL, key="another"))

    assert caught.value.filename == str(place)
    assert load(place) == FULL
    assert [path.name for path in tmp_path.iterdir()] == ["room.json"]


def test_follows_a_link_to_its_file(front: Front) -> None:
    real = front.state.with_name("real.json")
    front.state.symlink_to(real)

    front.follow(event(10, 13))

    assert front.state.is_symlink()
    assert load(real)


@pytest.mark.parametrize("step", ["load", "save"])
def test_is_held_by_one_command_at_a_time(front: Front, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    seen = []

    def look_at_the_lock(path: Path, *room: Room) -> Room | None:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            with pytest.raises(BlockingIOError):
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        finally:
            os.close(folder)
        seen.append(step)
        return None

    monkeypatch.setattr(f"calendars.__main__.{step}", look_at_the_lock)

    front.ours("stay", 10, 13)

    assert seen == [step]
    with alone(front.state):
        """And free again."""


def test_says_that_a_folder_is_no_room(front: Front) -> None:
    front.state.mkdir()

    front.order("export", "--channel", "airbnb")

    assert front.code == 2
    assert str(front.state) in front.complaint


def test_refuses_a_room_that_makes_no_sense() -> None:
    naive = datetime(2027, 1, 1)  # noqa: DTZ001 - the point
    for wrong in (
        lambda: OwnStay(day(1), day(1), NOW),
        lambda: OwnStay(day(1), day(2), naive),
        lambda: Kept(KnownBlock(1, "", day(1), day(2)), naive),
        lambda: Room(key=""),
        lambda: RoomFeed("x" * 81),
    ):
        with pytest.raises(ValueError, match=r"."):
            wrong()
    with pytest.raises(TypeError):
        Kept(KnownBlock("one", "", day(1), day(2)), NOW)
    with pytest.raises(NotARoom):
        loads(b"{}")
