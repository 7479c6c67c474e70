"""What must be known of a feed and its house while no transaction is open: read before the network is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select

from app.database import reading as only_reading
from app.database import session
from app.models import ChannelStay, Feed, Property
from app.services.channels.echoes import FINGERPRINT_CHARACTERS, look_around
from app.services.channels.exports import is_our_own
from calendars.feed import Reading, Verdict, digest, read
from calendars.fetch import Fetched, Validators
from calendars.words import say

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, repr=False)
class Order:
    """What to ask a platform for, and how to read its answer. It holds a secret, hence no repr.

    `digest` is empty, and so are the `validators`, where the whole feed must be read anew.
    """

    feed_id: int
    sealed_url: str
    validators: Validators
    digest: str
    timezone: str
    check_in: time
    check_out: time
    horizon: date | None
    today: date
    is_end_inclusive: bool
    stays_only: bool
    is_transparent_free: bool
    is_confirmed: bool

    @property
    def rules(self) -> tuple[object, ...]:
        """Return by what the body is read: up to which night, at which hours, with which options."""
        options = (self.is_end_inclusive, self.stays_only, self.is_transparent_free)
        return (self.horizon, self.timezone, self.check_in, self.check_out, *options)

    def is_unchanged(self, answer: Fetched) -> bool:
        """Tell whether an answer says what the feed said before, to a house where nothing else has changed either."""
        return answer.not_modified or (bool(self.digest) and self.condense(answer) == self.digest)

    def condense(self, answer: Fetched, fingerprint: str = "") -> str:
        """Condense an answer and what stands around the feed: `fingerprint`, else what stood there at the start."""
        return digest(answer.body, today=self.today)[:FINGERPRINT_CHARACTERS] + (
            fingerprint or self.digest[FINGERPRINT_CHARACTERS:]
        )

    def read(self, answer: Fetched, now: datetime, *, language: str = "en") -> Reading:
        """Read the body as this house and this feed's options want it read; a calendar of ours is refused (R40)."""
        if is_our_own(answer.body):
            return Reading(Verdict.REJECT, say("our_own", language), code="our_own")
        return read(
            answer.body,
            timezone=self.timezone,
            check_in=self.check_in,
            check_out=self.check_out,
            now=now,
            horizon=self.horizon,
            is_end_inclusive=self.is_end_inclusive,
            stays_only=self.stays_only,
            is_transparent_free=self.is_transparent_free,
            language=language,
        )


def prepare(feed_ids: Sequence[int], now: datetime, *, is_confirmed: bool = False) -> list[Order]:
    """Return the orders of those feeds that are read at all, in a transaction that ends here."""
    with only_reading():
        try:
            rows = session.execute(
                select(Feed, Property)
                .join(Property, Property.id == Feed.property_id)
                .where(Feed.id.in_(feed_ids), Feed.is_paused.is_(False), Feed.sealed_url != "")
                .order_by(Feed.id)
            ).all()
            return [_order(feed, house, now, is_confirmed=is_confirmed) for feed, house in rows]
        finally:
            session.rollback()


def _order(feed: Feed, house: Property, now: datetime, *, is_confirmed: bool) -> Order:
    """Say what to ask for: the whole feed once a day and while anything is in doubt, else only what is new (R6)."""
    order = Order(
        feed_id=feed.id,
        sealed_url=feed.sealed_url,
        validators=Validators(feed.etag, feed.last_modified),
        digest=feed.digest,
        timezone=house.timezone,
        check_in=house.check_in_from,
        check_out=house.check_out_until,
        horizon=house.horizon + ONE_DAY if house.horizon else None,
        today=now.astimezone(ZoneInfo(house.timezone)).date(),
        is_end_inclusive=feed.is_end_inclusive,
        stays_only=feed.stays_only,
        is_transparent_free=feed.is_transparent_free,
        is_confirmed=is_confirmed,
    )
    is_sure = not is_confirmed and _is_sure(feed, order, now)
    return order if is_sure else replace(order, validators=Validators(), digest="")


def _is_sure(feed: Feed, order: Order, now: datetime) -> bool:
    """Tell whether the same answer as before would change nothing: read well today, all found, nothing new around."""
    if feed.read_well_at is None or feed.fault_code:
        return False
    return (
        feed.read_well_at.astimezone(ZoneInfo(order.timezone)).date() == order.today
        and feed.digest.endswith(look_around(feed, today=order.today, now=now).fingerprint(order.rules))
        and not _is_anything_missing(feed)
    )


def _is_anything_missing(feed: Feed) -> bool:
    missing = exists().where(
        ChannelStay.feed_id == feed.id, ChannelStay.ended_at.is_(None), ChannelStay.missed_count > 0
    )
    return bool(session.scalar(select(missing)))
