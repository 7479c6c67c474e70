"""Compare what we knew of a feed with what it says now: what to add, move, release, and what to hold.

A feed is a snapshot, so absence is the only sign of a cancellation, and every fault that shortens a feed looks like
one. Additions and moves therefore happen at once; a night is freed only by a complete feed, after confirmation.
Pure: the same values in, the same values out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from calendars.echoes import Heard, Other, Range, Shown, part
from calendars.feed import Block, Kind, Reading, Verdict
from calendars.matching import KnownBlock, Pair, match
from calendars.words import Alert

__all__ = ["Changes", "Held", "KnownBlock", "Moved", "Other", "ReleasePolicy", "Shown", "reconcile"]


@dataclass(frozen=True, slots=True)
class ReleasePolicy:
    """Hold how sure a disappearance must be (R29).

    One stay: missing in `misses` complete feeds, the last at least `wait` after the first. Many at once (all, or more
    than `mass_fraction` of at least `mass_count` coming stays): `mass_misses` and `mass_wait`, or a person's word.
    """

    misses: int = 2
    wait: timedelta = timedelta(minutes=30)
    mass_count: int = 3
    mass_fraction: Fraction = Fraction(1, 2)
    mass_misses: int = 6
    mass_wait: timedelta = timedelta(hours=24)

    def __post_init__(self) -> None:
        if self.misses < 1 or self.mass_misses < self.misses or self.wait > self.mass_wait:
            raise ValueError("losing many stays needs at least the confirmation that losing one needs")


@dataclass(frozen=True, slots=True)
class Moved:
    """Say that a known block now has these nights, or this kind; its stored UID may stay."""

    known: KnownBlock
    block: Block

    @property
    def is_quiet_no_more(self) -> bool:
        """Say whether this can be nobody's echo: the platform calls it a guest's, or gives it other nights."""
        is_elsewhere = (self.known.start, self.known.end) != (self.block.start, self.block.end)
        return is_elsewhere or self.block.kind is Kind.RESERVATION

    @property
    def is_only_closed_now(self) -> bool:
        """Say whether a stay left a closure of other make behind, maybe its echo by way of another platform."""
        was_stay = self.known.kind is Kind.RESERVATION and self.block.kind is Kind.BLOCK
        is_elsewhere = (self.known.start, self.known.end) != (self.block.start, self.block.end)
        return was_stay and not is_elsewhere and self.known.uid != self.block.uid


@dataclass(frozen=True, slots=True)
class Held:
    """Say that a known block is missing and kept; store the two counts with it."""

    known: KnownBlock
    missed_count: int
    missing_since: datetime | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Hold what to do. `unchanged` needs no write, except that a `missed_count` above 0 goes back to 0.

    `echoes` are events that are our own nights: neither stored nor served to anybody; they are remembered only to be
    given back as `echoes_before`. `reclassified` are known blocks that turned out to be echoes: end them as such.
    """

    verdict: Verdict
    added: tuple[Block, ...] = ()
    moved: tuple[Moved, ...] = ()
    released: tuple[KnownBlock, ...] = ()
    held: tuple[Held, ...] = ()
    unchanged: tuple[KnownBlock, ...] = ()
    echoes: tuple[Block, ...] = ()
    reclassified: tuple[KnownBlock, ...] = ()
    alerts: tuple[Alert, ...] = ()


def reconcile(
    known: Sequence[KnownBlock],
    reading: Reading,
    *,
    now: datetime,
    policy: ReleasePolicy | None = None,
    today: date | None = None,
    is_confirmed: bool = False,
    shown: Sequence[Shown] = (),
    others: Sequence[Other] = (),
    never_echoes: Collection[Range] = (),
    echoes_before: Collection[Range] = (),
    last_good_at: datetime | None = None,
) -> Changes:
    """Decide what one reading changes. A fetch that failed needs no call: it changes nothing.

    `today` is the day at the house (default: that of `now`). `is_confirmed` is a person's word that what is missing
    is really gone. What is past is never released and never comes back as new (R35). `shown` is what this channel has
    read of us, `others` what the room's other sources claim: by them echoes are told (calendars.echoes, R38).
    A refused reading says why itself; here it has no alert.
    """
    policy = policy or ReleasePolicy()
    today = today or now.date()
    if reading.verdict is Verdict.REJECT:
        return Changes(Verdict.REJECT, unchanged=tuple(known))
    heard = part(
        known,
        reading.blocks,
        today=today,
        shown=shown,
        others=others,
        never_echoes=never_echoes,
        echoes_before=echoes_before,
        last_good_at=last_good_at,
    )
    ended = {id(item) for item in heard.reclassified}
    known = [item for item in known if id(item) not in ended]
    pairs, alone, new = match(known, heard.own, today=today)
    past = [item for item in alone if item.end <= today]
    missing = [item for item in alone if item.end > today]
    loss = _Loss(
        missing,
        established=_established([item for item in known if item.end > today]),
        is_empty=not any(block.end > today for block in reading.blocks),
        was_empty=_was_empty([item for item in known if item.end > today], echoes_before, today),
        policy=policy,
        now=now,
    )
    verdict = reading.verdict
    if verdict is Verdict.ACCEPT and loss.is_suspicious and not is_confirmed:
        verdict = Verdict.SUSPICIOUS
    comparison = _compare(pairs, may_free=verdict is Verdict.ACCEPT, today=today)
    released, held = loss.settle(verdict, is_confirmed=is_confirmed)
    return Changes(
        verdict=verdict,
        added=tuple(sorted([*new, *comparison.new])),
        moved=tuple(comparison.moved),
        released=tuple(released),
        held=(*comparison.held, *held),
        unchanged=(*comparison.unchanged, *past),
        echoes=tuple(sorted(heard.echoes)),
        reclassified=heard.reclassified,
        alerts=(*([loss.alert()] if verdict is Verdict.SUSPICIOUS else []), *_doubts(heard)),
    )


