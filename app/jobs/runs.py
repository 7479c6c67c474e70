"""Decide, in the database, which of many workers runs a scheduled sweep (decision 17)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError

from app.database import own_transaction
from app.models import JobRun


def slot_of(now: datetime, every_minutes: int) -> datetime:
    """Return the beginning of the slot that an instant falls into; slots are counted from midnight UTC.

    >>> from datetime import UTC
    >>> slot_of(datetime(2026, 11, 22, 15, 34, 12, tzinfo=UTC), 5).isoformat()
    '2026-11-22T15:30:00+00:00'
    """
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (now - midnight) // timedelta(minutes=every_minutes) * timedelta(minutes=every_minutes)


def take_slot(name: str, slot_at: datetime) -> bool:
    """Claim a slot; true for exactly one caller, however many workers ask."""
    try:
        with own_transaction() as connection:
            connection.execute(insert(JobRun).values(name=name, slot_at=slot_at))
    except IntegrityError:
        return False
    return True


def finish_slot(name: str, slot_at: datetime, now: datetime) -> None:
    """Write down that the sweep of a slot came to its end."""
    with own_transaction() as connection:
        connection.execute(
            update(JobRun).where(JobRun.name == name, JobRun.slot_at == slot_at).values(finished_at=now)
        )


def forget_slots(*, before: datetime) -> int:
    """Remove the slots that began before an instant, which nobody can claim any more; return how many."""
    with own_transaction() as connection:
        return int(connection.execute(delete(JobRun).where(JobRun.slot_at < before)).rowcount)
