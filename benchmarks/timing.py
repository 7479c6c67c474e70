"""Time operations and say how long they took: how many, how many a second, the middle and the slow end."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Stopwatch:
    """How long each operation took, in seconds, by its name."""

    taken: dict[str, list[float]] = field(default_factory=dict)

    @contextmanager
    def time(self, name: str) -> Iterator[None]:
        """Time what happens inside under a name."""
        start = time.perf_counter()
        yield
        self.taken.setdefault(name, []).append(time.perf_counter() - start)

    @property
    def all(self) -> list[float]:
        """Return the times of every operation."""
        return [seconds for times in self.taken.values() for seconds in times]


def percentile(times: Sequence[float], share: float) -> float:
    """Return the time that `share` (0 to 1) of the operations did not exceed.

    >>> percentile([3.0, 1.0, 2.0, 4.0], 0.5)
    2.0
    """
    ordered = sorted(times)
    return ordered[max(0, -(-int(len(ordered) * share * 1000) // 1000) - 1)]


def milliseconds(seconds: float) -> str:
    """Return a time as a report prints it: "0.83", "12.4"."""
    value = seconds * 1000
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"
