"""The outbox: mails that are due, written in the transaction of what they tell (decision 17)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class LetterKind(StrEnum):
    """What a letter tells; each has its templates under templates/email/."""

    REQUEST_TO_CONFIRM = "request_to_confirm"
    REQUEST_RECEIVED = "request_received"
    BOOKING_CONFIRMED = "booking_confirmed"
    BOOKING_DECLINED = "booking_declined"
    BOOKING_CHANGED = "booking_changed"
    BOOKING_CANCELLED = "booking_cancelled"
    BOOKING_EXPIRED = "booking_expired"
    PRICE_TO_CHOOSE = "price_to_choose"
    PRICE_ANSWER = "price_answer"
    PAYMENT_FAILED = "payment_failed"
    PAYMENT_RETURNED = "payment_returned"
    LINK = "link"
    HOLD_LINK = "hold_link"
    DESK_REQUEST = "desk_request"
    DESK_REMINDER = "desk_reminder"
    DESK_CONFLICT = "desk_conflict"
    DESK_SILENCE = "desk_silence"
    DESK_SILENCE_OVER = "desk_silence_over"
    DESK_URGENT = "desk_urgent"
    DESK_PAYMENT = "desk_payment"
    DESK_STAY_WITHDRAWN = "desk_stay_withdrawn"


class Letter(Base):
    """One mail. Its text is composed when it is sent, so that no link token is ever stored (decision 20)."""

    __tablename__ = "letter"
    __table_args__ = (
        ForeignKeyConstraint(["property_id", "booking_id"], ["booking.property_id", "booking.id"]),
        Index("uq_letter_property_id_id", "property_id", "id", unique=True),
        Index("ix_letter_waiting", "sent_at", "gave_up_at", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    booking_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(5))
    recipient: Mapped[str] = mapped_column(String(254))
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    gave_up_at: Mapped[datetime | None]
    set_aside_at: Mapped[datetime | None]
    fault: Mapped[str] = mapped_column(String(200), default="")
