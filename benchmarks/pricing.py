"""Time the price engine alone: quotes, a calendar of prices, the solver, the reading of a grid; and how it grows.

    python benchmarks/pricing.py [--report]

Beside each quote stands a plain loop over rules that does the same sums with floats and keeps nothing, in turns with
it: what prices would cost that were neither exact nor explained. A target that is missed is told in the
table, and ends nothing.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import plain_rate, report
from benchmarks.timing import milliseconds
from pricing import ladder as ladder_module
from pricing import quote as quote_module
from pricing.balance import Forecast, Target, solve
from pricing.grid import Grid, example_house
from pricing.money import Money
from pricing.quote import RoomRequest, quote
from pricing.seasons import Season, SeasonCalendar, SeasonRule
from pricing.seasons.selectors import Weekdays
from pricing.stay import Stay

ROUNDS, ROUND_SECONDS = 9, 0.01
FIRST = date(2027, 1, 1)
YEARS_DAYS = 3 * 365
ONE_ROOM = [RoomRequest("double", 2)]
THREE_ROOMS = [RoomRequest("family", 2, (4, 6)), RoomRequest("double", 2), RoomRequest("single", 1)]


@dataclass(frozen=True)
class Timed:
    """What one operation took, and the plain loop if there is one: seconds of the processor, middle of the rounds."""

    what: str
    seconds: float
    plain: float | None = None
    target: float | None = None

    @property
    def cells(self) -> list[str]:
        """Return the row of the table."""
        plain = "" if self.plain is None else milliseconds(self.plain)
        ratio = "" if self.plain is None else f"{self.seconds / self.plain:.1f} ×"
        wanted = "" if self.target is None else f"≤ {milliseconds(self.target)}"
        met = "" if self.target is None else "met" if self.seconds <= self.target else "MISSED"
        return [self.what, milliseconds(self.seconds), plain, ratio, wanted, met]


def measure(
    what: str,
    operation: Callable[[], object],
    plain: Callable[[], object] | None = None,
    target: float | None = None,
) -> Timed:
    """Time an operation and the plain loop in turns, each often enough to last a moment."""
    operations = [operation, *([plain] if plain else [])]
    times: list[list[float]] = [[] for _ in operations]
    often = [max(1, int(ROUND_SECONDS / max(_once(each), 1e-7))) for each in operations]
    for _ in range(ROUNDS):
        for place, each in enumerate(operations):
            begun = time.process_time()
            for _ in range(often[place]):
                each()
            times[place].append((time.process_time() - begun) / often[place])
    middle = [median(each) for each in times]
    return Timed(what, middle[0], middle[1] if plain else None, target)


def _once(operation: Callable[[], object]) -> float:
    operation()
    begun = time.process_time()
    operation()
    return time.process_time() - begun


def house(*, seasons: int = 6, rules: int = 6, brackets: int = 8) -> Grid:
    """Return the example house with three years of a calendar of so many seasons and rules."""
    names = {"fr": "saison", "en": "season"}
    made = [Season("neutral", Fraction(1), names)]
    made += [Season(f"season_{n}", Fraction(80 + 10 * n, 100), names) for n in range(1, seasons)]
    selected = (Weekdays(frozenset({number % 7})) for number in range(rules))
    ruled = tuple(
        SeasonRule(f"rule_{number}", made[number % seasons].code, number + 1, selector, names)
        for number, selector in enumerate(selected)
    )
    last = FIRST + timedelta(YEARS_DAYS - 1)
    example = example_house()
    return replace(
        example,
        calendar=SeasonCalendar(tuple(made), "neutral", ruled, FIRST, last),
        brackets=(*example.brackets[: brackets - 1], replace(example.brackets[brackets - 1], upper=None)),
    )


def targets() -> list[Timed]:
    """Measure what issue 3 gives a time for."""
    grid = house()
    rate = plain_rate.of(grid)
    night = [Stay(FIRST + timedelta(day), FIRST + timedelta(day + 1)) for day in range(YEARS_DAYS)]
    shares = [Fraction(part, 1000) for part in (56, 76, 122, 138, 202, 195, 117, 94)]
    nights = {"low": Fraction(600), "neutral": Fraction(1025), "high": Fraction(780)}
    year = Forecast.spread(nights, shares, weight=Fraction(3, 2))
    text = example_house().dumps()

    def read() -> Grid:
        Grid.loads.cache_clear()
        return Grid.loads(text)

    def as_new() -> object:
        for kept in (quote_module, ladder_module):
            for value in vars(kept).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
        return quote(grid, two_weeks, ONE_ROOM)

    def priced(stay: Stay, rooms: Sequence[RoomRequest]) -> Callable[[], object]:
        return lambda: quote(grid, stay, rooms)

    def plainly(stay: Stay, rooms: Sequence[RoomRequest]) -> Callable[[], object]:
        return lambda: plain_rate.quote(rate, stay, rooms)

    two_weeks, week = _stay(14), _stay(7)
    return [
        measure(
            "14 nights, 6 seasons, one room",
            priced(two_weeks, ONE_ROOM),
            plainly(two_weeks, ONE_ROOM),
            100e-6,
        ),
        measure(
            "the same, nobody like them before",
            as_new,
            plainly(two_weeks, ONE_ROOM),
        ),
        measure(
            "7 nights, 3 rooms, full ladder", priced(week, THREE_ROOMS), plainly(week, THREE_ROOMS), 1e-3
        ),
        measure(
            "three years night by night, 8 brackets",
            lambda: [quote(grid, stay, ONE_ROOM).bracket_amounts for stay in night],
            lambda: [plain_rate.quote(rate, stay, ONE_ROOM) for stay in night],
            100e-3,
        ),
        measure(
            "the slope that balances a year",
            lambda: solve(example_house(), year, Target.of(Money.of(188_486))),
            None,
            5e-3,
        ),
        measure("reading and validating a grid", read, None, 50e-3),
        measure("the seasons of three years", lambda: house().calendar, None, None),
    ]


def growth() -> list[list[str]]:
    """Measure quotes that grow in one way at a time."""
    usual = house()
    by_nights = [(f"{n} nights", usual, _stay(n), ONE_ROOM) for n in (1, 7, 14, 28, 56)]
    by_rooms = [(f"{n} rooms", usual, _stay(7), ONE_ROOM * n) for n in (1, 3, 9, 27)]
    by_rules = [(f"{n} rules", house(rules=n), _stay(7), ONE_ROOM) for n in (1, 6, 36, 180)]
    by_brackets = [(f"{n} brackets", house(brackets=n), _stay(7), ONE_ROOM) for n in (1, 2, 4, 8)]
    rows = []
    for ways in (by_nights, by_rooms, by_rules, by_brackets):
        first = None
        for what, grid, stay, rooms in ways:
            taken = measure(what, lambda g=grid, s=stay, r=rooms: quote(g, s, r)).seconds  # type: ignore[misc]
            first = first or taken
            rows.append([what, milliseconds(taken), f"{taken / first:.1f} ×"])
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; return its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--report", action="store_true", help="write the tables to benchmarks/README.md")
    asked = parser.parse_args(arguments)
    timed = targets()
    head = ["operation", "ms", "plain loop", "ratio", "wanted", ""]
    body = (
        f"`pricing.py`, {report.circumstances()}; processor time, middle of {ROUNDS} rounds in turns.\n\n"
        f"{report.table(head, [each.cells for each in timed])}\n\n"
        f"How a quote grows, of one room and 7 nights where nothing else is said:\n\n"
        f"{report.table(['with', 'ms', 'against the first'], growth())}"
    )
    print(body)
    if asked.report:
        report.write_section("pricing", body)
    return 0


def _stay(nights: int) -> Stay:
    return Stay(FIRST, FIRST + timedelta(nights))


if __name__ == "__main__":
    sys.exit(main())
