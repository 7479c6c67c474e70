"""A word of a guest to the manager about a price that is settled: less or more, and no reason asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class PriceMessage(Base):
    """One word and its answer; the manager alone reads it, and it is erased with the choice (decision 15).

    `answered_at` without `letter_id`: by telephone.
    """

    __tablename__ = "price_message"
    __table_args__ = (
        ForeignKeyConstraint(["property_id", "booking_id"], ["booking.property_id", "booking.id"]),
        ForeignKeyConstraint(["property_id", "letter_id"], ["letter.property_id", "letter.id"]),
        CheckConstraint("wish IN ('less', 'more')", name="wish_known"),
        Index("ix_price_message_open", "property_id", "answered_at"),
        Index("ix_price_message_booking", "booking_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    booking_id: Mapped[int]
    wish: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    letter_id: Mapped[int | None]
