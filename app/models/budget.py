"""What a house expects of a year: its costs, and the nights that are to earn them; each new one leaves the old."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.models.append_only import keep_append_only


class Budget(Base):
    """Costs and forecast of a year as they were typed once; the newest counts.

    `night_cost_minor` is what one room night more costs. `nights` gives the room nights by season code, `shares` the
    part of each bracket from the lowest, `weight` the mean weight of a night: exact numbers as text.
    """

    __tablename__ = "budget"
    __table_args__ = (
        CheckConstraint(
            "fixed_minor >= 0 AND reserve_minor >= 0 AND grants_minor >= 0 AND night_cost_minor >= 0",
            name="amounts_not_negative",
        ),
        Index("ix_budget_property", "property_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    fixed_minor: Mapped[int]
    reserve_minor: Mapped[int]
    grants_minor: Mapped[int]
    night_cost_minor: Mapped[int]
    nights: Mapped[dict[str, str]] = mapped_column(JSON)
    shares: Mapped[list[str]] = mapped_column(JSON)
    weight: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]
    author: Mapped[str] = mapped_column(String(120))
    actor: Mapped[str] = mapped_column(String(80))


keep_append_only(Budget)
