"""The house itself: its name, its hosts, its hours, and the dated rules that it sells under."""

from __future__ import annotations

from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class Property(Base):
    """One house. Every business row belongs to one, and the host name of a request selects it (decision 19).

    `urgent_recipients`: who else is told at once of a night sold twice, one address a line.
    """

    __tablename__ = "property"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    timezone: Mapped[str] = mapped_column(String(40))
    currency: Mapped[str] = mapped_column(String(3))
    languages: Mapped[list[str]] = mapped_column(JSON)
    telephone: Mapped[str] = mapped_column(String(40))
    email: Mapped[str] = mapped_column(String(254))
    address: Mapped[str] = mapped_column(Text)
    check_in_from: Mapped[time] = mapped_column(default=time(15))
    check_in_until: Mapped[time] = mapped_column(default=time(20))
    check_out_until: Mapped[time] = mapped_column(default=time(11))
    desk_opens: Mapped[time] = mapped_column(default=time(9))
    desk_closes: Mapped[time] = mapped_column(default=time(20))
    free_cancellation_days: Mapped[int] = mapped_column(default=2)
    free_cancellation_until: Mapped[time] = mapped_column(default=time(18))
    most_nights_of_a_stay: Mapped[int] = mapped_column(default=60)
    horizon: Mapped[date | None]
    is_example: Mapped[bool] = mapped_column(default=False)
    urgent_recipients: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]


class PropertyHost(Base):
    """A host name under which a house answers."""

    __tablename__ = "property_host"

    host: Mapped[str] = mapped_column(String(253), primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))


class GridVersion(Base):
    """An immutable, dated version of the grid, kept as its own document; a quote and a booking point to theirs."""

    __tablename__ = "grid_version"
    __table_args__ = (UniqueConstraint("property_id", "number"), UniqueConstraint("property_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    number: Mapped[int]
    document: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    effective_from: Mapped[date]
    author: Mapped[str] = mapped_column(String(120))
    vote_reference: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime]


class TouristTaxRate(Base):
    """What the authority asks from a date on, for unclassified lodging; superseded, never edited (TS-02)."""

    __tablename__ = "tourist_tax_rate"
    __table_args__ = (UniqueConstraint("property_id", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    valid_from: Mapped[date]
    fraction: Mapped[str] = mapped_column(String(20))
    cap_minor: Mapped[int]
    surcharges: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    rounding: Mapped[str] = mapped_column(String(20), default="per_component")
    source: Mapped[str] = mapped_column(String(200))
    is_example: Mapped[bool] = mapped_column(default=False)

    @property
    def rate(self) -> Fraction:
        """Return the rate exactly: "0.04" is 4 %."""
        return Fraction(self.fraction)
