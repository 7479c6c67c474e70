"""Counts that all workers share: how often somebody came, and which sweep has run."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class Throttle(Base):
    """How many times `key` came in the window that began at `window_at` (decision 21)."""

    __tablename__ = "throttle"
    __table_args__ = (Index("ix_throttle_window_at", "window_at"),)

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    window_at: Mapped[datetime] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class JobRun(Base):
    """A sweep that ran in a slot of time; the key decides who of many workers runs it (decision 17)."""

    __tablename__ = "job_run"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    slot_at: Mapped[datetime] = mapped_column(primary_key=True)
    finished_at: Mapped[datetime | None]
