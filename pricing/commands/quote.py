"""`python -m pricing quote …` prints the ladder of a stay and where its price comes from.

Exit codes: 0 for a price, 1 for a stay that has none, 2 for a question that cannot be read.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pricing import words
from pricing.explain import Explanation, Line, describe_income, explain
from pricing.grid import Grid, example_house
from pricing.money import Money
from pricing.quote import Choice, Quote, RoomRequest, Rung, quote
from pricing.refusal import Refusal
from pricing.stay import Stay

NO_PRICE = 1

MARKS = {
    "fr": {"cost": "coût réel", "chosen": "choisi", "minimum": "minimum", "total": "total"},
    "en": {"cost": "real cost", "chosen": "chosen", "minimum": "minimum", "total": "total"},
}


def run(asked: argparse.Namespace) -> int:
    """Print the ladder of the stay that is asked for; return the exit code."""
    try:
        grid = Grid.loads(asked.grid.read_text(encoding="utf-8")) if asked.grid else example_house()
        room = RoomRequest(asked.room, asked.adults, asked.children)
        priced = quote(grid, Stay(asked.arrival, asked.departure), [room], is_resident=asked.resident)
        choice = priced.choose(bracket=asked.bracket, amount=_amount(asked.amount, grid))
    except (Refusal, OSError, UnicodeDecodeError) as refusal:
        print(refusal, file=sys.stderr)
        return NO_PRICE
    explanation = explain(grid, priced, choice, asked.language)
    print("\n".join(_page(priced, choice, explanation, asked.language)))
    return 0


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and its options."""
    command = commands.add_parser("quote", help="the ladder of a stay and the explanation of a price")
    command.add_argument("--arrival", type=_day, required=True)
    command.add_argument("--departure", type=_day, required=True)
    command.add_argument("--adults", type=int, default=1)
    command.add_argument("--children", type=_ages, default=(), metavar="AGES")
    command.add_argument("--room", default="double", help="a type of room of the grid (default: double)")
    command.add_argument("--resident", action="store_true", help="somebody of the neighbourhood")
    choice = command.add_mutually_exclusive_group()
    choice.add_argument("--bracket", type=int, help="the bracket chosen, from 1")
    choice.add_argument("--amount", help="an amount of one's own for the stay")
    command.add_argument("--grid", type=Path, help="a grid in TOML (default: the example house)")
    command.add_argument("--language", choices=words.LANGUAGES, default="en")
    command.set_defaults(run=run)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a date is written 2027-07-02, not {text!r}") from None


def _ages(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(age) for age in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"ages are written 4,6, not {text!r}") from None


def _amount(text: str | None, grid: Grid) -> Money | None:
    return None if text is None else Money.of(text, grid.currency)


def _page(priced: Quote, choice: Choice, explanation: Explanation, language: str) -> Iterator[str]:
    marks = MARKS[language]
    for rung in priced.ladder:
        yield _rung(rung, choice, language)
    yield f"{marks['minimum']:>10} {words.amount(priced.minimum, language)}"
    yield ""
    yield from _account(explanation.nights, explanation.total, marks["total"], language)
    yield ""
    yield from _account(explanation.costs, explanation.cost, marks["cost"], language)
    yield ""
    yield explanation.sentence


def _rung(rung: Rung, choice: Choice, language: str) -> str:
    marks = MARKS[language]
    said = [f"{rung.bracket or '-':>10} {words.amount(rung.amount, language):>10}  "]
    if rung.bracket is not None:
        said.append(describe_income(rung, language))
    if rung.is_real_cost:
        said.append(f"[{marks['cost']}]")
    if rung.bracket == choice.bracket:
        said.append(f"<- {marks['chosen']}")
    return " ".join(said)


def _account(lines: tuple[Line, ...], total: Money, name: str, language: str) -> Iterator[str]:
    for line in (*lines, Line(name, total)):
        yield f"{line.label:<60} {words.amount(line.amount, language):>12}"
