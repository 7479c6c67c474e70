"""The platforms of the example: whose calendar is read for which room, and what they have sold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.database import session
from app.demo import steps
from app.demo.steps import Scene, Wanted
from app.demo_channels import PLAYED, PlayedFeed, address
from app.gateways.sealing import Vault
from app.models import ChannelName, Feed, Property, Room
from app.services import channels
from app.services.bookings import GuestDetails, PriceChoice
from app.services.channels import readings
from app.services.channels.readings import Visit
from calendars.fetch import Fetched, Validators
from pricing.household import Household
from pricing.stay import Stay

SOONEST_CONFLICT_DAYS = 4
PLAYED_NETWORK = "203.0.113.0/24"  # kept for examples
# How long ago each platform has read our calendar. The last feed is the newest: nobody has read it or looked at it yet.
READ_AGO = {
    PLAYED[0].path: (timedelta(hours=5, minutes=48), timedelta(hours=2, minutes=46)),
    PLAYED[2].path: (timedelta(hours=1, minutes=20),),
}
OK = 200
RHYTHM = channels.Rhythm(every=timedelta(minutes=15), draw=lambda: 0.0)


def save_feeds(*, house: Property, port: int, vault: Vault, actor: str, now: datetime) -> dict[str, int]:
    """Read the played platforms at this port; return the feeds' ids by path. Commits where something changed."""
    rooms: Mapping[str, int] = dict(
        session.execute(select(Room.name, Room.id).where(Room.property_id == house.id)).all()
    )
    return {
        played.path: _save(house, rooms[played.room_name], played, port, vault, actor, now)
        for played in PLAYED
    }


def _save(
    house: Property, room_id: int, played: PlayedFeed, port: int, vault: Vault, actor: str, now: datetime
) -> int:
    url = address(played, port)
    statement = select(Feed).where(Feed.room_id == room_id, Feed.channel == played.channel)
    feed = session.scalars(statement).first()
    if feed is None or feed.url_mark not in vault.marks(url):
        feed = channels.save_feed(
            house=house,
            room_id=room_id,
            channel=ChannelName(played.channel),
            url=url,
            vault=vault,
            check_address=lambda _url: None,  # ours, on loopback, and opened only later
            actor=actor,
            now=now,
            test_hosts=frozenset({f"127.0.0.1:{port}"}),
        )
    return feed.id


def book_beside_platform(scene: Scene) -> None:
    """Sell a night that the platform has sold too, but not told yet: reading its feed opens a conflict. Commits.

    The house is still empty, so the first double room is given: the one of the first feed.
    """
    first = scene.today + timedelta(days=SOONEST_CONFLICT_DAYS)
    sold = next(stay for stay in PLAYED[0].stays(scene.today) if stay.arrival >= first)
    wanted = Wanted(
        stay=Stay(sold.arrival - timedelta(days=1), sold.arrival + timedelta(days=1)),
        party=Household(2),
        offer_key="double",
        choice=PriceChoice(bracket=5),
        guest=GuestDetails(name="Monique Marchand", telephone="+33 6 39 98 55 21"),
    )
    steps.book_by_telephone(scene, wanted, asked_at=scene.at(scene.today - timedelta(days=1), 17, 40))


def read_today(scene: Scene, feed_ids: Mapping[str, int]) -> None:
    """Read every feed as the platform would answer today, without the network. Commits."""
    for played in PLAYED:
        channels.import_feed(
            feed_id=feed_ids[played.path],
            fetch=_Played(played, scene.today),
            now=scene.now,
            rhythm=RHYTHM,
        )


def let_platforms_read(scene: Scene, feed_ids: Mapping[str, int]) -> None:
    """Have the platforms read our calendars a while ago, as they would (R50). Commits."""
    for path, times in READ_AGO.items():
        feed = session.get_one(Feed, feed_ids[path])
        channel = feed.channel
        for ago in times:
            calendar = channels.export(feed=feed, now=scene.now)
            session.commit()
            visit = Visit(
                at=scene.now - ago,
                today=scene.today,
                network=PLAYED_NETWORK,
                user_agent=f"{channel.capitalize()} (example)",
            )
            readings.answer(feed, calendar, visit, decide=lambda _changed_at: OK)


def trust(scene: Scene, feed_ids: Mapping[str, int]) -> None:
    """Have the desk look at what was read first (R8); the newest feed still waits for it. Commits."""
    for path in READ_AGO:
        channels.trust_feed(house=scene.house, feed_id=feed_ids[path], actor=scene.desk, now=scene.now)


@dataclass(frozen=True, slots=True)
class _Played:
    """What the platform answers on a day."""

    feed: PlayedFeed
    day: date

    def __call__(self, _url: str, _validators: Validators) -> Fetched:
        return Fetched(status=200, body=self.feed.text(self.day))
