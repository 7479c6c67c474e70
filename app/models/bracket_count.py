"""How many room nights each bracket slept, by month and season: all that is kept of what guests chose (decision 15)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base

UNDECIDED = 0


class BracketCount(Base):
    """A count for the solver. `month` is the first of the month; bracket 0 are those who would rather not choose."""

    __tablename__ = "bracket_count"
    __table_args__ = (CheckConstraint("room_nights >= 0", name="room_nights_not_negative"),)

    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    bracket: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    season: Mapped[str] = mapped_column(String(40), primary_key=True)
    room_nights: Mapped[int] = mapped_column(default=0)
