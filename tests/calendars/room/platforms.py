"""Platforms that read us and each other, on one clock: what each closes, it lists again to the others."""

from collections.abc import Iterable
from datetime import timedelta

from calendars.export import Range
from calendars.feed import Block, Kind, Reading, Verdict
from calendars.room import Outcome, Room, book, cancel, follow, serve
from tests.calendars.house import NOW
from tests.calendars.room.front import day

US = "us"
HOUR = timedelta(hours=1)


class Platform:
    """Keep own stays, and what was read elsewhere as closures; `is_naive` sends even a reader's own nights back."""

    def __init__(self, name: str, closure: Kind, *, is_naive: bool) -> None:
        self.name = name
        self.closure = closure
        self.stay = Kind.RESERVATION if closure is Kind.BLOCK else closure
        self.is_naive = is_naive
        self.sold: set[Range] = set()
        self.closed: dict[str, set[Range]] = {}

    def read(self, source: str, nights: Iterable[Range]) -> None:
        self.closed[source] = set(nights)

    def listed_to(self, reader: str) -> dict[Range, Kind]:
        heard = (nights for source, nights in self.closed.items() if self.is_naive or source != reader)
        return {closed: self.closure for nights in heard for closed in nights} | dict.fromkeys(
            self.sold, self.stay
        )


class Market:
    """Let a room of ours and two platforms read each other, hour by hour, in a given order."""

    def __init__(self, closures: tuple[Kind, Kind], *, is_naive: bool) -> None:
        self.room = Room(key="secret")
        self.now = NOW
        self.platforms = {
            name: Platform(name, closure, is_naive=is_naive)
            for name, closure in zip(("airbnb", "vrbo"), closures, strict=True)
        }
        self.outcomes: list[Outcome] = []
        for place, platform in enumerate(self.platforms.values()):
            # Other stays, so that the loss of one is not the loss of all.
            platform.sold |= {(day(start + 10 * place), day(start + 10 * place + 3)) for start in (100, 200)}

    def sell(self, seller: str, nights: Range) -> None:
        if seller == US:
            self.room, _ = book(self.room, *nights, now=self.now)
        else:
            self.platforms[seller].sold.add(nights)

    def let_go(self, seller: str, nights: Range) -> None:
        if seller == US:
            self.room, _ = cancel(self.room, *nights, now=self.now)
        else:
            self.platforms[seller].sold.discard(nights)

    def pass_hours(self, hours: int, order: Iterable[tuple[str, str]]) -> None:
        for _ in range(hours):
            self.now += HOUR
            for reader, source in order:
                self._let_read(reader, source)

    def _let_read(self, reader: str, source: str) -> None:
        if reader == US:
            listed = self.platforms[source].listed_to(US)
            blocks = tuple(
                sorted(Block(*nights, f"{kind} {nights}", kind) for nights, kind in listed.items())
            )
            reading = Reading(Verdict.ACCEPT, "", blocks)
            self.room, outcome = follow(self.room, reading, feed=source, now=self.now)
            self.outcomes.append(outcome)
        elif source == US:
            self.room, _ = serve(self.room, reader, now=self.now)
            shown = self.room.feed(reader).shown
            self.platforms[reader].read(US, ((item.start, item.end) for item in shown))
        else:
            self.platforms[reader].read(source, self.platforms[source].listed_to(reader))

    def is_free(self, nights: Range) -> bool:
        return not any(start < nights[1] and nights[0] < end for start, end in self.room.nights)
