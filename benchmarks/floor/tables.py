"""The three tables of the floor; its bookings are found by their dates."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The ground of the three tables."""


class Room(Base):
    """A room of a type."""

    __tablename__ = "room"
    id: Mapped[int] = mapped_column(primary_key=True)
    type_code: Mapped[str] = mapped_column(index=True)


class Booking(Base):
    """A stay of somebody in a room."""

    __tablename__ = "booking"
    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), index=True)
    arrival: Mapped[date] = mapped_column(index=True)
    departure: Mapped[date] = mapped_column(index=True)
    guest: Mapped[str]


class Audit(Base):
    """What was done."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str]
