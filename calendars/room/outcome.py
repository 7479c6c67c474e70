"""What a command tells: the nights as they are now, what has changed, and sentences for the host."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from calendars.export import Range, merge
from calendars.feed import Verdict
from calendars.ranges import coming, without
from calendars.room.state import Room
from calendars.words import Alert


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold what came of a command. Ranges are half-open, merged and in order; `nights` are those of all sources.

    `added`, `released` and `held` speak of this feed (or of the house's own stays) and of nights to come. `held` is
    missing in the feed and kept for now. `conflicts` are all that are open.
    """

    verdict: Verdict
    nights: tuple[Range, ...] = ()
    of_this_feed: tuple[Range, ...] = ()
    added: tuple[Range, ...] = ()
    released: tuple[Range, ...] = ()
    held: tuple[Range, ...] = ()
    conflicts: tuple[Range, ...] = ()
    alerts: tuple[Alert, ...] = ()

    def as_json(self, language: str = "en") -> dict[str, object]:
        """Return plain values, in the order of ../shared/feeds/README.md."""
        return {
            "verdict": str(self.verdict),
            "nights": _plain(self.nights),
            "of_this_feed": _plain(self.of_this_feed),
            "added": _plain(self.added),
            "released": _plain(self.released),
            "held": _plain(self.held),
            "conflicts": _plain(self.conflicts),
            "alerts": [alert.words(language) for alert in self.alerts],
        }


def tell(
    before: Room,
    after: Room,
    *,
    feed: str,
    today: date,
    verdict: Verdict = Verdict.ACCEPT,
    held: Iterable[Range] = (),
    turned_echo: Iterable[Range] = (),
    alerts: Iterable[Alert] = (),
) -> Outcome:
    """Compare two states of a room. What `turned_echo` is not given back: it never was the feed's own."""
    had, has = before.feed(feed).nights, after.feed(feed).nights
    return Outcome(
        verdict=verdict,
        nights=after.nights,
        of_this_feed=has,
        added=coming(without(has, had), today),
        released=without(coming(without(had, has), today), turned_echo),
        held=merge(held),
        conflicts=after.conflicts(today=today),
        alerts=(*alerts, *quarrels(before, after, today)),
    )


def quarrels(before: Room, after: Room, today: date) -> tuple[Alert, ...]:
    """Tell of a night taken twice, once."""
    old, new = (room.conflicts(today=today, is_loud=True) for room in (before, after))
    return tuple(
        Alert("conflict", {"start": str(start), "end": str(end)}) for start, end in without(new, old)
    )


def _plain(ranges: Iterable[Range]) -> list[list[str]]:
    return [[start.isoformat(), end.isoformat()] for start, end in ranges]
