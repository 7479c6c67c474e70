"""Our own nights, sent back by a channel that has read them: told apart from what the channel closed or sold itself.

A channel that we serve may list our nights again as closures of its own. Were they stored and served to the others,
a ring would close and the nights would never be free again. An echo is therefore judged by what the sender can have
known: what it has read of us, or, where platforms read each other, what another platform sold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from calendars.feed import Block, Kind
from calendars.matching import KnownBlock

Range = tuple[date, date]

QUIET = timedelta(days=1)
"""How long other channels are not told of what may be the last echo of a stay that is gone, on its way round."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Hold nights as a channel last read them of us, and since when it has been shown them without interruption."""

    start: date
    end: date
    since: datetime

    def __post_init__(self) -> None:
        _refuse_nonsense(self.start, self.end)
        if self.since.tzinfo is None:
            raise ValueError("nights are shown since an instant with a zone")


@dataclass(frozen=True, slots=True)
class Other:
    """Hold live nights of another source in the same room: `is_stay` for a guest, `is_ours` for the house itself."""

    start: date
    end: date
    is_stay: bool = True
    is_ours: bool = False

    def __post_init__(self) -> None:
        _refuse_nonsense(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Heard:
    """Hold a feed's events, parted: what is its `own`, which are `echoes`, and which of these leave a `doubt`.

    `reclassified` were taken for the feed's own at an earlier reading and turned out to be echoes.
    """

    own: tuple[Block, ...]
    echoes: tuple[Block, ...] = ()
    doubts: tuple[Block, ...] = ()
    reclassified: tuple[KnownBlock, ...] = ()


def show(before: Iterable[Shown], ranges: Iterable[Range], *, at: datetime, today: date) -> tuple[Shown, ...]:
    """Note that a channel has read these ranges at an instant; those that it was shown `before` keep their `since`."""
    since = {_coming(item.start, item.end, today): item.since for item in before}
    return tuple(
        Shown(start, end, since.get(_coming(start, end, today), at)) for start, end in ranges if end > today
    )


def is_late(block: Block, echoes_before: Iterable[Range], today: date) -> bool:
    """Say whether a new closure was an echo until now: it may be the last of its ring, and is not told at once."""
    return _coming(block.start, block.end, today) in {_coming(*nights, today) for nights in echoes_before}


def part(
    known: Sequence[KnownBlock],
    blocks: Sequence[Block],
    *,
    today: date,
    shown: Sequence[Shown] = (),
    others: Sequence[Other] = (),
    never_echoes: Collection[Range] = (),
    echoes_before: Collection[Range] = (),
    last_good_at: datetime | None = None,
) -> Heard:
    """Part a feed's events into its own and echoes; nights that are past do not count in any comparison.

    A reservation never is an echo, nor are nights of `never_echoes`, of which a person said that they are a guest's.
    `last_good_at` is the last good reading before this one: where it is older than the showing, a platform that does
    not tell stays from closures may have sold the nights in between, which is a doubt.
    """
    ear = _Ear(
        today=today,
        shown={_coming(item.start, item.end, today): item.since for item in shown if item.end > today},
        sold={
            _coming(item.start, item.end, today)
            for item in others
            if item.is_stay and not item.is_ours and item.end > today
        },
        taken=_nights((item.start, item.end) for item in others),
        never={_coming(start, end, today) for start, end in never_echoes},
        before={_coming(start, end, today) for start, end in echoes_before},
        stays={item.uid for item in known if item.uid and item.kind is not Kind.BLOCK},
        last_good_at=last_good_at,
    )
    return ear.part(known, blocks)


@dataclass(frozen=True, slots=True)
class _Ear:
    today: date
    shown: dict[Range, datetime]
    sold: set[Range]
    taken: set[int]
    never: set[Range]
    before: set[Range]
    stays: set[str]
    last_good_at: datetime | None

    def part(self, known: Sequence[KnownBlock], blocks: Sequence[Block]) -> Heard:
        if not (self.shown or self.sold):
            return Heard(tuple(blocks))
        own: list[Block] = []
        echoes: list[Block] = []
        reclassified: list[KnownBlock] = []
        for block, partner in self._pair_by_nights(known, blocks):
            if not self._may_be_echo(block):
                own.append(block)
            elif partner is None:
                is_echo = self._was_shown(block) or self._was_sold(block)
                (echoes if is_echo and not self._is_a_moved_stay(block) else own).append(block)
            elif partner.kind is Kind.BLOCK and self._has_another_origin(block):
                echoes.append(block)
                reclassified.append(partner)
            else:
                own.append(block)
        doubts = tuple(block for block in echoes if self._leaves_a_doubt(block))
        return Heard(tuple(own), tuple(echoes), doubts, tuple(reclassified))

    def _pair_by_nights(
        self, known: Sequence[KnownBlock], blocks: Sequence[Block]
    ) -> list[tuple[Block, KnownBlock | None]]:
        """Pair each event with a known block of exactly its nights, the likest first, each known block once."""
        waiting: dict[Range, list[KnownBlock]] = defaultdict(list)
        for item in known:
            if item.end > self.today:
                waiting[self._nights_of(item)].append(item)
        pairs: list[tuple[Block, KnownBlock | None]] = []
        # Reservations choose first: the closure beside one, of the same nights, is the echo.
        for block in sorted(blocks, key=lambda block: block.kind is not Kind.RESERVATION):
            candidates = waiting.get(self._nights_of(block), [])
            partner = max(candidates, key=lambda item: _likeness(item, block), default=None)
            if partner is not None:
                candidates.remove(partner)
            pairs.append((block, partner))
        return pairs

    def _may_be_echo(self, block: Block) -> bool:
        return (
            block.kind is not Kind.RESERVATION
            and block.end > self.today
            and self._nights_of(block) not in self.never
        )

    def _was_shown(self, block: Block) -> bool:
        """Say whether the channel has read just these nights, or repeats an echo inside a range that has grown."""
        nights = self._nights_of(block)
        if nights in self.shown:
            return True
        return nights in self.before and any(
            start <= nights[0] and nights[1] <= end for start, end in self.shown
        )

    def _was_sold(self, block: Block) -> bool:
        """Say whether these are the nights of another platform's guest: platforms may read each other."""
        return block.kind is Kind.BLOCK and self._nights_of(block) in self.sold

    def _has_another_origin(self, block: Block) -> bool:
        if block.kind is not Kind.BLOCK:
            return False
        nights = self._nights_of(block)
        is_taken = all(night in self.taken for night in range(nights[0].toordinal(), nights[1].toordinal()))
        return nights in self.sold or (nights in self.shown and is_taken)

    def _is_a_moved_stay(self, block: Block) -> bool:
        """Say whether the event bears the UID of a stay that we know: then it is that stay, with other dates."""
        return block.kind is Kind.UNKNOWN and block.uid in self.stays

    def _leaves_a_doubt(self, block: Block) -> bool:
        nights = self._nights_of(block)
        since = self.shown.get(nights)
        if block.kind is not Kind.UNKNOWN or since is None or nights in self.before:
            return False
        return self.last_good_at is None or self.last_good_at < since

    def _nights_of(self, item: Block | KnownBlock) -> Range:
        return _coming(item.start, item.end, self.today)


def _coming(start: date, end: date, today: date) -> Range:
    return max(start, today), end


def _likeness(item: KnownBlock, block: Block) -> tuple[bool, bool]:
    return item.kind is block.kind, bool(item.uid) and item.uid == block.uid


def _nights(ranges: Iterable[Range]) -> set[int]:
    return {night for start, end in ranges for night in range(start.toordinal(), end.toordinal())}


def _refuse_nonsense(start: date, end: date) -> None:
    if type(start) is not date or type(end) is not date:
        raise TypeError("nights are plain dates")
    if end <= start:
        raise ValueError(f"from {start} to {end} there is no night")
