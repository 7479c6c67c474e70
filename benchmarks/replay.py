"""Replay a hotel's register through the house's own services, in the order in which things happened.

    python benchmarks/replay.py FILE [--limit N] [--database URL] [--report NAME]

FILE: a CSV, plain or gzipped, with the columns of "Hotel booking demand datasets" (2019). Ends with 1 when anything
was refused or the database does not agree with the file.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.database import db, session
from app.models import Booking, Property, Room, RoomType
from app.services import bookings
from app.services.availability import TypeCard, list_type_cards
from app.services.bookings import RoomOccupied, TransitionRefused
from app.services.inventory import RoomNotAvailable
from benchmarks import databases, report
from benchmarks.handed_over import hand_over
from benchmarks.proof import Line, prove
from benchmarks.register import MOST_NIGHTS, NotARegister, Register, Row, read_register
from benchmarks.sizing import Size, size_types
from benchmarks.timeline import Step, Verb, put_in_order
from benchmarks.timing import Stopwatch, milliseconds, percentile
from tests.postgres import PostgresUnavailable

CHANNEL = "register"
ACTOR = f"channel:{CHANNEL}"
NEWS_SECONDS = 5.0
PAID_ELSEWHERE = "paid through the channel"


def build_house(sizes: Mapping[str, Size], first_day: datetime) -> Property:
    """Build the hotel of the register: so many rooms of each type, 70 nights a stay, no horizon. Commits."""
    house = Property(
        code="register",
        name="The register's hotel",
        timezone="UTC",
        currency="EUR",
        languages=["en"],
        telephone="",
        email="hotel@example.org",
        address="",
        most_nights_of_a_stay=MOST_NIGHTS,
        horizon=None,
        created_at=first_day,
    )
    session.add(house)
    session.flush()
    for position, (code, size) in enumerate(sizes.items()):
        room_type = RoomType(
            property_id=house.id,
            code=code,
            names={"en": code},
            descriptions={"en": ""},
            sleeps=size.sleeps,
            position=position,
        )
        session.add(room_type)
        session.flush()
        session.add_all(
            Room(property_id=house.id, type_id=room_type.id, name=f"{code}{place:04}", position=place)
            for place in range(size.rooms)
        )
    session.commit()
    session.refresh(house)
    session.expunge(house)  # like the house of a request: read once, changed by nobody
    return house


@dataclass
class Replay:
    """The replay as it goes: which booking became which, how long things took, what was refused."""

    house: Property
    cards: Mapping[str, TypeCard]
    watch: Stopwatch = field(default_factory=Stopwatch)
    booking_ids: dict[int, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def take(self, step: Step) -> None:
        """Do what happened, through the service that does it in the house."""
        try:
            with self.watch.time(step.verb.name.lower()):
                self._act(step)
        except (RoomNotAvailable, RoomOccupied, TransitionRefused) as refusal:
            self.refused.append(f"{step.day} {step.verb.name.lower()} row {step.row.number}: {refusal}")
        finally:
            session.remove()

    def _act(self, step: Step) -> None:
        if step.verb is Verb.BOOK:
            self.booking_ids[step.row.number] = self._book(step.row, step.at)
            return
        booking = session.get_one(Booking, self.booking_ids[step.row.number])
        match step.verb:
            case Verb.CANCEL:
                bookings.cancel(
                    house=self.house, booking=booking, actor=ACTOR, reason="cancelled", now=step.at
                )
            case Verb.NO_SHOW:
                bookings.mark_no_show(booking=booking, actor=ACTOR, today=step.day, now=step.at)
            case Verb.CHECK_IN:
                bookings.check_in(booking=booking, actor=ACTOR, today=step.day, now=step.at)
            case Verb.CHECK_OUT:
                bookings.check_out(
                    booking=booking, actor=ACTOR, today=step.day, now=step.at, debt_reason=PAID_ELSEWHERE
                )

    def _book(self, row: Row, now: datetime) -> int:
        booking = hand_over(
            house=self.house,
            card=self.cards[row.type_code],
            stay=row.stay,
            sleepers=row.sleepers,
            nightly_price=row.nightly_price,
            channel=CHANNEL,
            guest_name=f"Guest {row.number}",
            now=now,
        )
        return booking.id


def run(steps: Sequence[Step], sizes: Mapping[str, Size]) -> Replay:
    """Build the house and take every step, saying how far it is."""
    house = build_house(sizes, datetime.combine(steps[0].day, datetime.min.time(), UTC))
    replay = Replay(house, {card.code: card for card in list_type_cards(house.id)})
    session.remove()
    start = said = time.monotonic()
    for done, step in enumerate(steps, start=1):
        replay.take(step)
        if time.monotonic() - said > NEWS_SECONDS or done == len(steps):
            said = time.monotonic()
            pace = done / (said - start)
            print(
                f"  {step.day}  {done:,} of {len(steps):,} operations ({done / len(steps):.0%}), "
                f"{pace:,.0f} a second, {(len(steps) - done) / pace:,.0f} s to go",
                flush=True,
            )
    return replay


def say_skipped(register: Register) -> str:
    """Return how many rows were no stays, by reason."""
    reasons = [f"{count:,} with {reason}" for reason, count in sorted(register.skipped.items())]
    return f"rows skipped: {', '.join(reasons) or 'none'}"


def say_register(register: Register, sizes: Mapping[str, Size]) -> Iterator[str]:
    """Yield what was read and skipped, and how many rooms it takes."""
    yield f"{len(register.rows):,} stays read; {say_skipped(register)}."
    yield ""
    yield report.table(
        ["type", "rooms", "peak", "more than the peak", "sleeps"],
        [[c, str(s.rooms), str(s.peak), str(s.rooms - s.peak), str(s.sleeps)] for c, s in sizes.items()],
    )
    more = sum(size.rooms - size.peak for size in sizes.values())
    if more:
        yield ""
        yield (
            f"A booking keeps the room it was given, so {more} rooms more than the peaks are needed: "
            "free nights lie scattered over rooms."
        )


def say_times(watch: Stopwatch) -> str:
    """Return the table of operations; a rate is that of one process doing nothing else."""
    rows = [
        [
            name,
            f"{len(times):,}",
            f"{len(times) / sum(times):,.0f}",
            milliseconds(percentile(times, 0.5)),
            milliseconds(percentile(times, 0.95)),
        ]
        for name, times in (*sorted(watch.taken.items()), ("all", watch.all))
    ]
    return report.table(["operation", "count", "per second", "p50 ms", "p95 ms"], rows)


def say_proof(lines: Sequence[Line]) -> str:
    """Return the table of what was counted twice."""
    rows = [[n.what, n.in_file, n.in_database, "equal" if n.agrees else "DIFFERENT"] for n in lines]
    return report.table(["counted", "in the file", "in the database", ""], rows)


def main(arguments: Sequence[str]) -> int:
    """Replay, prove, report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N rows")
    parser.add_argument("--database", default="", metavar="URL", help=databases.WORDS)
    parser.add_argument(
        "--report", metavar="NAME", help="write the tables to benchmarks/README.md under NAME"
    )
    wanted = parser.parse_args(arguments)

    register = read_register(wanted.file, wanted.limit)
    if not register.rows:
        print(f"No row of this file is a stay; {say_skipped(register)}.")
        return 1
    steps = put_in_order(register.rows)
    sizes = size_types(steps)
    words = [*say_register(register, sizes)]
    print(*words, "", sep="\n", flush=True)
    with databases.open_database(wanted.database) as url, databases.open_app(url):
        start = time.monotonic()
        replay = run(steps, sizes)
        took = time.monotonic() - start
        lines = prove(register.rows)
        engine = databases.name_engine(db.engine.url.render_as_string(hide_password=False))
    pace = len(steps) / took
    results = [
        f"{engine}: {len(steps):,} operations in {took:,.0f} s, {pace:,.0f} a second.",
        say_times(replay.watch),
        f"Refused: {len(replay.refused)}.",
        say_proof(lines),
    ]
    print("\n", "\n\n".join(results), sep="")
    print(*replay.refused[:20], sep="\n")
    if wanted.report:
        command = f"`replay.py {wanted.file.name}{f' --limit {wanted.limit}' if wanted.limit else ''}`"
        report.write_section(
            wanted.report, "\n\n".join([f"{command}, {report.circumstances()}.", "\n".join(words), *results])
        )
    return 0 if not replay.refused and all(line.agrees for line in lines) else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (NotARegister, OSError, databases.DatabaseNotEmpty, PostgresUnavailable) as problem:
        sys.exit(str(problem))
