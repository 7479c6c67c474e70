"""The feeds of a house: whose calendar is read for which room, whether it is, and which token shows ours."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import select

from app.database import session
from app.gateways.sealing import Vault
from app.models import ChannelName, Feed, Property, PropertyHost, Room
from app.services.channels import stays
from app.services.events import record

PUBLIC_ID_BYTES = 8
LONGEST_HOST = 253


class FeedNotFound(LookupError):
    """There is no such feed, or no such room, in this house."""


class FeedIsOurOwn(ValueError):
    """The address leads back to this house: importing it would feed us our own nights (R40)."""


class FeedUsedElsewhere(ValueError):
    """Another feed reads this address already, most likely for the room it belongs to; carries its name."""

    def __init__(self, room_name: str) -> None:
        super().__init__(f"this address is read for {room_name} already")
        self.room_name = room_name


class FeedIsRead(ValueError):
    """The room's feed on this channel has an address; only `remove_address` takes it away, nights and all."""

    def __init__(self) -> None:
        super().__init__("this feed is read already")


def find_feed(*, house: Property, feed_id: int) -> Feed:
    """Return a feed of this house, locked against an import at the same time. Raises: FeedNotFound."""
    feed = session.scalar(
        select(Feed).where(Feed.property_id == house.id, Feed.id == feed_id).with_for_update()
    )
    if feed is None:
        raise FeedNotFound(feed_id)
    return feed


def save_feed(
    *,
    house: Property,
    room_id: int,
    channel: ChannelName,
    url: str,
    vault: Vault,
    check_address: Callable[[str], None],
    actor: str,
    now: datetime,
    test_hosts: frozenset[str] = frozenset(),
) -> Feed:
    """Open the feed of a room on a channel, or give it another address; it is due at once (R8). Commits.

    The address is sealed by `vault` and never seen again. An empty `url` means that the room is only shown to the
    channel. `check_address` asks the network whether the address is a public one, and raises what the fetcher says
    otherwise (R1, R2). `test_hosts` ("host:port") may bear the name of our own host: a demo plays the platforms on
    its own machine.

    Raises: FeedNotFound for a room of another house, FeedIsOurOwn, FeedUsedElsewhere, FeedIsRead for an empty address
    over another one, and what `check_address` does.
    """
    property_id = house.id
    if session.scalar(select(Room.id).where(Room.property_id == property_id, Room.id == room_id)) is None:
        raise FeedNotFound(room_id)
    hosts = frozenset(session.scalars(select(PropertyHost.host)))
    session.commit()  # nothing is locked while the network is asked
    address = canonical(url)
    if address:
        _refuse_own(address, hosts, test_hosts)
        check_address(address)
    feed = session.scalar(
        select(Feed).where(Feed.property_id == property_id, Feed.room_id == room_id, Feed.channel == channel)
    )
    if address:
        _refuse_second_use(property_id, vault.marks(address), feed)
    elif feed is not None and feed.sealed_url:
        raise FeedIsRead
    if feed is None:
        feed = _new_feed(property_id, room_id, channel, now)
    if address and feed.url_mark not in vault.marks(address):
        _forget_what_was_read(feed)
        feed.sealed_url, feed.url_mark = vault.seal(address), vault.mark(address)
        feed.url_host = host_of(address)
        feed.due_at = now
    record(
        property_id=property_id,
        actor=actor,
        verb="save",
        noun="feed",
        noun_id=feed.id,
        field_names=["sealed_url"],
        now=now,
    )
    session.commit()
    return feed


def remove_address(*, house: Property, feed_id: int, actor: str, now: datetime) -> Feed:
    """Read a feed no more, and let go of every night that came from it; ours is still shown. Commits."""
    feed = find_feed(house=house, feed_id=feed_id)
    feed.sealed_url = feed.url_mark = feed.url_host = ""
    feed.due_at, feed.is_paused = None, False
    stays.end_all(feed, now=now)
    _forget_what_was_read(feed)
    _note(feed, "remove_address", actor, now)
    session.commit()
    return feed


def pause_feed(*, house: Property, feed_id: int, keeps_nights: bool, actor: str, now: datetime) -> Feed:
    """Stop reading a feed; its nights stay closed or come free, as the desk says (R53). Commits."""
    feed = find_feed(house=house, feed_id=feed_id)
    feed.is_paused = True
    if not keeps_nights:
        stays.end_all(feed, now=now)
        _forget_what_was_read(feed)
    _note(feed, "pause", actor, now)
    session.commit()
    return feed


def resume_feed(*, house: Property, feed_id: int, actor: str, now: datetime) -> Feed:
    """Read a paused feed again, at once. Commits."""
    feed = find_feed(house=house, feed_id=feed_id)
    feed.is_paused = False
    feed.due_at = now if feed.sealed_url else None
    _note(feed, "resume", actor, now)
    session.commit()
    return feed


def rotate_token(*, house: Property, feed_id: int, actor: str, now: datetime) -> Feed:
    """Make the address that we serve useless; the next one has another token (R41). Commits."""
    feed = find_feed(house=house, feed_id=feed_id)
    feed.token_version += 1
    _note(feed, "rotate", actor, now)
    session.commit()
    return feed


def canonical(url: str) -> str:
    """Return an address in the one form in which two of them are compared; webcal is https (R1).

    >>> canonical(" webcal://Example.org/a.ics#top ")
    'https://example.org/a.ics'
    """
    plain = url.strip()
    try:
        parts = urlsplit(plain)
    except ValueError:
        return plain  # the fetcher will say what is wrong with it
    scheme = "https" if parts.scheme.lower() in ("webcal", "webcals") else parts.scheme.lower()
    return urlunsplit((scheme, parts.netloc.lower(), parts.path, parts.query, "")) if parts.netloc else plain


def _refuse_own(address: str, own_hosts: frozenset[str], test_hosts: frozenset[str]) -> None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return  # the fetcher will say what is wrong with it
    if (parts.hostname or "").rstrip(".") in own_hosts and parts.netloc not in test_hosts:
        raise FeedIsOurOwn("this address leads back to this house")


def host_of(address: str) -> str:
    """Return the part of an address that may be shown: no password, no path, no port.

    >>> host_of("https://who:what@www.airbnb.fr:443/calendar/ical/12.ics?s=secret")
    'www.airbnb.fr'
    """
    try:
        return (urlsplit(address).hostname or "")[:LONGEST_HOST]
    except ValueError:
        return ""


def _refuse_second_use(property_id: int, marks: tuple[str, ...], feed: Feed | None) -> None:
    row = session.execute(
        select(Feed.id, Room.name)
        .join(Room, Room.id == Feed.room_id)
        .where(Feed.property_id == property_id, Feed.url_mark.in_(marks))
    ).first()
    if row is not None and (feed is None or row.id != feed.id):
        raise FeedUsedElsewhere(row.name)


def _new_feed(property_id: int, room_id: int, channel: ChannelName, now: datetime) -> Feed:
    feed = Feed(
        property_id=property_id,
        room_id=room_id,
        channel=channel,
        public_id=secrets.token_hex(PUBLIC_ID_BYTES),
        created_at=now,
    )
    session.add(feed)
    session.flush()
    return feed


def _forget_what_was_read(feed: Feed) -> None:
    feed.etag = feed.last_modified = feed.digest = ""
    feed.failure_count = 0
    feed.fault_code = feed.fault = ""


def _note(feed: Feed, verb: str, actor: str, now: datetime) -> None:
    record(property_id=feed.property_id, actor=actor, verb=verb, noun="feed", noun_id=feed.id, now=now)
