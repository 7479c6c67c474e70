"""Whatever is due is read, each feed by one reader, and no platform delays another."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Event

import pytest
from flask import Flask

from app import clock
from app.database import session
from app.jobs import sweeps
from app.models import Feed, Property, Room
from app.services import channels
from app.services.channels.sweep import LEASE
from calendars.fetch import Fetched, Validators
from tests.cast import NOW
from tests.platforms import VAULT, Platform, calendar
from tests.services.channels.conftest import RHYTHM, at, open_feed

ONE = ("2027-01-05", "2027-01-08", "one")


def test_leases_each_due_feed_to_one_reader(house: Property, feed: Feed, platform: Platform) -> None:
    platform.lists(ONE)
    moments = iter(NOW + timedelta(seconds=number) for number in range(100))

    first, second = (
        channels.import_due(fetch=platform.reader.fetch, now_reader=lambda: next(moments), rhythm=RHYTHM)
        for _ in range(2)
    )

    assert (first, second) == (channels.Swept(read=1), channels.Swept())
    assert len(platform.asked) == 1


def test_reads_a_feed_again_whose_reader_died(feed: Feed, platform: Platform) -> None:
    def die(_url: str, _validators: Validators) -> Fetched:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        channels.import_due(fetch=die, now_reader=lambda: NOW, rhythm=RHYTHM)
    session.rollback()

    asleep = channels.import_due(fetch=platform.reader.fetch, now_reader=lambda: at(1), rhythm=RHYTHM)
    awake = channels.import_due(fetch=platform.reader.fetch, now_reader=lambda: NOW + LEASE, rhythm=RHYTHM)

    assert (asleep.read, awake.read) == (0, 1)


def test_reads_the_other_feeds_when_one_of_them_breaks_everything(
    house: Property, room: Room, library: Room, platform: Platform
) -> None:
    open_feed(house, room, f"{platform.url}&breaks")
    well = open_feed(house, library, platform.url)
    platform.lists(ONE)

    def fetch(url: str, validators: Validators) -> Fetched:
        if VAULT.open(url).endswith("breaks"):
            raise RuntimeError("a bug of ours")
        return platform.reader.fetch(url, validators)

    swept = channels.import_due(fetch=fetch, now_reader=lambda: NOW, rhythm=RHYTHM)

    assert swept == channels.Swept(read=1, faults=1)
    assert session.get_one(Feed, well.id).read_well_at == NOW


def test_goes_to_rest_after_a_minute_and_leaves_what_is_left_to_the_next(
    house: Property, room: Room, library: Room, platform: Platform
) -> None:
    for one in (room, library):
        open_feed(house, one, f"{platform.url}&{one.id}")
    moments = iter([at(0), at(0), at(0.9), at(1.1)])

    swept = channels.import_due(fetch=platform.reader.fetch, now_reader=lambda: next(moments), rhythm=RHYTHM)

    assert swept.read == 1
    assert channels.count_due(now=at(1.1)) == 1


class Slow:
    """A reader for whom one platform holds its answer until another has been read well."""

    def __init__(self) -> None:
        self.other_is_read = Event()
        self.both_are_asked = Barrier(2)

    def fetch(self, sealed_url: str, _validators: Validators) -> Fetched:
        self.both_are_asked.wait(timeout=30)
        if VAULT.open(sealed_url).endswith("slow"):
            assert self.other_is_read.wait(timeout=30)
        return Fetched(200, calendar(ONE))


def test_reads_a_feed_while_another_platform_holds_its_answer(
    app: Flask, house: Property, room: Room, library: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one, word in ((room, "slow"), (library, "quick")):
        open_feed(house, one, f"http://127.0.0.1:1/calendar.ics?{word}")
    slow = Slow()
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(sweeps, "reader_of", lambda _config: slow)
    import_due = channels.import_due

    def import_and_tell(**asked: object) -> channels.Swept:
        done = import_due(**asked)  # type: ignore[arg-type]
        slow.other_is_read.set()  # only the quick one can come so far while the slow one is held
        return done

    monkeypatch.setattr(channels, "import_due", import_and_tell)
    session.commit()

    swept = app.extensions["jobs"].run("feeds")

    assert swept == channels.Swept(read=2)
