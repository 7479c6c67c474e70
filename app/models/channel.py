"""Booking platforms: the feed of one room on one channel, and the stays that were read from it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.models.append_only import keep_append_only


class ChannelName(StrEnum):
    """The platforms that a feed can come from or go to."""

    AIRBNB = "airbnb"
    BOOKING = "booking"
    VRBO = "vrbo"
    GOOGLE = "google"
    GITES = "gites"
    OTHER = "other"


class Feed(Base):
    """One room on one channel: the address we read and the one we serve.

    The address we read is a secret: it lies sealed (`sealed_url`, empty where the room is only shown), is found again
    by a keyed mark, and people see its host alone.

    The served address is not stored: its token is computed from `public_id` and `token_version`; the version before
    is answered until `old_token_until`. `trusted_at` is null while the first import waits for a look (R8).

    `shown` is what the channel read of us last, as [first night, day after, since]: an echo is judged by it. `echoes`
    are the closures seen now that are only our own nights, as [first night, day after, kind]; `never_echoes` are the
    nights of which a person said that they are a guest's.
    """

    __tablename__ = "feed"
    __table_args__ = (
        UniqueConstraint("property_id", "id"),
        UniqueConstraint("room_id", "channel"),
        ForeignKeyConstraint(["property_id", "room_id"], ["room.property_id", "room.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    room_id: Mapped[int]
    channel: Mapped[str] = mapped_column(String(20))
    sealed_url: Mapped[str] = mapped_column(Text, default="")
    url_mark: Mapped[str] = mapped_column(String(64), default="", index=True)
    url_host: Mapped[str] = mapped_column(String(253), default="")
    public_id: Mapped[str] = mapped_column(String(20), unique=True)
    token_version: Mapped[int] = mapped_column(default=1)
    is_paused: Mapped[bool] = mapped_column(default=False)
    etag: Mapped[str] = mapped_column(String(200), default="")
    last_modified: Mapped[str] = mapped_column(String(80), default="")
    digest: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    attempted_at: Mapped[datetime | None]
    read_well_at: Mapped[datetime | None]
    failure_count: Mapped[int] = mapped_column(default=0)
    fault_code: Mapped[str] = mapped_column(String(40), default="")
    fault: Mapped[str] = mapped_column(String(300), default="")
    served_at: Mapped[datetime | None]
    is_end_inclusive: Mapped[bool] = mapped_column(default=False)
    stays_only: Mapped[bool] = mapped_column(default=False)
    is_transparent_free: Mapped[bool] = mapped_column(default=False)
    is_aggregator: Mapped[bool] = mapped_column(default=False)
    is_timed: Mapped[bool] = mapped_column(default=False)
    trusted_at: Mapped[datetime | None]
    old_token_until: Mapped[datetime | None]
    told_stale_at: Mapped[datetime | None]
    shown: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    echoes: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    never_echoes: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    body_digest: Mapped[str] = mapped_column(String(64), default="")
    changed_at: Mapped[datetime | None]


class ChannelStay(Base):
    """A stay or closure read from a feed; its claim wants the nights.

    `told_kind` is what a person said that it is, where the platform does not tell. `booking_id` is set once the desk
    has completed it. `is_moved`: the desk gave it another room, which no import takes back. Until `quiet_until` no
    other channel is told of it: it may be the last echo of a stay that is gone.
    """

    __tablename__ = "channel_stay"
    __table_args__ = (
        ForeignKeyConstraint(["property_id", "feed_id"], ["feed.property_id", "feed.id"]),
        ForeignKeyConstraint(["property_id", "claim_id"], ["claim.property_id", "claim.id"]),
        ForeignKeyConstraint(["property_id", "booking_id"], ["booking.property_id", "booking.id"]),
        CheckConstraint("departure > arrival", name="has_nights"),
        CheckConstraint("told_kind IN ('', 'reservation', 'block')", name="told_kind_known"),
        Index("ix_channel_stay_feed", "feed_id", "ended_at"),
        Index("ix_channel_stay_booking", "booking_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    feed_id: Mapped[int]
    claim_id: Mapped[int | None] = mapped_column(unique=True)
    uid: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(20))
    arrival: Mapped[date]
    departure: Mapped[date]
    missing_since: Mapped[datetime | None]
    missed_count: Mapped[int] = mapped_column(default=0)
    first_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    told_kind: Mapped[str] = mapped_column(String(20), default="")
    is_moved: Mapped[bool] = mapped_column(default=False)
    booking_id: Mapped[int | None]
    quiet_until: Mapped[datetime | None]


class FeedChange(Base):
    """What a feed did to the nights of a room: which, from, to, when (R36). Nothing about anybody."""

    __tablename__ = "feed_change"
    __table_args__ = (
        ForeignKeyConstraint(["property_id", "feed_id"], ["feed.property_id", "feed.id"]),
        ForeignKeyConstraint(["property_id", "room_id"], ["room.property_id", "room.id"]),
        Index("ix_feed_change_room", "property_id", "room_id", "id"),
        Index("ix_feed_change_feed", "feed_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    feed_id: Mapped[int]
    room_id: Mapped[int]
    channel_stay_id: Mapped[int | None]
    at: Mapped[datetime]
    verb: Mapped[str] = mapped_column(String(20))
    old_arrival: Mapped[date | None]
    old_departure: Mapped[date | None]
    new_arrival: Mapped[date | None]
    new_departure: Mapped[date | None]


class FeedReading(Base):
    """Who read a calendar of ours, and what it was answered (R50); forgotten after a while."""

    __tablename__ = "feed_reading"
    __table_args__ = (
        ForeignKeyConstraint(["property_id", "feed_id"], ["feed.property_id", "feed.id"]),
        Index("ix_feed_reading_feed", "feed_id", "at"),
        Index("ix_feed_reading_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    feed_id: Mapped[int]
    at: Mapped[datetime]
    status: Mapped[int]
    network: Mapped[str] = mapped_column(String(60), default="")
    user_agent: Mapped[str] = mapped_column(String(200), default="")


class TaxCollector(StrEnum):
    """Who collects the tourist tax of a platform's stay (TS-34)."""

    HOUSE = "house"
    CHANNEL = "channel"
    UNKNOWN = "unknown"


class PlatformTerms(Base):
    """What a platform says about the money of its stay; null where it does not say (decision 13).

    `is_paid_to_house`: the guest pays us, not the platform. `is_to_check`: the nights have changed since somebody
    looked at the sums. `withdrawn_at`: since when the platform does not list the stay any more.
    """

    __tablename__ = "platform_terms"
    __table_args__ = (
        ForeignKeyConstraint(["property_id", "booking_id"], ["booking.property_id", "booking.id"]),
        CheckConstraint("gross_minor >= 0", name="gross_not_negative"),
        CheckConstraint("commission_minor >= 0", name="commission_not_negative"),
        CheckConstraint("payout_minor >= 0", name="payout_not_negative"),
        CheckConstraint("tax_collector IN ('house', 'channel', 'unknown')", name="tax_collector_known"),
    )

    booking_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    channel: Mapped[str] = mapped_column(String(20))
    platform_reference: Mapped[str] = mapped_column(String(60), default="")
    gross_minor: Mapped[int | None]
    commission_minor: Mapped[int | None]
    payout_minor: Mapped[int | None]
    tax_collector: Mapped[str] = mapped_column(String(20), default=TaxCollector.UNKNOWN)
    is_paid_to_house: Mapped[bool] = mapped_column(default=False)
    is_to_check: Mapped[bool] = mapped_column(default=False)
    withdrawn_at: Mapped[datetime | None]


keep_append_only(FeedChange)
