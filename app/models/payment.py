"""Attempts to be paid by card, frozen before the processor is called, and the notices it sends."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class AttemptState(StrEnum):
    """Where an attempt is (payments 4.9). `capturing` and `releasing` are written before the call (decision 7)."""

    NEW = "new"
    OPEN = "open"
    AUTHORISED = "authorised"
    CAPTURING = "capturing"
    RELEASING = "releasing"
    PAID = "paid"
    RELEASED = "released"
    EXPIRED = "expired"
    FAILED = "failed"
    REFUNDING = "refunding"
    REFUNDED = "refunded"


LIVE_STATES = (AttemptState.NEW, AttemptState.OPEN)


class PaymentAttempt(Base):
    """One try to be paid for a booking. `parameters` is the frozen request: a retry sends the same bytes."""

    __tablename__ = "payment_attempt"
    __table_args__ = (
        ForeignKeyConstraint(["property_id", "booking_id"], ["booking.property_id", "booking.id"]),
        CheckConstraint("amount_minor > 0", name="amount_positive"),
        Index("ix_payment_attempt_booking", "booking_id"),
        Index("ix_payment_attempt_state", "state", "checked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    booking_id: Mapped[int]
    public_id: Mapped[str] = mapped_column(String(40), unique=True)
    amount_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    is_captured_later: Mapped[bool]
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(20))
    session_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    session_url: Mapped[str | None] = mapped_column(Text)
    intent_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    capture_before: Mapped[datetime | None]
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime]
    checked_at: Mapped[datetime | None]
    fault: Mapped[str] = mapped_column(String(200), default="")


class ProcessorNotice(Base):
    """A verified webhook, stored under its unique event id, answered at once, applied by a sweep (decision 18)."""

    __tablename__ = "processor_notice"

    event_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    type: Mapped[str] = mapped_column(String(80))
    object_id: Mapped[str] = mapped_column(String(120))
    received_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
