"""What is known of a room: the house's own stays, and for each feed its blocks and what its channel has read of us."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from calendars.echoes import Other, Shown
from calendars.export import Busy, Range, merge
from calendars.feed import Kind
from calendars.matching import KnownBlock
from calendars.ranges import common

MOST_NAME_CHARACTERS = 80


class NoSuchFeed(LookupError):
    """Say that the room has no feed of this name."""


@dataclass(frozen=True, slots=True)
class OwnStay:
    """Hold a direct booking of the house."""

    start: date
    end: date
    booked_at: datetime

    def __post_init__(self) -> None:
        if type(self.start) is not date or type(self.end) is not date:
            raise TypeError("a stay is made of plain dates")
        if self.end <= self.start:
            raise ValueError(f"a stay from {self.start} to {self.end} has no night")
        if self.booked_at.tzinfo is None:
            raise ValueError("a stay was booked at an instant with a zone")


@dataclass(frozen=True, slots=True)
class Kept:
    """Hold a block that counts, and when its nights last changed.

    Until `quiet_until` no other channel is told of it: it may be the last echo of a stay that is gone, on its way
    round a ring of platforms that read each other, and would live for ever if it were passed on.
    """

    known: KnownBlock
    changed_at: datetime
    quiet_until: datetime | None = None

    def __post_init__(self) -> None:
        if type(self.known.id) is not int:
            raise TypeError("a room numbers its blocks")
        if any(instant and instant.tzinfo is None for instant in (self.changed_at, self.quiet_until)):
            raise ValueError("a block changed at an instant with a zone")

    @property
    def nights(self) -> Range:
        """Return first night and departure."""
        return self.known.start, self.known.end

    def is_quiet(self, now: datetime) -> bool:
        """Say whether others are not told: for its quiet time, and longer while its feed already lacks it."""
        return self.quiet_until is not None and (now < self.quiet_until or self.known.missed_count > 0)


@dataclass(frozen=True, slots=True)
class RoomFeed:
    """Hold one feed, named like its channel. `told_stale_at`: when its silence was last reported, None while heard.

    `echoes` are nights of ours that it repeated at its last reading; `shown` is what its channel last read of us.
    """

    name: str
    kept: tuple[Kept, ...] = ()
    echoes: tuple[Range, ...] = ()
    shown: tuple[Shown, ...] = ()
    first_tried_at: datetime | None = None
    last_good_at: datetime | None = None
    told_stale_at: datetime | None = None

    def __post_init__(self) -> None:
        if not 0 < len(self.name) <= MOST_NAME_CHARACTERS or not self.name.isprintable():
            raise ValueError(f"a feed has a name of 1 to {MOST_NAME_CHARACTERS} printable characters")

    @property
    def nights(self) -> tuple[Range, ...]:
        """Return the nights that this feed takes, echoes left out, merged."""
        return merge(item.nights for item in self.kept)

    @property
    def sold(self) -> tuple[Range, ...]:
        """Return the nights that may be a guest's: all but what the platform calls a closure."""
        return merge(item.nights for item in self.kept if item.known.kind is not Kind.BLOCK)


@dataclass(frozen=True, slots=True)
class Room:
    """Hold a room. `key` is its secret, from which served UIDs are made; `timezone` is that of the house."""

    key: str
    timezone: str = "Europe/Paris"
    stays: tuple[OwnStay, ...] = ()
    feeds: tuple[RoomFeed, ...] = ()
    next_id: int = 1

    def __post_init__(self) -> None:
        ZoneInfo(self.timezone)
        if not self.key:
            raise ValueError("a room needs a key")
        if len({feed.name for feed in self.feeds}) != len(self.feeds):
            raise ValueError("two feeds of one name")
        ids = [item.known.id for feed in self.feeds for item in feed.kept]
        if len(set(ids)) != len(ids) or any(int(str(each)) >= self.next_id for each in ids):
            raise ValueError("two blocks of one number")

    def today(self, now: datetime) -> date:
        """Return the day at the house."""
        return now.astimezone(ZoneInfo(self.timezone)).date()

    def feed(self, name: str) -> RoomFeed:
        """Return a feed; a new one where the name is new. Raises: ValueError for what is no name."""
        return next((feed for feed in self.feeds if feed.name == name), None) or RoomFeed(name)

    def find_feed(self, name: str) -> RoomFeed:
        """Return a feed that exists. Raises: NoSuchFeed."""
        if name not in {feed.name for feed in self.feeds}:
            raise NoSuchFeed(f"the room has no feed called {name!r}")
        return self.feed(name)

    def with_feed(self, feed: RoomFeed) -> Room:
        """Return the room with this feed in the place of the one of its name."""
        rest = (other for other in self.feeds if other.name != feed.name)
        return replace(self, feeds=tuple(sorted((*rest, feed), key=lambda each: each.name)))

    @property
    def nights(self) -> tuple[Range, ...]:
        """Return all nights that anybody takes, merged."""
        return merge(
            [
                *((stay.start, stay.end) for stay in self.stays),
                *(n for feed in self.feeds for n in feed.nights),
            ]
        )

    def conflicts(self, *, today: date, is_loud: bool = False) -> tuple[Range, ...]:
        """Return the nights from today on that two sources take as different stays, merged (R33).

        The house's own stays conflict with anything; two feeds only where neither speaks of a closure. `is_loud`
        leaves closures out altogether: platforms close nights for many reasons, and nobody is woken for that.
        """
        found: list[Range] = []
        sources = [merge([(stay.start, stay.end)]) for stay in self.stays]
        for place, stay in enumerate(sources):
            found += common(stay, [nights for other in sources[:place] for nights in other])
            for feed in self.feeds:
                found += common(stay, feed.sold if is_loud else feed.nights)
        for place, feed in enumerate(self.feeds):
            found += common(feed.sold, [nights for other in self.feeds[:place] for nights in other.sold])
        return merge((max(start, today), end) for start, end in found if end > today)

    def others(self, name: str) -> tuple[Other, ...]:
        """Return what the sources beside this feed take."""
        ours = (Other(stay.start, stay.end, is_stay=True, is_ours=True) for stay in self.stays)
        theirs = (
            Other(*item.nights, is_stay=item.known.kind is not Kind.BLOCK)
            for feed in self.feeds
            if feed.name != name
            for item in feed.kept
        )
        return (*ours, *theirs)

    def busy(self, *, beside: str, now: datetime) -> tuple[Busy, ...]:
        """Return what a channel must keep closed, each with its last change: all but its own blocks (R37)."""
        ours = (Busy(stay.start, stay.end, stay.booked_at) for stay in self.stays)
        theirs = (
            Busy(*item.nights, item.changed_at)
            for feed in self.feeds
            if feed.name != beside
            for item in feed.kept
            if not item.is_quiet(now)
        )
        return (*ours, *theirs)
