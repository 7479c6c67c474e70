"""Tell the stand-in what time it is, so that a payment page can grow old without anybody waiting."""

from __future__ import annotations

import time as wall


class Clock:
    """Show real time until it is set; `time` has the name that localstripe calls."""

    def __init__(self) -> None:
        """Start with real time."""
        self._fixed: int | None = None

    def time(self) -> float:
        """Return seconds since 1970."""
        return wall.time() if self._fixed is None else self._fixed

    def set(self, seconds: int | None) -> None:
        """Stop at an instant, or run again with None."""
        self._fixed = seconds


CLOCK = Clock()
