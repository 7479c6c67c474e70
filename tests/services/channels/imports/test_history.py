"""Every change that a feed makes is written down with its nights, and with nobody (R36)."""

from __future__ import annotations

from sqlalchemy import select

from app.database import session
from app.models import (
    Event,
    Feed,
    FeedChange,
)
from tests.platforms import Platform
from tests.services.channels.conftest import Read
from tests.services.channels.imports.listed import FEBRUARY, JANUARY, MARCH, count


def story(feed: Feed) -> list[tuple[str, ...]]:
    """Return what was written down of a feed: the verb, the old nights, the new nights."""
    changes = session.scalars(select(FeedChange).where(FeedChange.feed_id == feed.id).order_by(FeedChange.id))
    return [
        (
            change.verb,
            f"{change.old_arrival}/{change.old_departure}",
            f"{change.new_arrival}/{change.new_departure}",
        )
        for change in changes
    ]


def test_writes_down_old_and_new_nights(feed: Feed, read: Read, platform: Platform) -> None:
    platform.lists(JANUARY)
    read()
    platform.lists(("2027-01-05", "2027-01-10", "one@airbnb.com"))
    read(15)
    platform.lists()
    read(30, is_confirmed=True)

    assert story(feed) == [
        ("add", "None/None", "2027-01-05/2027-01-08"),
        ("move", "2027-01-05/2027-01-08", "2027-01-05/2027-01-10"),
        ("end", "2027-01-05/2027-01-10", "None/None"),
    ]


def test_writes_one_event_for_an_import_that_changed_something(read: Read, platform: Platform) -> None:
    platform.lists(JANUARY, FEBRUARY, MARCH)
    before = count(Event)
    read()
    platform.lists(JANUARY, FEBRUARY, MARCH)
    platform.body = platform.body.replace(b"4821", b"1234")

    read(15)

    assert count(Event) == before + 1


def test_names_nobody_in_its_history(feed: Feed, read: Read, platform: Platform) -> None:
    platform.lists(("2027-01-05", "2027-01-08", "Jeanne Moulin 0612345678"))
    read()

    (change,) = session.scalars(select(FeedChange)).all()
    written = " ".join(str(value) for value in vars(change).values())
    assert "Jeanne" not in written
    assert "4821" not in written
