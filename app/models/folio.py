"""A booking's ledger of charges and payments; only ever added to (decision 22)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.models.append_only import keep_append_only


class LineKind(StrEnum):
    """Which side of the account a line stands on."""

    CHARGE = "charge"
    PAYMENT = "payment"


class PaymentMethod(StrEnum):
    """How money came in; what reception may take is the first three."""

    CASH = "cash"
    CHEQUE = "cheque"
    HOLIDAY_VOUCHER = "holiday_voucher"
    CARD = "card"


class Folio(Base):
    """The account of one booking."""

    __tablename__ = "folio"
    __table_args__ = (
        UniqueConstraint("property_id", "id"),
        ForeignKeyConstraint(["property_id", "booking_id"], ["booking.property_id", "booking.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    booking_id: Mapped[int] = mapped_column(unique=True)
    currency: Mapped[str] = mapped_column(String(3))
    opened_at: Mapped[datetime]


class FolioLine(Base):
    """One posting. Charges are positive, payments negative, a correction is the opposite line.

    `code` says what: `night`, `tourist_tax`, `gift`, `partner_voucher` (negative), `cancellation_fee`, or a
    PaymentMethod. `provider_reference` is the
    processor's name of the money movement, unique so that it can never be posted twice.
    """

    __tablename__ = "folio_line"
    __table_args__ = (
        UniqueConstraint("property_id", "id"),
        UniqueConstraint("provider_reference"),
        UniqueConstraint("reverses_id"),
        ForeignKeyConstraint(["property_id", "folio_id"], ["folio.property_id", "folio.id"]),
        ForeignKeyConstraint(["property_id", "reverses_id"], ["folio_line.property_id", "folio_line.id"]),
        CheckConstraint("kind IN ('charge', 'payment')", name="kind_known"),
        Index("ix_folio_line_folio", "folio_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    folio_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(40))
    night: Mapped[date | None]
    amount_minor: Mapped[int]
    posted_at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(80))
    note: Mapped[str] = mapped_column(String(200), default="")
    provider_reference: Mapped[str | None] = mapped_column(String(120))
    reverses_id: Mapped[int | None]


keep_append_only(FolioLine)
