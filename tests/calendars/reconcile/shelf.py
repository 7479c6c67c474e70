"""A shelf for what a feed said, as the application keeps it in its tables; and short ways to say a feed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from calendars.feed import Block, Kind, Reading, Verdict
from calendars.reconcile import Changes, KnownBlock, reconcile
from tests.calendars.house import NOW, TODAY

HALF_AN_HOUR = timedelta(minutes=30)


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def block(start: int, end: int, uid: str = "", kind: Kind = Kind.RESERVATION) -> Block:
    return Block(day(start), day(end), uid or f"uid-{start}", kind)


def accept(*blocks: Block) -> Reading:
    return Reading(Verdict.ACCEPT, "", blocks)


def partial(*blocks: Block) -> Reading:
    return Reading(Verdict.PARTIAL, "some were unreadable", blocks, ("one",), "partial")


class Shelf:
    """Keep what a feed said, as the application does in its tables."""

    def __init__(self, *blocks: Block) -> None:
        self.known = [self.put(number, item) for number, item in enumerate(blocks)]
        self.next_id = len(blocks)
        self.now = NOW

    @staticmethod
    def put(number: int, item: Block, seen_at: datetime | None = None) -> KnownBlock:
        return KnownBlock(number, item.uid, item.start, item.end, item.kind, first_seen_at=seen_at)

    def see(self, reading: Reading, *, later: timedelta = HALF_AN_HOUR, **options: Any) -> Changes:
        self.now += later
        changes = reconcile(self.known, reading, now=self.now, **options)
        if changes.verdict is Verdict.REJECT:
            return changes
        held = [
            replace(item.known, missed_count=item.missed_count, missing_since=item.missing_since)
            for item in changes.held
        ]
        moved = [
            self.put(int(str(item.known.id)), item.block, item.known.first_seen_at) for item in changes.moved
        ]
        seen = [replace(item, missed_count=0, missing_since=None) for item in changes.unchanged]
        added = [self.put(self.next_id + number, item, self.now) for number, item in enumerate(changes.added)]
        self.next_id += len(added)
        self.known = [*seen, *moved, *held, *added]
        return changes

    @property
    def nights(self) -> set[date]:
        return {
            date.fromordinal(night)
            for item in self.known
            for night in range(item.start.toordinal(), item.end.toordinal())
        }


A, B, C, D = block(10, 13), block(20, 22), block(30, 31), block(40, 45)


def is_quiet(changes: Changes) -> bool:
    return not (changes.added or changes.moved or changes.released or changes.held)


def is_quiet_but_for_held(changes: Changes) -> bool:
    return not (changes.added or changes.moved or changes.released)
