"""The feeds of a house: whose calendar is read for which room, and which token shows ours."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import select

from app.database import session
from app.gateways.sealing import Vault
from app.models import ChannelName, Feed, Property, PropertyHost, Room
from app.services.events import record

PUBLIC_ID_BYTES = 8
LONGEST_HOST = 253
# How long the old address may go on: not at all once it is in wrong hands, else until the platform has the new one.
OVERLAPS = (timedelta(), timedelta(days=1), timedelta(days=7))


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
        forget_what_was_read(feed)
        feed.attempted_at = feed.read_well_at = feed.trusted_at = None
        feed.never_echoes = []
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


def rotate_token(
    *, house: Property, feed_id: int, actor: str, now: datetime, overlap: timedelta = timedelta()
) -> Feed:
    """Give our calendar another address; the one before it is answered for `overlap` longer (R41). Commits.

    Raises: FeedNotFound, ValueError for an overlap that is none of OVERLAPS.
    """
    if overlap not in OVERLAPS:
        raise ValueError(f"no overlap lasts {overlap}")
    feed = find_feed(house=house, feed_id=feed_id)
    feed.token_version += 1
    feed.old_token_until = now + overlap if overlap else None
    note(feed, "rotate", actor, now)
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


def forget_what_was_read(feed: Feed) -> None:
    """Read a feed anew from its next reading on, as one of which nothing is known; no commit."""
    feed.etag = feed.last_modified = feed.digest = ""
    feed.failure_count = 0
    feed.fault_code = feed.fault = ""
    feed.echoes, feed.told_stale_at = [], None


def note(feed: Feed, verb: str, actor: str, now: datetime) -> None:
    """Write down who did what to a feed; no commit."""
    record(property_id=feed.property_id, actor=actor, verb=verb, noun="feed", noun_id=feed.id, now=now)
