"""Our own nights, sent back by a channel that has read them: recognised and left out (R38)."""

from __future__ import annotations

from dataclasses import replace

from calendars.export import Range
from calendars.feed import Kind, Reading


def without_echoes(reading: Reading, shown: tuple[Range, ...]) -> Reading:
    """Leave out closures that are exactly nights which the channel is shown: they end with their origin.

    A stay never is an echo, nor is what a platform does not tell from a stay: better one conflict too many than two
    guests at the door.
    """
    ours = frozenset(shown)
    kept = tuple(
        block
        for block in reading.blocks
        if block.kind is not Kind.BLOCK or (block.start, block.end) not in ours
    )
    return replace(reading, blocks=kept)
