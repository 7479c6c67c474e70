"""Count how often somebody came, exactly, whatever the number of workers and machines (decision 21).

Each count is one statement in a short transaction of its own: ask before the first query of a request that writes.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, delete, text

from app.database import Instant, own_transaction
from app.models import Throttle

COUNT_ONE = text(
    "INSERT INTO throttle (key, window_at, count) VALUES (:key, :window_at, 1) "
    "ON CONFLICT (key, window_at) DO UPDATE SET count = throttle.count + 1 RETURNING count"
).bindparams(bindparam("window_at", type_=Instant()))


def allow(key: str, *, limit: int, window_minutes: int, now: datetime) -> bool:
    """Count this visit and tell whether it is still within `limit` visits per window.

    `key` names what is counted and holds a digest, never an address in clear (`tokens.fingerprint`).
    """
    with own_transaction() as connection:
        count = connection.execute(
            COUNT_ONE, {"key": key, "window_at": _window(now, window_minutes)}
        ).scalar_one()
    return int(count) <= limit


def forgive(key: str) -> None:
    """Forget the visits of `key`: whoever proved who they are starts again from none."""
    with own_transaction() as connection:
        connection.execute(delete(Throttle).where(Throttle.key == key))


def forget_windows(*, before: datetime) -> int:
    """Remove the counts of windows that began before an instant; return how many."""
    with own_transaction() as connection:
        return connection.execute(delete(Throttle).where(Throttle.window_at < before)).rowcount


def _window(now: datetime, window_minutes: int) -> datetime:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return now - (now - epoch) % timedelta(minutes=window_minutes)
