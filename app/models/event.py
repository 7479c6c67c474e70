"""What was done, by whom, when: one append-only row for every change (decision 22)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.models.append_only import keep_append_only


class Event(Base):
    """A verb, the noun it was done to, and the *names* of the fields it touched; never their values."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_noun", "property_id", "noun", "noun_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(80))
    verb: Mapped[str] = mapped_column(String(40))
    noun: Mapped[str] = mapped_column(String(40))
    noun_id: Mapped[int]
    field_names: Mapped[list[str]] = mapped_column(JSON, default=list)


keep_append_only(Event)
