"""Append what was done to the house's memory (decision 22)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from app.database import session
from app.models import Event


def record(
    *,
    property_id: int,
    actor: str,
    verb: str,
    noun: str,
    noun_id: int,
    now: datetime,
    field_names: Iterable[str] = (),
) -> None:
    """Add one event to the current transaction; names of fields only, never what stood in them."""
    session.add(
        Event(
            property_id=property_id,
            at=now,
            actor=actor,
            verb=verb,
            noun=noun,
            noun_id=noun_id,
            field_names=sorted(field_names),
        )
    )
