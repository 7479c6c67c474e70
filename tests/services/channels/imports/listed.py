"""Three stays that a platform lists, and how many rows a table has."""

from __future__ import annotations

from sqlalchemy import func, select

from app.database import session

JANUARY = ("2027-01-05", "2027-01-08", "one@airbnb.com")
FEBRUARY = ("2027-02-10", "2027-02-12", "two@airbnb.com")
MARCH = ("2027-03-01", "2027-03-04", "three@airbnb.com")


def count(model: type) -> int:
    """Return how many rows a table has."""
    return session.scalar(select(func.count()).select_from(model)) or 0
