"""Whatever wants nights of a room, and the one row per room and night that decides who has it (decision 2)."""

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


class ClaimKind(StrEnum):
    """What stands behind a claim."""

    BOOKED_ROOM = "booked_room"
    BLOCK = "block"
    CHANNEL_STAY = "channel_stay"


class Claim(Base):
    """A wish for the nights [arrival, departure) of a room. Any number may want a night; one owns it.

    `lapses_at` is the end of a hold: past it the claim owns nothing any more, whether or not a job has run
    (decision 4); whoever needs the nights removes it.
    """

    __tablename__ = "claim"
    __table_args__ = (
        UniqueConstraint("property_id", "id"),
        ForeignKeyConstraint(["property_id", "room_id"], ["room.property_id", "room.id"]),
        CheckConstraint("departure > arrival", name="has_nights"),
        Index("ix_claim_live_room", "property_id", "room_id", "is_live", "departure"),
        Index("ix_claim_live_lapses_at", "is_live", "lapses_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    room_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    arrival: Mapped[date]
    departure: Mapped[date]
    is_live: Mapped[bool] = mapped_column(default=True)
    lapses_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class RoomNight(Base):
    """The lock: one row, one owner. The primary key is what makes selling a night twice impossible."""

    __tablename__ = "room_night"
    __table_args__ = (
        ForeignKeyConstraint(["property_id", "room_id"], ["room.property_id", "room.id"]),
        ForeignKeyConstraint(["property_id", "claim_id"], ["claim.property_id", "claim.id"]),
        # Who is taken on these nights: the index alone answers, without a look at the rows.
        Index("ix_room_night_taken", "property_id", "night", "room_id", "claim_id"),
        Index("ix_room_night_claim", "claim_id"),
        {"sqlite_with_rowid": False},
    )

    room_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    night: Mapped[date] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    claim_id: Mapped[int]


class Block(Base):
    """Nights that cannot be sold, and why.

    `waits_for_reading`: it ends by itself once every channel of its room has read our calendar since it was made.
    """

    __tablename__ = "block"
    __table_args__ = (ForeignKeyConstraint(["property_id", "claim_id"], ["claim.property_id", "claim.id"]),)

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    claim_id: Mapped[int] = mapped_column(unique=True)
    reason: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    waits_for_reading: Mapped[bool] = mapped_column(default=False)


class Resolution(StrEnum):
    """What a person did about a conflict."""

    MOVED = "moved"
    KEPT = "kept"
    RELOCATED = "relocated"


class Conflict(Base):
    """A claim that could not get all its nights; open until a person settles it or the nights come free.

    `resolution` is empty where nobody said; `relocated_to` is the other house, as the letter to the guest names it.
    """

    __tablename__ = "conflict"
    __table_args__ = (
        ForeignKeyConstraint(["property_id", "claim_id"], ["claim.property_id", "claim.id"]),
        CheckConstraint("resolution IN ('', 'moved', 'kept', 'relocated')", name="resolution_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    claim_id: Mapped[int] = mapped_column(unique=True)
    opened_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None] = mapped_column(String(80))
    note: Mapped[str] = mapped_column(Text, default="")
    resolution: Mapped[str] = mapped_column(String(20), default="")
    relocated_to: Mapped[str] = mapped_column(Text, default="")
