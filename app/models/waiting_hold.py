"""A hold that waits for its guest to open a mailed link; it keeps no night meanwhile (decision 21)."""

from __future__ import annotations

from datetime import date, datetime, time

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
from app.models.booking import REFERENCE_LENGTH


class WaitingHold(Base):
    """Everything that was typed and chosen, so that the link opens the hold in any browser; removed after a day.

    `bracket` is the guest's alone (decision 15). `booking_id`: the hold, once the link's button was pressed.
    """

    __tablename__ = "waiting_hold"
    __table_args__ = (
        ForeignKeyConstraint(["property_id", "letter_id"], ["letter.property_id", "letter.id"]),
        ForeignKeyConstraint(["property_id", "booking_id"], ["booking.property_id", "booking.id"]),
        UniqueConstraint("reference"),
        UniqueConstraint("letter_id"),
        CheckConstraint("departure > arrival", name="has_nights"),
        Index("ix_waiting_hold_created_at", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    reference: Mapped[str] = mapped_column(String(REFERENCE_LENGTH))
    letter_id: Mapped[int]
    booking_id: Mapped[int | None]
    arrival: Mapped[date]
    departure: Mapped[date]
    adults: Mapped[int]
    children: Mapped[list[int]] = mapped_column(JSON, default=list)
    offer_key: Mapped[str] = mapped_column(Text)
    bracket: Mapped[int | None]
    amount_minor: Mapped[int | None]
    shown_minor: Mapped[int]
    guest_name: Mapped[str] = mapped_column(String(120))
    guest_email: Mapped[str] = mapped_column(String(254))
    guest_telephone: Mapped[str] = mapped_column(String(40))
    guest_message: Mapped[str] = mapped_column(Text)
    arrival_time: Mapped[time | None]
    language: Mapped[str] = mapped_column(String(5))
    created_at: Mapped[datetime]
