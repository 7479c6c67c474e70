"""A guest's promise of a stay: the booking, its rooms, and the price of each of their nights."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base

REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
REFERENCE_LENGTH = 10
# One hold of a session at a time (decision 21), in the database's own words.
IS_HOLD_OF_SESSION = "status = 'tentative' AND ordered_at IS NULL AND session_key <> ''"


class BookingStatus(StrEnum):
    """Where a booking is (decision 3). Due in, due out and late are derived from dates, never stored."""

    TENTATIVE = "tentative"
    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    IN_HOUSE = "in_house"
    CHECKED_OUT = "checked_out"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    EXPIRED = "expired"
    NO_SHOW = "no_show"


class Source(StrEnum):
    """Which door a booking came through."""

    WEB = "web"
    DESK = "desk"
    CHANNEL = "channel"


def new_reference() -> str:
    """Draw a booking reference: ten letters and digits that nobody mixes up or guesses (49 bits)."""
    return "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(REFERENCE_LENGTH))


class Booking(Base):
    """A booking. What was promised is frozen with it: grid version, cancellation policy, terms, language.

    `lapses_at`: end of the hold (tentative) or of the house's time to answer (requested), null once it stands.
    `answer_due_at`: when reception owes an answer (decision 6). `is_price_open`: taken by telephone, the guest
    has still to choose (decision 14). `link_version`: raised to make every mailed link useless.
    """

    __tablename__ = "booking"
    __table_args__ = (
        UniqueConstraint("property_id", "id"),
        UniqueConstraint("reference"),
        ForeignKeyConstraint(
            ["property_id", "grid_version_id"], ["grid_version.property_id", "grid_version.id"]
        ),
        CheckConstraint("departure > arrival", name="has_nights"),
        Index("ix_booking_status_arrival", "property_id", "status", "arrival"),
        Index("ix_booking_departure", "property_id", "departure"),
        Index("ix_booking_contact", "property_id", "contact_key"),
        Index("ix_booking_lapses_at", "lapses_at"),
        Index("ix_booking_created_at", "property_id", "created_at"),
        Index("ix_booking_network", "property_id", "network_key"),
        Index(
            "uq_booking_hold_of_session",
            "property_id",
            "session_key",
            unique=True,
            sqlite_where=text(IS_HOLD_OF_SESSION),
            postgresql_where=text(IS_HOLD_OF_SESSION),
        ),
        Index("ix_booking_choice_erased", "choice_erased_at", "departure"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    reference: Mapped[str] = mapped_column(String(REFERENCE_LENGTH))
    status: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(20))
    arrival: Mapped[date]
    departure: Mapped[date]
    guest_name: Mapped[str] = mapped_column(String(120), default="")
    guest_email: Mapped[str] = mapped_column(String(254), default="")
    guest_telephone: Mapped[str] = mapped_column(String(40), default="")
    guest_message: Mapped[str] = mapped_column(Text, default="")
    contact_key: Mapped[str] = mapped_column(String(64), default="")
    session_key: Mapped[str] = mapped_column(String(64), default="")
    network_key: Mapped[str] = mapped_column(String(64), default="")
    arrival_time: Mapped[time | None]
    language: Mapped[str] = mapped_column(String(5))
    currency: Mapped[str] = mapped_column(String(3))
    grid_version_id: Mapped[int | None]
    policy: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    terms_version: Mapped[str] = mapped_column(String(20), default="")
    is_instant: Mapped[bool] = mapped_column(default=False)
    is_price_open: Mapped[bool] = mapped_column(default=False)
    is_paid_by_card: Mapped[bool] = mapped_column(default=False)
    hold_renewals: Mapped[int] = mapped_column(default=0)
    link_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    ordered_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    lapses_at: Mapped[datetime | None]
    answer_due_at: Mapped[datetime | None]
    ended_reason: Mapped[str] = mapped_column(String(200), default="")
    choice_erased_at: Mapped[datetime | None]

    rooms: Mapped[list[BookedRoom]] = relationship(order_by="BookedRoom.position", back_populates="booking")


class BookedRoom(Base):
    """One room of a booking, for its own dates and party. `bracket` is the guest's alone (decision 15)."""

    __tablename__ = "booked_room"
    __table_args__ = (
        UniqueConstraint("property_id", "id"),
        ForeignKeyConstraint(["property_id", "booking_id"], ["booking.property_id", "booking.id"]),
        ForeignKeyConstraint(["property_id", "type_id"], ["room_type.property_id", "room_type.id"]),
        ForeignKeyConstraint(["property_id", "room_id"], ["room.property_id", "room.id"]),
        ForeignKeyConstraint(["property_id", "claim_id"], ["claim.property_id", "claim.id"]),
        CheckConstraint("departure > arrival", name="has_nights"),
        CheckConstraint("adults >= 0", name="adults_not_negative"),
        Index("ix_booked_room_booking", "booking_id"),
        Index("ix_booked_room_claim", "claim_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    booking_id: Mapped[int]
    type_id: Mapped[int]
    room_id: Mapped[int]
    claim_id: Mapped[int | None]
    arrival: Mapped[date]
    departure: Mapped[date]
    adults: Mapped[int]
    children: Mapped[list[int]] = mapped_column(JSON, default=list)
    bracket: Mapped[int | None]
    is_pinned: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)

    booking: Mapped[Booking] = relationship(back_populates="rooms")
    nights: Mapped[list[BookedNight]] = relationship(
        order_by="BookedNight.night", cascade="all, delete-orphan"
    )


class BookedNight(Base):
    """The price of one room night: real cost, what the rung asks, what was agreed (decision 10).

    Null where nobody said: a platform's stay has the price that the platform says, or none (decision 13).
    """

    __tablename__ = "booked_night"
    __table_args__ = (
        ForeignKeyConstraint(
            ["property_id", "booked_room_id"], ["booked_room.property_id", "booked_room.id"]
        ),
        CheckConstraint("chosen_minor >= 0", name="chosen_not_negative"),
        {"sqlite_with_rowid": False},
    )

    booked_room_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    night: Mapped[date] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    reference_minor: Mapped[int | None]
    due_minor: Mapped[int | None]
    chosen_minor: Mapped[int | None]
