"""Which event of a feed is which stay that we knew: platforms change UIDs, dates and both.

From the surest likeness to the weakest; whoever found a partner leaves the floor.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from calendars.feed import Block, Kind


@dataclass(frozen=True, slots=True)
class KnownBlock:
    """Hold what was read earlier and still counts; `id` is the caller's own, given back untouched.

    `missed_count` complete feeds in a row have lacked it, the first at `missing_since`. `first_seen_at` is when it
    was first read (None: long ago); what came only after others went missing does not count against their loss.
    """

    id: Hashable
    uid: str
    start: date
    end: date
    kind: Kind = Kind.UNKNOWN
    missed_count: int = 0
    missing_since: datetime | None = None
    first_seen_at: datetime | None = None

    def __post_init__(self) -> None:
        if type(self.start) is not date or type(self.end) is not date:
            raise TypeError("a known block is made of plain dates")
        if self.end <= self.start:
            raise ValueError(f"a known block from {self.start} to {self.end} has no night")
        if (self.missed_count > 0) != (self.missing_since is not None):
            raise ValueError("missed_count and missing_since belong together")


Pair = tuple[KnownBlock, Block]
_Key = Callable[[KnownBlock | Block], Hashable | None]


def match(
    known: Sequence[KnownBlock], blocks: Sequence[Block], *, today: date
) -> tuple[list[Pair], list[KnownBlock], list[Block]]:
    """Pair what was known with what is read: (pairs, known without partner, read without partner).

    By UID and nights; UID and first night; nights; departure of a stay under way (some platforms move its arrival to
    the current day under a new UID); arrival, for an extension; both at once; overlap for closures, which roll on
    from day to day; UID alone where it is unique (R27, R34). So a guest's nights never shrink under another UID: what
    then looks like a shorter stay may be another one, and the first is missing. What is past is only recognised by
    the surer signs, and is never new.
    """
    pairs: list[Pair] = []
    left, read = list(known), list(blocks)
    surer: tuple[_Key, ...] = (_all, _uid_and_nights, _uid_and_start, _nights_and_kind, _nights)
    for key in surer:
        left, read = _pair_off(left, read, key, pairs)
    past = [item for item in left if item.end <= today]
    left = [item for item in left if item.end > today]
    read = [block for block in read if block.end > today]
    left, read = _pair_off(left, read, _under_way(today), pairs)
    for key in (_arrival, _tonight(today)):
        left, read = _pair_extended(left, read, key, pairs)
    left, read = _pair_overlapping(left, read, pairs)
    left, read = _pair_off(left, read, _unique_uid(left, read), pairs)
    return pairs, [*past, *left], read


def _all(item: KnownBlock | Block) -> Hashable | None:
    return item.uid, item.start, item.end, item.kind


def _uid_and_nights(item: KnownBlock | Block) -> Hashable | None:
    return (item.uid, item.start, item.end) if item.uid else None


def _uid_and_start(item: KnownBlock | Block) -> Hashable | None:
    return (item.uid, item.start) if item.uid else None


def _nights_and_kind(item: KnownBlock | Block) -> Hashable | None:
    return item.start, item.end, item.kind


def _nights(item: KnownBlock | Block) -> Hashable | None:
    return item.start, item.end


def _arrival(item: KnownBlock | Block) -> Hashable | None:
    return item.start


def _under_way(today: date) -> _Key:
    return lambda item: item.end if item.start <= today < item.end else None


def _tonight(today: date) -> _Key:
    """Know a stay under way whose arrival was moved to the current day, though its departure changed too.

    Only where the platform tells no stay from a closure: those are the ones that change the UIDs of stays under way;
    elsewhere another UID and another departure are another guest.
    """

    def likeness(item: KnownBlock | Block) -> Hashable | None:
        sleeps_here = item.kind is Kind.UNKNOWN and item.start <= today < item.end
        has_moved_up = isinstance(item, Block) and item.start < today
        return "tonight" if sleeps_here and not has_moved_up else None

    return likeness


def _unique_uid(known: Sequence[KnownBlock], blocks: Sequence[Block]) -> _Key:
    """Trust a UID alone only when one known and one read block bear it: a series shares one among many."""
    counts: dict[str, int] = defaultdict(int)
    for known_item in known:
        counts[known_item.uid] += 1
    known_once = {uid for uid, count in counts.items() if uid and count == 1}
    counts.clear()
    for block in blocks:
        counts[block.uid] += 1
    once = {uid for uid in known_once if counts[uid] == 1}
    return lambda item: item.uid if item.uid in once else None


def _pair_off(
    known: list[KnownBlock], blocks: list[Block], key: _Key, pairs: list[Pair]
) -> tuple[list[KnownBlock], list[Block]]:
    waiting: dict[Hashable, list[KnownBlock]] = defaultdict(list)
    for item in reversed(known):
        likeness = key(item)
        if likeness is not None:
            waiting[likeness].append(item)
    alone: list[Block] = []
    taken: set[int] = set()
    for block in blocks:
        likeness = key(block)
        candidates = waiting.get(likeness) if likeness is not None else None
        if candidates:
            partner = candidates.pop()
            taken.add(id(partner))
            pairs.append((partner, block))
        else:
            alone.append(block)
    return [item for item in known if id(item) not in taken], alone


def _pair_extended(
    known: list[KnownBlock], blocks: list[Block], key: _Key, pairs: list[Pair]
) -> tuple[list[KnownBlock], list[Block]]:
    """Pair by a likeness, but only where the departure is no earlier than it was."""
    alike: dict[Hashable, list[KnownBlock | Block]] = defaultdict(list)
    everything: list[KnownBlock | Block] = [*known, *blocks]
    for item in everything:
        likeness = key(item)
        if likeness is not None:
            alike[likeness].append(item)
    taken: set[int] = set()
    for items in alike.values():
        waiting: list[KnownBlock] = []
        for item in sorted(items, key=lambda item: (item.end, isinstance(item, Block))):
            if isinstance(item, KnownBlock):
                waiting.append(item)
            elif waiting:
                partner = waiting.pop()
                pairs.append((partner, item))
                taken.update((id(partner), id(item)))
    return [item for item in known if id(item) not in taken], [
        block for block in blocks if id(block) not in taken
    ]


def _pair_overlapping(
    known: list[KnownBlock], blocks: list[Block], pairs: list[Pair]
) -> tuple[list[KnownBlock], list[Block]]:
    """Pair closures that share nights, walking both lists in the order of their dates."""
    closures = sorted((item for item in known if item.kind is Kind.BLOCK), key=lambda item: item.start)
    read = sorted(block for block in blocks if block.kind is Kind.BLOCK)
    taken: set[int] = set()
    place = 0
    for item in closures:
        while place < len(read) and read[place].end <= item.start:
            place += 1
        if place < len(read) and read[place].start < item.end:
            pairs.append((item, read[place]))
            taken.update((id(item), id(read[place])))
            place += 1
    return [item for item in known if id(item) not in taken], [
        block for block in blocks if id(block) not in taken
    ]
