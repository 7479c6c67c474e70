"""Read the clock of the hotel. Only web, cli and jobs ask; everybody else is told (house rule 4)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo


class HasTimeZone(Protocol):
    """Whatever has the name of a time zone: a property."""

    @property
    def timezone(self) -> str:
        """Return the name, as in "Europe/Paris"."""


def now() -> datetime:
    """Return this instant in UTC."""
    return datetime.now(UTC)


def today(house: HasTimeZone) -> date:
    """Return the date on the wall of this house."""
    return now().astimezone(ZoneInfo(house.timezone)).date()
