"""`python -m pricing solve …` prints the slope that balances a year, or what stands in its way (spec 5.7).

Exit codes: 0 for a balance, 1 where no slope balances the year or a file cannot be used, 2 for a question that cannot
be read.
"""

import argparse
import sys
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from pricing import words
from pricing.balance import (
    Balanced,
    Forecast,
    Solution,
    Target,
    describe_solution,
    describe_worth,
    loads,
    solve,
    worth_of_grant,
)
from pricing.grid import Grid, example_house
from pricing.money import Money, round_half_up
from pricing.refusal import Refusal
from pricing.simulation.example import example_forecast

NO_BALANCE = 1
GRANT = 1000
SLOPE_DECIMALS, PRICE_DECIMALS = 12, 4

NAMES = {
    "fr": {"slope": "pente", "prices": "prix d’une unité, tranche par tranche"},
    "en": {"slope": "slope", "prices": "price of a unit, bracket by bracket"},
}


def run(asked: argparse.Namespace) -> int:
    """Print the answer of the solver; return the exit code."""
    try:
        grid = Grid.loads(asked.grid.read_text(encoding="utf-8")) if asked.grid else example_house()
        forecast = example_forecast()
        if asked.forecast:
            forecast = loads(Forecast, asked.forecast.read_text(encoding="utf-8"))
        solution = solve(grid, forecast, Target.of(Money.of(asked.target, grid.currency)))
    except (Refusal, OSError, UnicodeDecodeError) as refusal:
        print(refusal, file=sys.stderr)
        return NO_BALANCE
    print("\n".join(_page(grid, forecast, solution, asked.language)))
    return 0 if isinstance(solution, Balanced) else NO_BALANCE


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and its options."""
    command = commands.add_parser("solve", help="the slope at which a year earns what it needs")
    command.add_argument("--target", required=True, help="costs and reserve less grants, in euros a year")
    command.add_argument("--grid", type=Path, help="a grid in TOML (default: the example house)")
    command.add_argument(
        "--forecast", type=Path, help="expected nights in JSON (default: those of the example)"
    )
    command.add_argument("--language", choices=words.LANGUAGES, default="en")
    command.set_defaults(run=run)


def _page(grid: Grid, forecast: Forecast, solution: Solution, language: str) -> Iterator[str]:
    if isinstance(solution, Balanced):
        names = NAMES[language]
        prices = (_decimal(price, PRICE_DECIMALS) for price in solution.unit_prices)
        yield f"{names['slope']}: {_decimal(solution.slope, SLOPE_DECIMALS)}"
        yield f"{names['prices']}: {', '.join(prices)}"
    yield describe_solution(solution, grid.currency, language)
    if isinstance(solution, Balanced):
        worth = worth_of_grant(grid, forecast, solution, Money.of(GRANT, grid.currency))
        yield describe_worth(worth, language)


def _decimal(value: Fraction, decimals: int) -> str:
    return f"{Decimal(f'{round_half_up(value * 10**decimals)}E-{decimals}'):f}"
