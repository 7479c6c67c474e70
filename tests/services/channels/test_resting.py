"""Whoever lets a feed rest, or takes its address away, says what becomes of its nights (R53)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.database import session
from app.models import ChannelStay, Feed, Property, Room
from app.services import bookings, channels
from tests.platforms import VAULT, Platform
from tests.services.channels.conftest import Read, at, nights, nights_taken, open_feed
from tests.services.platform_stays.told import completed

TAKEN = nights("2027-01-05", "2027-01-08")


@pytest.fixture
def read_once(feed: Feed, read: Read, platform: Platform) -> Feed:
    """Return the feed of Le Jardin, with one stay that was read from it and that somebody has looked at."""
    platform.lists(("2027-01-05", "2027-01-08", "one"))
    read()
    feed.trusted_at, feed.told_stale_at, feed.echoes = at(1), at(1), [["2027-03-01", "2027-03-02", "block"]]
    session.commit()
    return feed


def take_away(house: Property, feed: Feed, *, keeps_nights: bool, minutes: float = 2) -> Feed:
    """Take the address of a feed away."""
    return channels.remove_address(
        house=house, feed_id=feed.id, keeps_nights=keeps_nights, actor="user:1", now=at(minutes)
    )


def test_keeps_the_nights_of_a_removed_address_until_they_are_freed(
    house: Property, room: Room, read_once: Feed
) -> None:
    take_away(house, read_once, keeps_nights=True)
    kept = nights_taken(room)

    take_away(house, read_once, keeps_nights=False, minutes=3)

    assert kept == TAKEN
    assert nights_taken(room) == set()


def test_forgets_a_wrong_calendar_whole(house: Property, room: Room, read_once: Feed) -> None:
    forgotten = take_away(house, read_once, keeps_nights=False)

    assert nights_taken(room) == set()
    assert (forgotten.sealed_url, forgotten.url_mark, forgotten.url_host) == ("", "", "")
    assert (forgotten.trusted_at, forgotten.told_stale_at, forgotten.echoes) == (None, None, [])


def test_knows_its_stays_again_when_the_address_comes_back(
    house: Property, room: Room, read_once: Feed, read: Read, platform: Platform
) -> None:
    take_away(house, read_once, keeps_nights=True)

    open_feed(house, room, platform.url)
    done = read(3)

    assert (done.added, nights_taken(room)) == (0, TAKEN)
    assert len(session.scalars(select(ChannelStay)).all()) == 1


def test_asks_for_a_look_at_another_address(
    house: Property, room: Room, read_once: Feed, platform: Platform
) -> None:
    read_once.never_echoes = [["2027-03-01", "2027-03-02"]]
    session.commit()

    changed = open_feed(house, room, f"{platform.url}&new")

    assert VAULT.open(changed.sealed_url).endswith("&new")
    assert (changed.trusted_at, changed.never_echoes) == (None, [])


def test_leaves_everything_as_it_is_when_the_same_address_is_saved_again(
    house: Property, room: Room, read_once: Feed, platform: Platform
) -> None:
    before = (read_once.sealed_url, read_once.trusted_at, read_once.digest, read_once.due_at)

    again = open_feed(house, room, f" {platform.url} ")

    assert (again.sealed_url, again.trusted_at, again.digest, again.due_at) == before


def test_chases_no_silent_feed_that_rests(house: Property, read_once: Feed) -> None:
    channels.pause_feed(house=house, feed_id=read_once.id, keeps_nights=True, actor="user:1", now=at(2))

    assert read_once.told_stale_at is None


@pytest.mark.parametrize("overlap", channels.OVERLAPS)
def test_remembers_how_long_the_old_address_goes_on(house: Property, feed: Feed, overlap: timedelta) -> None:
    renewed = channels.rotate_token(house=house, feed_id=feed.id, overlap=overlap, actor="user:1", now=at(0))

    assert renewed.token_version == 2
    assert renewed.old_token_until == (at(0) + overlap if overlap else None)


def test_lets_no_old_address_go_on_for_ever(house: Property, feed: Feed) -> None:
    with pytest.raises(ValueError, match="overlap"):
        channels.rotate_token(
            house=house, feed_id=feed.id, overlap=timedelta(days=365), actor="user:1", now=at(0)
        )


def test_frees_with_the_address_the_nights_of_a_stay_that_was_given_up_here(
    house: Property, room: Room, read_once: Feed
) -> None:
    booking = completed(house, session.scalars(select(ChannelStay)).one())
    take_away(house, read_once, keeps_nights=False)
    kept = nights_taken(room)
    bookings.cancel(house=house, booking=booking, actor="user:1", reason="leak", now=at(3))

    take_away(house, read_once, keeps_nights=False, minutes=4)

    assert kept == TAKEN
    assert nights_taken(room) == set()
