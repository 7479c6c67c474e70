"""Race for the last room, hundreds of times through each door, and let eight clients book beside each other.

    python benchmarks/race.py [--trials 200] [--bookings 400] [--database URL] [--report NAME]

Ends with 1 when a race had not exactly one owner, anybody met an error, or a booking beside others failed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import databases, report
from tests.postgres import PostgresUnavailable
from tests.races.runs import Outcome
from tests.races.server import FAULT
from tests.races.track import KINDS, MOST_ROUNDS, MOST_TRIALS, RACERS, Track, Verdict, open_track

NEWS_SECONDS = 10.0


@dataclass
class Tally:
    """What so many races of one kind have come to."""

    kind: str
    trials: int = 0
    with_one_owner: int = 0
    refused_by_key: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    unlisted: int = 0

    def add(self, verdict: Verdict) -> None:
        """Count one race."""
        self.trials += 1
        self.with_one_owner += verdict.has_one_owner
        self.outcomes += verdict.outcomes
        self.errors += verdict.errors
        self.unlisted += len(verdict.conflicting) != verdict.outcomes[Outcome.CONFLICT]

    @property
    def is_clean(self) -> bool:
        """Tell whether every race had one owner, one winner, and every loser an answer."""
        is_won = self.outcomes[Outcome.WON] == self.trials
        return self.with_one_owner == self.trials and is_won and not self.errors and not self.unlisted


def race(track: Track, kind: str, trials: int) -> Tally:
    """Run so many races of a kind, saying how far it is."""
    tally, said = Tally(kind), time.monotonic()
    refused_before = track.server.refused_by_key
    for trial in range(trials):
        tally.add(track.race(kind, trial))
        if time.monotonic() - said > NEWS_SECONDS:
            said = time.monotonic()
            print(f"  {kind}: {tally.trials} of {trials}", flush=True)
    tally.refused_by_key = track.server.refused_by_key - refused_before
    return tally


def book_apart(track: Track, bookings: int) -> Counter[str]:
    """Let eight guests at a time book what nobody else wants; every one of them must succeed."""
    told: Counter[str] = Counter()
    for round_number in range(bookings // RACERS):
        told.update(track.book_apart(round_number))
    return told


def say_races(tallies: Sequence[Tally]) -> str:
    """Return the table of the races."""
    rows = [
        [
            tally.kind,
            f"{tally.trials} × {RACERS}",
            str(tally.with_one_owner),
            *(f"{tally.outcomes[outcome]:,}" for outcome in Outcome),
            str(tally.refused_by_key),
            str(len(tally.errors)),
        ]
        for tally in tallies
    ]
    head = ["door", "trials × racers", "exactly one owner", *Outcome, "refused by the key alone", "errors"]
    return report.table(head, rows)


def main(arguments: Sequence[str]) -> int:
    """Race, book, report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--trials", type=int, default=MOST_TRIALS, metavar="N", choices=range(1, MOST_TRIALS + 1)
    )
    parser.add_argument("--bookings", type=int, default=400, metavar="N", help=f"in rounds of {RACERS}")
    parser.add_argument("--database", default="", metavar="URL", help=databases.WORDS)
    parser.add_argument("--report", metavar="NAME", help="write the table to benchmarks/README.md under NAME")
    wanted = parser.parse_args(arguments)

    with databases.open_database(wanted.database) as url, tempfile.TemporaryDirectory() as folder:
        engine = databases.name_engine(url)
        with open_track(url, Path(folder)) as track:
            start = time.monotonic()
            tallies = [race(track, kind, wanted.trials) for kind in KINDS]
            apart = book_apart(track, min(wanted.bookings, MOST_ROUNDS * RACERS))
            took = time.monotonic() - start
            faults = track.server.count_words(FAULT)
    booked = apart[Outcome.WON]
    lines = [
        f"{engine}, {RACERS} server processes, {RACERS} racing processes, {took:,.0f} s.",
        say_races(tallies),
        f"Independent bookings by {RACERS} clients at once: {booked} of {apart.total()} succeeded.",
        f"Faults in the server's log: {faults}.",
    ]
    print("\n", "\n\n".join(lines), sep="")
    for told in [
        *(error for tally in tallies for error in tally.errors),
        *(apart - Counter({Outcome.WON: booked})),
    ][:5]:
        print(told)
    if wanted.report:
        report.write_section(wanted.report, "\n\n".join([f"`race.py`, {report.circumstances()}.", *lines]))
    # On SQLite writers queue, so that the key never has to speak; on PostgreSQL it must have spoken.
    has_key_spoken = engine.startswith("SQLite") or sum(tally.refused_by_key for tally in tallies) > 0
    is_clean = all(tally.is_clean for tally in tallies) and booked == apart.total() and not faults
    return 0 if is_clean and has_key_spoken else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (databases.DatabaseNotEmpty, PostgresUnavailable) as problem:
        sys.exit(str(problem))
