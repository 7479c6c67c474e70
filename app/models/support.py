"""Beside the price of a stay: a partner who pays or vouches for a guest, and a gift for somebody else's night."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base

CODE_LENGTH = 10


class PartnerCode(Base):
    """What a social partner or a town gives to somebody: a rung, a voucher or both. To whom, nobody writes.

    `bracket`: the rung that the guest pays, or null where they choose. `cap_minor`: up to how much of the price of a
    stay the partner pays, or null where it pays nothing. It opens `most_uses` stays, booked until `valid_until`;
    `erased_uses` counts those that are no longer tied to it (decision 15).
    """

    __tablename__ = "partner_code"
    __table_args__ = (
        UniqueConstraint("property_id", "id"),
        UniqueConstraint("property_id", "code"),
        CheckConstraint("bracket IS NOT NULL OR cap_minor IS NOT NULL", name="gives_something"),
        CheckConstraint("cap_minor > 0", name="cap_positive"),
        CheckConstraint("most_uses > 0", name="has_uses"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    partner: Mapped[str] = mapped_column(String(120))
    code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    bracket: Mapped[int | None]
    cap_minor: Mapped[int | None]
    most_uses: Mapped[int]
    erased_uses: Mapped[int] = mapped_column(default=0)
    valid_until: Mapped[date]
    created_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class StaySupport(Base):
    """What stands beside the price of a booking: its guest's gift to the fund, and the code of a partner."""

    __tablename__ = "stay_support"
    __table_args__ = (
        ForeignKeyConstraint(["property_id", "booking_id"], ["booking.property_id", "booking.id"]),
        ForeignKeyConstraint(
            ["property_id", "partner_code_id"], ["partner_code.property_id", "partner_code.id"]
        ),
        CheckConstraint("gift_minor >= 0", name="gift_not_negative"),
        Index("ix_stay_support_code", "partner_code_id"),
    )

    booking_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    gift_minor: Mapped[int] = mapped_column(default=0)
    partner_code_id: Mapped[int | None]
