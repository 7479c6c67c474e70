"""An entry of the solidarity fund: what a settled stay, a grant or a gift did to it; only ever added to."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.models.append_only import keep_append_only

ADDS_UP = (
    "guests_minor + aids_minor + grants_minor + gifts_minor + vouchers_minor + costs_minor + fund_minor = 0"
)


class FundEntry(Base):
    """One entry, double: what it puts into each account of pricing.fund, minor units that add up to nothing.

    `kind` is a pricing.fund.Kind. `day` is the house's date on which it counts: of a grant, when the money came.
    `source` says who gave it. No bracket, no name and no income stands here.
    """

    __tablename__ = "fund_entry"
    __table_args__ = (
        UniqueConstraint("property_id", "id"),
        UniqueConstraint("reverses_id"),
        ForeignKeyConstraint(["property_id", "booking_id"], ["booking.property_id", "booking.id"]),
        ForeignKeyConstraint(["property_id", "reverses_id"], ["fund_entry.property_id", "fund_entry.id"]),
        CheckConstraint("kind IN ('stay', 'voucher', 'grant', 'gift', 'reversal')", name="kind_known"),
        CheckConstraint("(kind = 'reversal') = (reverses_id IS NOT NULL)", name="reversal_names_entry"),
        CheckConstraint(ADDS_UP, name="adds_up"),
        Index("ix_fund_entry_day", "property_id", "day"),
        Index("ix_fund_entry_booking", "booking_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    day: Mapped[date]
    kind: Mapped[str] = mapped_column(String(20))
    booking_id: Mapped[int | None]
    guests_minor: Mapped[int] = mapped_column(default=0)
    aids_minor: Mapped[int] = mapped_column(default=0)
    grants_minor: Mapped[int] = mapped_column(default=0)
    gifts_minor: Mapped[int] = mapped_column(default=0)
    vouchers_minor: Mapped[int] = mapped_column(default=0)
    costs_minor: Mapped[int] = mapped_column(default=0)
    fund_minor: Mapped[int] = mapped_column(default=0)
    source: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[str] = mapped_column(String(200), default="")
    posted_at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(80))
    reverses_id: Mapped[int | None]


keep_append_only(FundEntry)
