"""The house in which races are run: one room of each type left, a server, eight racers, a platform, and the verdict.

Each kind of race has a type of its own, and each trial two nights of its own, so that nothing has to be tidied up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine, create_engine, text

from app import create_app
from app.database import Base, db, session
from app.models import ChannelName, Property, Room
from app.services import blocks, channels, staff_sessions
from app.services.availability import list_type_cards
from config import Config
from pricing.stay import Stay
from tests.cast import NOW, TODAY, build_cast
from tests.platforms import VAULT, Platform, calendar, open_platform
from tests.races.racers import Racers, line_up
from tests.races.runs import SECRET, DeskRun, GuestRun, ImportRun, OrderRun, Outcome, Run
from tests.races.server import Server, serving

RACERS = 8
TICKETS = tuple(f"ticket-of-samir-{place}" for place in range(RACERS))
FIRST_NIGHT = TODAY + timedelta(days=20)
NIGHTS = 2
MOST_TRIALS = 200
QUIET_NIGHT = FIRST_NIGHT + timedelta(
    days=NIGHTS * MOST_TRIALS
)  # from here on nobody races, and all rooms are free
MOST_ROUNDS = 100
TYPE_OF = {"web": "double", "desk": "accessible", "import": "single", "mixed": "family"}
KINDS = tuple(TYPE_OF)
SETTINGS = {
    "TRUSTED_PROXY_COUNT": "1",  # each racer says where they come from
    "HOLDS_PER_NETWORK": "1000000",
    "REPEATED_HOLDS_PER_NETWORK": "1000000",
    "LAPSED_HOLDS": "1000000",
    "HASH_MEMORY_KIB": "64",
}

OWNED = """
SELECT night, claim_id FROM room_night
WHERE room_id = :room_id AND night >= :arrival AND night < :departure
"""
OPEN_CONFLICTS = """
SELECT claim.id FROM conflict JOIN claim ON claim.id = conflict.claim_id
WHERE claim.room_id = :room_id AND claim.arrival = :arrival AND conflict.settled_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a race has left in the database, and what its racers were told."""

    nights: int
    owned_nights: int
    owners: frozenset[int]
    conflicting: tuple[int, ...]
    outcomes: Counter[str]

    @property
    def has_one_owner(self) -> bool:
        """Tell whether each night has one row, and all of them one claim."""
        return self.owned_nights == self.nights and len(self.owners) == 1

    @property
    def is_sold_twice(self) -> bool:
        """Tell whether a night has more than one row."""
        return self.owned_nights > self.nights

    @property
    def errors(self) -> list[str]:
        """Return what racers were told that nobody should be told."""
        return [told for told in self.outcomes.elements() if told not in set(Outcome)]


@dataclass(frozen=True, slots=True)
class Track:
    """A house that is open, with the racers at its doors."""

    url: str
    folder: Path
    engine: Engine
    server: Server
    racers: Racers
    platform: Platform
    rooms: Mapping[str, int]
    feeds: Mapping[str, Sequence[int]]

    def race(self, kind: str, trial: int) -> Verdict:
        """Let eight race for the last room of the kind's type, for the nights of this trial."""
        arrival = FIRST_NIGHT + timedelta(days=NIGHTS * trial)
        stay = Stay(arrival, arrival + timedelta(days=NIGHTS))
        self.platform.body = calendar(*(_event(earlier) for earlier in range(trial + 1)))
        told = self.racers.race([self._run(kind, place, trial, stay) for place in range(RACERS)])
        return self._judge(self.rooms[TYPE_OF[kind]], stay, told)

    def book_apart(self, round_number: int) -> list[str]:
        """Let eight guests book at once, each a room or a night of their own, from the search to the order."""
        return self.racers.race([self._order(round_number, place) for place in range(RACERS)])

    def _order(self, round_number: int, place: int) -> Run:
        half, type_place = divmod(place, len(KINDS))
        arrival = QUIET_NIGHT + timedelta(days=2 * round_number + half)
        stay = Stay(arrival, arrival + timedelta(days=1))
        return OrderRun(self.server.port, TYPE_OF[KINDS[type_place]], stay, f"guest{place}.{round_number}")

    def _run(self, kind: str, place: int, trial: int, stay: Stay) -> Run:
        door = {"mixed": ("web", "desk", "import")[place % 3]}.get(kind, kind)
        type_code, name = TYPE_OF[kind], f"racer{place}.{kind}{trial}"
        if door == "web":
            return GuestRun(self.server.port, type_code, stay, name)
        if door == "desk":
            return DeskRun(self.server.port, type_code, stay, name, TICKETS[place])
        feeds = self.feeds[type_code]
        # Never as late as the end of a hold: a lapsed hold may be taken over, and then two have won in turn.
        at = NOW + timedelta(seconds=1 + trial)
        return ImportRun(self.platform.url, self.url, str(self.folder), feeds[place % len(feeds)], at)

    def _judge(self, room_id: int, stay: Stay, told: Sequence[str]) -> Verdict:
        values = {"room_id": room_id, "arrival": stay.arrival, "departure": stay.departure}
        with self.engine.connect() as connection:
            owned = connection.execute(text(OWNED), values).all()
            conflicting = connection.execute(text(OPEN_CONFLICTS), values).scalars().all()
        return Verdict(
            nights=stay.length,
            owned_nights=len(owned),
            owners=frozenset(claim_id for _night, claim_id in owned),
            conflicting=tuple(conflicting),
            outcomes=Counter(told),
        )


