"""Feeds are opened with care, put to rest, and shown under tokens that can be made useless."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from app.database import session
from app.models import ChannelName, ChannelStay, ClaimKind, Event, Feed, Property, Room, RoomNight
from app.services import channels, inventory
from app.services.channels.feeds import canonical
from calendars.fetch import FetchRefused
from pricing.stay import Stay
from tests.cast import NOW
from tests.platforms import VAULT, Platform
from tests.services.channels.conftest import Read, at, nights, nights_taken, open_feed

AIRBNB_URL = "https://www.airbnb.com/calendar/ical/12.ics?s=secret"


def save(house: Property, room: Room, url: str, channel: ChannelName = ChannelName.AIRBNB) -> Feed:
    """Save a feed whose address the network finds in order."""
    return channels.save_feed(
        house=house,
        room_id=room.id,
        channel=channel,
        url=url,
        vault=VAULT,
        check_address=lambda _: None,
        actor="user:1",
        now=NOW,
    )


def opened(feed: Feed) -> str:
    """Return the address that a feed is read from."""
    return VAULT.open(feed.sealed_url)


def test_reads_a_new_feed_as_soon_as_it_is_saved(house: Property, room: Room) -> None:
    assert save(house, room, AIRBNB_URL).due_at == NOW


def test_reads_webcal_as_https(house: Property, room: Room) -> None:
    assert opened(save(house, room, " webcal://Example.org/a.ics ")) == "https://example.org/a.ics"


def test_keeps_one_feed_for_a_room_and_a_channel(house: Property, room: Room) -> None:
    first = save(house, room, AIRBNB_URL)
    first.digest, first.fault_code = "known", "http_status"
    session.commit()

    second = save(house, room, f"{AIRBNB_URL}&new")

    assert second.id == first.id
    assert (second.digest, second.fault_code) == ("", "")


@pytest.mark.parametrize(
    "url", ["https://localhost/feeds/x.ics", "http://LOCALHOST:8000/", "webcal://lac.test/a"]
)
def test_refuses_an_address_of_its_own(house: Property, room: Room, url: str) -> None:
    with pytest.raises(channels.FeedIsOurOwn):
        save(house, room, url)

    assert session.scalars(select(Feed)).all() == []


def test_refuses_one_address_for_two_rooms(house: Property, room: Room, library: Room) -> None:
    save(house, room, AIRBNB_URL)

    with pytest.raises(channels.FeedUsedElsewhere) as refusal:
        save(house, library, AIRBNB_URL.replace("https://www", "webcal://WWW"))

    assert refusal.value.room_name == "Le Jardin"
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://10.0.0.1/a.ics", "not_public"),
        ("http://[::1]/a.ics", "not_public"),
        ("http://169.254.169.254/latest", "not_public"),
        ("file:///etc/passwd", "scheme"),
        ("ftp://example.org/a.ics", "scheme"),
        ("http://[broken/a.ics", "malformed"),
        ("not an address", "malformed"),
    ],
)
def test_refuses_an_address_that_is_not_public(
    house: Property, room: Room, platform: Platform, url: str, code: str
) -> None:
    with pytest.raises(FetchRefused) as refusal:
        channels.save_feed(
            house=house,
            room_id=room.id,
            channel=ChannelName.AIRBNB,
            url=url,
            vault=VAULT,
            check_address=platform.reader.check,
            actor="user:1",
            now=NOW,
        )

    assert refusal.value.code == code
    assert session.scalars(select(Feed)).all() == []


def test_asks_the_network_while_nothing_is_locked(house: Property, room: Room) -> None:
    open_transactions: list[bool] = []

    channels.save_feed(
        house=house,
        room_id=room.id,
        channel=ChannelName.AIRBNB,
        url=AIRBNB_URL,
        vault=VAULT,
        check_address=lambda _: open_transactions.append(session().in_transaction()),
        actor="user:1",
        now=NOW,
    )

    assert open_transactions == [False]


def test_knows_no_room_and_no_feed_of_another_house(house: Property, room: Room) -> None:
    lac = session.scalars(select(Property).where(Property.code == "lac")).one()
    theirs = session.scalars(select(Room).where(Room.property_id == lac.id)).first()
    assert theirs is not None
    ours = save(house, room, AIRBNB_URL)

    with pytest.raises(channels.FeedNotFound):
        save(house, theirs, "https://example.org/a.ics")
    with pytest.raises(channels.FeedNotFound):
        channels.rotate_token(house=lac, feed_id=ours.id, actor="user:9", now=NOW)
    assert channels.list_feeds(property_id=lac.id, now=NOW) == ()


def test_frees_the_nights_of_a_resting_feed_only_when_told_to(
    house: Property, room: Room, feed: Feed, read: Read, platform: Platform
) -> None:
    platform.lists(("2027-01-05", "2027-01-08", "one"))
    read()

    channels.pause_feed(house=house, feed_id=feed.id, keeps_nights=True, actor="user:1", now=at(1))
    kept = nights_taken(room)
    channels.pause_feed(house=house, feed_id=feed.id, keeps_nights=False, actor="user:1", now=at(2))

    assert kept == nights("2027-01-05", "2027-01-08")
    assert nights_taken(room) == set()


def test_lets_go_of_every_night_with_the_address(
    house: Property, room: Room, feed: Feed, read: Read, platform: Platform
) -> None:
    platform.lists(("2027-01-05", "2027-01-08", "one"), ("2027-02-05", "2027-02-08", "two"))
    read()
    stay = Stay(date(2027, 1, 7), date(2027, 1, 9))
    waiting = inventory.take_free(
        property_id=house.id, room_id=room.id, kind=ClaimKind.BLOCK, stay=stay, now=at(1)
    )
    session.commit()

    channels.remove_address(house=house, feed_id=feed.id, actor="user:1", now=at(2))

    owners = session.execute(
        select(RoomNight.night, RoomNight.claim_id).where(RoomNight.room_id == room.id)
    ).all()
    assert set(owners) == {(night, waiting.id) for night in stay.nights}
    assert (feed.sealed_url, feed.due_at) == ("", None)
    assert session.scalars(select(ChannelStay).where(ChannelStay.ended_at.is_(None))).all() == []
    assert inventory.list_conflicts(house.id) == ()


def test_frees_what_came_from_a_feed_at_rest_too(
    house: Property, room: Room, feed: Feed, read: Read, platform: Platform
) -> None:
    platform.lists(("2027-01-05", "2027-01-08", "one"))
    read()
    channels.pause_feed(house=house, feed_id=feed.id, keeps_nights=True, actor="user:1", now=at(1))

    channels.remove_address(house=house, feed_id=feed.id, actor="user:1", now=at(2))

    assert nights_taken(room) == set()
    assert channels.list_feeds(property_id=house.id, now=at(3))[0].state == "only_shown"


def test_never_takes_an_address_away_without_its_nights(
    house: Property, room: Room, feed: Feed, read: Read, platform: Platform
) -> None:
    platform.lists(("2027-01-05", "2027-01-08", "one"))
    read()

    with pytest.raises(channels.FeedIsRead):
        save(house, room, "")

    session.rollback()
    assert opened(session.get_one(Feed, feed.id)) == platform.url
    assert save(house, room, "", ChannelName.GOOGLE).sealed_url == ""


def test_closes_the_nights_again_when_a_feed_is_resumed(
    house: Property, room: Room, feed: Feed, read: Read, platform: Platform
) -> None:
    platform.lists(("2027-01-05", "2027-01-08", "one"))
    read()
    channels.pause_feed(house=house, feed_id=feed.id, keeps_nights=False, actor="user:1", now=at(1))

    assert channels.resume_feed(house=house, feed_id=feed.id, actor="user:1", now=at(2)).due_at == at(2)
    read(3)

    assert nights_taken(room) == nights("2027-01-05", "2027-01-08")


def test_remembers_who_changed_a_feed_and_never_its_address(house: Property, room: Room) -> None:
    feed = save(house, room, AIRBNB_URL)
    channels.rotate_token(house=house, feed_id=feed.id, actor="user:2", now=NOW)

    events = session.scalars(select(Event).where(Event.noun == "feed").order_by(Event.id)).all()
    assert [(event.verb, event.actor) for event in events] == [("save", "user:1"), ("rotate", "user:2")]
    assert "secret" not in str([event.field_names for event in events])


def test_tells_at_a_glance_how_a_feed_is_doing(
    house: Property, room: Room, library: Room, feed: Feed, read: Read, platform: Platform
) -> None:
    open_feed(house, library, "", ChannelName.GOOGLE)
    platform.lists(("2027-01-05", "2027-01-08", "one"), ("2027-02-05", "2027-02-08", "closed"))

    def state(minutes: float) -> str:
        cards = channels.list_feeds(property_id=house.id, now=at(minutes))
        return next(card.state for card in cards if card.id == feed.id)

    states = [state(0)]
    read()
    states += [state(1), state(361)]
    platform.status = 500
    read(362)
    states.append(state(362))

    assert states == ["waiting", "fresh", "stale", "broken"]
    shown_only, counted = channels.list_feeds(property_id=house.id, now=at(0))
    assert (shown_only.state, counted.stay_count, counted.closure_count) == ("only_shown", 1, 1)


def test_compares_addresses_in_one_form() -> None:
    assert canonical("WEBCAL://A.example/x?T=1#y") == canonical("https://a.example/x?T=1")
    assert canonical("https://a.example/x?T=1") != canonical("https://a.example/x?t=1")