def _doubts(heard: Heard) -> list[Alert]:
    return [Alert("maybe_echo", {"start": str(block.start), "end": str(block.end)}) for block in heard.doubts]


@dataclass(frozen=True, slots=True)
class _Loss:
    """Weigh what a reading lacks."""

    missing: list[KnownBlock]
    established: list[KnownBlock]
    is_empty: bool
    was_empty: bool
    policy: ReleasePolicy
    now: datetime

    @property
    def is_suspicious(self) -> bool:
        """Say whether so much is missing that the platform may be ill, and has not been missing for long."""
        misses, wait = self.policy.mass_misses, self.policy.mass_wait
        return self._is_mass_now() and not all(self._is_certain(item, misses, wait) for item in self.missing)

    def settle(self, verdict: Verdict, *, is_confirmed: bool) -> tuple[list[KnownBlock], list[Held]]:
        """Part what is missing into what is released and what is held a little longer."""
        if verdict is Verdict.PARTIAL:
            # Not a complete feed: what it lacks proves nothing and is not counted.
            return [], [Held(item, item.missed_count, item.missing_since) for item in self.missing]
        released, held = [], []
        has_recovered = verdict is Verdict.ACCEPT and self._was_mass() and not self._is_mass_now()
        for item in self.missing:
            if is_confirmed:
                released.append(item)
            elif has_recovered:
                # Misses of a platform that was ill do not count against one stay.
                held.append(Held(item, 1, self.now))
            elif verdict is Verdict.ACCEPT and self._is_certain(item, self.policy.misses, self.policy.wait):
                released.append(item)
            else:
                held.append(Held(item, item.missed_count + 1, item.missing_since or self.now))
        return released, held

    def alert(self) -> Alert:
        """Say what has disappeared."""
        if self.is_empty:
            return Alert("suddenly_empty", {"lost": len(self.missing)})
        return Alert("mass_disappearance", {"lost": len(self.missing), "known": len(self.established)})

    def _is_certain(self, item: KnownBlock, misses: int, wait: timedelta) -> bool:
        since = item.missing_since or self.now
        return item.missed_count + 1 >= misses and self.now - since >= wait

    def _is_mass_now(self) -> bool:
        established = {id(item) for item in self.established}
        lost = sum(1 for item in self.missing if id(item) in established)
        return (self.is_empty and bool(self.missing)) or self._is_mass(lost)

    def _was_mass(self) -> bool:
        lost = sum(1 for item in self.established if item.missed_count)
        return self.was_empty or self._is_mass(lost)

    def _is_mass(self, lost: int) -> bool:
        count = len(self.established)
        return count >= self.policy.mass_count and Fraction(lost, count) > self.policy.mass_fraction


def _was_empty(coming: list[KnownBlock], echoes_before: Collection[Range], today: date) -> bool:
    """Say whether the last whole reading had nothing to come: whatever it had is known without a miss, or an echo."""
    return all(item.missed_count for item in coming) and not any(end > today for _, end in echoes_before)


def _established(coming: list[KnownBlock]) -> list[KnownBlock]:
    """Keep what was known before anything went missing: newcomers of an ill platform must not dilute the loss."""
    since = min((item.missing_since for item in coming if item.missing_since), default=None)
    return [
        item for item in coming if since is None or item.first_seen_at is None or item.first_seen_at < since
    ]


@dataclass(frozen=True, slots=True)
class _Comparison:
    moved: list[Moved]
    held: list[Held]
    unchanged: list[KnownBlock]
    new: list[Block]


def _compare(pairs: Sequence[Pair], *, may_free: bool, today: date) -> _Comparison:
    """Sort the pairs: what moves, what stays. Where nothing may be freed, a move only ever adds nights."""
    result = _Comparison([], [], [], [])
    for known, read in pairs:
        block = _since_arrival(known, read, today)
        if _is_same(known, block, today):
            result.unchanged.append(known)
        elif may_free:
            result.moved.append(Moved(known, block))
        elif block.start > known.end or block.end < known.start:
            result.held.append(Held(known, known.missed_count, known.missing_since))
            result.new.append(block)
        else:
            both = replace(block, start=min(known.start, block.start), end=max(known.end, block.end))
            if _is_same(known, both, today):
                result.unchanged.append(known)
            else:
                result.moved.append(Moved(known, both))
    return result


def _since_arrival(known: KnownBlock, block: Block, today: date) -> Block:
    """Give a stay under way its arrival back, where the platform lists only the nights that are left."""
    is_cut = known.start < block.start <= today < known.end
    return replace(block, start=known.start) if is_cut and block.kind is not Kind.BLOCK else block


def _is_same(known: KnownBlock, block: Block, today: date) -> bool:
    """Say whether a pair needs no write: same nights that still matter, same kind, whatever the UID (R27)."""
    if known.end <= today and block.end <= today:
        return True
    has_begun = known.start <= block.start <= today
    return known.kind is block.kind and known.end == block.end and (known.start == block.start or has_begun)