@contextmanager
def open_track(url: str, folder: Path) -> Iterator[Track]:
    """Build the house in an empty database and open it."""
    with open_platform() as platform:
        rooms, feeds = _build(url, folder, platform)
        settings = {"SECRET_KEY": SECRET, "DATABASE_URL": url, **SETTINGS}
        workers = ("--workers", str(RACERS), "--worker-class", "sync")
        engine = create_engine(url)
        with serving(folder, settings, options=workers) as server, line_up(RACERS) as racers:
            yield Track(url, folder, engine, server, racers, platform, rooms, feeds)
        engine.dispose()


def _build(url: str, folder: Path, platform: Platform) -> tuple[dict[str, int], dict[str, list[int]]]:
    """Build the cast, sign somebody in, fill all rooms of each type but the first, and open its feeds."""
    app = create_app(Config(secret_key=SECRET, database_url=url, var_dir=folder, hash_memory_kib=64))
    with app.app_context():
        Base.metadata.create_all(db.engine)
        house = build_cast()
        session.commit()
        for ticket in TICKETS:
            _sign_in(ticket)
        rooms = {card.code: card.room_ids for card in list_type_cards(house.id)}
        for room_id in (other for room_ids in rooms.values() for other in room_ids[1:]):
            _fill(house, room_id)
        last = {code: room_ids[0] for code, room_ids in rooms.items()}
        feeds = {code: _open_feeds(house, last[code], platform) for code in ("single", "family")}
        session.remove()
        db.engine.dispose()
    return last, feeds


def _sign_in(ticket: str) -> None:
    staff_sessions.begin(
        digest=sha256(ticket.encode()).hexdigest(),
        user_key="key-of-samir",
        data={"_user_id": "key-of-samir", "_fresh": True, "fs_paa": NOW.timestamp()},
        now=NOW,
    )


def _fill(house: Property, room_id: int) -> None:
    stay = Stay(TODAY, QUIET_NIGHT)
    blocks.block(
        house=house, room_id=room_id, stay=stay, reason="house_use", note="", actor="user:1", now=NOW
    )


def _open_feeds(house: Property, room_id: int, platform: Platform) -> list[int]:
    """Open a feed on every channel; the platform says the same at each address."""
    room = session.get_one(Room, room_id)
    return [
        channels.save_feed(
            house=house,
            room_id=room.id,
            channel=channel,
            url=f"{platform.url}&room={room.id}&channel={channel}",
            vault=VAULT,
            check_address=lambda _url: None,
            actor="user:1",
            now=NOW,
            test_hosts=frozenset({f"127.0.0.1:{platform.port}"}),
        ).id
        for channel in ChannelName
    ]


def _event(trial: int) -> tuple[str, str, str]:
    arrival = FIRST_NIGHT + timedelta(days=NIGHTS * trial)
    return arrival.isoformat(), (arrival + timedelta(days=NIGHTS)).isoformat(), f"trial{trial}@platform"
