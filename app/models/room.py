"""What is sold and what is slept in: room types and rooms."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base


class RoomType(Base):
    """A category: what is sold (decision 1). Its code names the room factor of the grid."""

    __tablename__ = "room_type"
    __table_args__ = (
        UniqueConstraint("property_id", "code"),
        UniqueConstraint("property_id", "id"),
        CheckConstraint("sleeps > 0", name="sleeps_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    code: Mapped[str] = mapped_column(String(40))
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    descriptions: Mapped[dict[str, str]] = mapped_column(JSON)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    sleeps: Mapped[int]
    cots: Mapped[int] = mapped_column(default=0)
    is_instant: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class Room(Base):
    """A room: what is slept in, and what a night is locked for."""

    __tablename__ = "room"
    __table_args__ = (
        UniqueConstraint("property_id", "name"),
        UniqueConstraint("property_id", "id"),
        ForeignKeyConstraint(["property_id", "type_id"], ["room_type.property_id", "room_type.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    type_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    picture: Mapped[str] = mapped_column(String(80), default="")
    position: Mapped[int] = mapped_column(default=0)

    type: Mapped[RoomType] = relationship(viewonly=True)
