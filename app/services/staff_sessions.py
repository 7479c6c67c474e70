"""Keep the sessions of staff on the server, each step in a short transaction of its own (decision 20).

A session is known by the digest of a random ticket that only the browser holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, or_, select, update

from app.database import own_transaction
from app.models import StaffSession, User

IDLE_MINUTES = 30
LONGEST_HOURS = 10


@dataclass(frozen=True, slots=True)
class StoredSession:
    """What a ticket opened: whose session it is, its data, and when it was last seen."""

    user_key: str
    data: dict[str, Any]
    seen_at: datetime


def find(digest: str, *, now: datetime) -> StoredSession | None:
    """Return the session of a ticket, unless it idled, grew too old, or its user was disabled."""
    statement = (
        select(User.fs_uniquifier, StaffSession.data, StaffSession.seen_at)
        .join(User, User.id == StaffSession.user_id)
        .where(StaffSession.digest == digest, User.active)
        .where(StaffSession.seen_at > now - timedelta(minutes=IDLE_MINUTES))
        .where(StaffSession.created_at > now - timedelta(hours=LONGEST_HOURS))
    )
    with own_transaction(is_reading=True) as connection:
        row = connection.execute(statement).first()
    return StoredSession(row.fs_uniquifier, row.data, row.seen_at) if row else None


def begin(*, digest: str, user_key: str, data: dict[str, Any], now: datetime) -> None:
    """Store a new session for the user whose key this is."""
    with own_transaction() as connection:
        user_id = connection.execute(select(User.id).where(User.fs_uniquifier == user_key)).scalar_one()
        connection.execute(
            insert(StaffSession).values(
                digest=digest, user_id=user_id, data=data, created_at=now, seen_at=now
            )
        )


def keep(*, digest: str, data: dict[str, Any], now: datetime) -> None:
    """Store what the session holds now, and that it was seen; an ended session stays ended."""
    with own_transaction() as connection:
        connection.execute(
            update(StaffSession).where(StaffSession.digest == digest).values(data=data, seen_at=now)
        )


def end(digest: str) -> None:
    """End one session: somebody logged out."""
    with own_transaction() as connection:
        connection.execute(delete(StaffSession).where(StaffSession.digest == digest))


def end_all_of(user_id: int) -> None:
    """End every session of a user: disabled, or with a new password."""
    with own_transaction() as connection:
        connection.execute(delete(StaffSession).where(StaffSession.user_id == user_id))


def forget_expired(*, now: datetime) -> int:
    """Remove the sessions that can no longer be opened; return how many."""
    too_old = or_(
        StaffSession.seen_at <= now - timedelta(minutes=IDLE_MINUTES),
        StaffSession.created_at <= now - timedelta(hours=LONGEST_HOURS),
    )
    with own_transaction() as connection:
        return connection.execute(delete(StaffSession).where(too_old)).rowcount
