"""`python -m pricing review [FILE]` says what a grid does before it is voted, and why it is refused if it is.

Exit codes: 0 for a grid that is accepted, 1 for one with a price that too few nights share, 2 for one refused.
"""

import argparse
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from pricing import words
from pricing.grid import example_house
from pricing.money import round_half_up
from pricing.review import GridReport, describe, review_text
from pricing.review.phrases import HOUSEHOLDS

ACCEPTED, TOO_FEW, REFUSED = 0, 1, 2
WIDTH = 44


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and its options."""
    command = commands.add_parser("review", help="what a grid does, and why it is refused")
    command.add_argument(
        "grid", nargs="?", type=Path, metavar="FILE", help="a grid in TOML (default: the example)"
    )
    command.add_argument("--language", choices=words.LANGUAGES, default="en")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Review the grid and print the report; return the exit code."""
    try:
        text = asked.grid.read_text(encoding="utf-8") if asked.grid else example_house().text
    except (OSError, UnicodeDecodeError) as fault:
        print(fault, file=sys.stderr)
        return REFUSED
    report = review_text(text)
    print("\n".join(describe(report, asked.language)))
    if report.efforts:
        print("\n".join(["", *_table(report, asked.language)]))
    return _code(report)


def _code(report: GridReport) -> int:
    if not report.is_accepted:
        return REFUSED
    return TOO_FEW if report.crowds and report.crowds.failing else ACCEPTED


def _table(report: GridReport, language: str) -> Iterator[str]:
    for row in report.efforts:
        name = f"{HOUSEHOLDS[language][row.household]}, {row.season.names[language]}"
        yield f"{name:<{WIDTH}}" + "".join(f"{_percent(effort, language):>6}" for effort in row.by_bracket)


def _percent(effort: Fraction | None, language: str) -> str:
    return "-" if effort is None else words.percent(Fraction(round_half_up(effort * 100), 100), language)
