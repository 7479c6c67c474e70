"""Booking platforms: the feed of one room on one channel, and the stays that were read from it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
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


class ChannelName(StrEnum):
    """The platforms that a feed can come from or go to."""

    AIRBNB = "airbnb"
    BOOKING = "booking"
    VRBO = "vrbo"
    GOOGLE = "google"
    OTHER = "other"


class Feed(Base):
    """One room on one channel: the address we read (a secret, never logged) and the one we serve.

    The served address is not stored: its token is computed from `public_id` and `token_version`.
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
    import_url: Mapped[str] = mapped_column(Text, default="")
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


class ChannelStay(Base):
    """A stay or closure read from a feed; its claim wants the nights."""

    __tablename__ = "channel_stay"
    __table_args__ = (
        ForeignKeyConstraint(["property_id", "feed_id"], ["feed.property_id", "feed.id"]),
        ForeignKeyConstraint(["property_id", "claim_id"], ["claim.property_id", "claim.id"]),
        CheckConstraint("departure > arrival", name="has_nights"),
        Index("ix_channel_stay_feed", "feed_id", "ended_at"),
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
