"""When a feed is read next: every quarter of an hour, more and more rarely while it fails (R7, R9)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_PAUSE = timedelta(hours=2)
LONGEST_WISH = timedelta(days=1)
MOST_DOUBLINGS = 8
SWAY = 0.1


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The pause between two readings; `draw` gives a number from 0 up to 1, so that feeds fall out of step."""

    every: timedelta
    draw: Callable[[], float]

    def __post_init__(self) -> None:
        """Refuse a rhythm without pauses."""
        if self.every <= timedelta():
            raise ValueError("a feed needs a pause between two readings")

    def next_after_success(self, now: datetime) -> datetime:
        """Return when a feed is due that has just been read: the pause, a tenth of it more or less."""
        return now + self.every * (1 + SWAY * (2 * self.draw() - 1))

    def next_after_failure(
        self, now: datetime, *, failure_count: int, retry_after: timedelta | None = None
    ) -> datetime:
        """Return when a feed is due that has failed so many times in a row.

        The pause doubles up to two hours, half of it drawn; a server that says when to come back is obeyed, for a
        day at most.
        """
        doublings = min(failure_count, MOST_DOUBLINGS)
        whole = min(self.every * (1 << doublings), LONGEST_PAUSE)
        pause = whole / 2 + whole / 2 * self.draw()
        return now + max(pause, min(retry_after or timedelta(), LONGEST_WISH))
