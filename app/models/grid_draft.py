"""A grid that is being written: it prices nothing, and may be changed or dropped until it is published."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class GridDraft(Base):
    """The document of a grid to come (TOML, form "pricing-grid/2"), what it was begun from, and why.

    `revision` counts what was kept, so that nobody writes over what they have not seen. A draft that is published
    or dropped is removed: the version, and the events, remember.
    """

    __tablename__ = "grid_draft"
    __table_args__ = (
        ForeignKeyConstraint(
            ["property_id", "base_version_id"], ["grid_version.property_id", "grid_version.id"]
        ),
        Index("ix_grid_draft_property", "property_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    base_version_id: Mapped[int]
    document: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(500), default="")
    author: Mapped[str] = mapped_column(String(120))
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
