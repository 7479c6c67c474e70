"""`python -m pricing risk …` prints the chance of a deficit for each safety margin, of the example house (spec 5.9).

Exit codes: 0 for a table, 2 for a question that cannot be read.
"""

import argparse

from pricing import words
from pricing.commands.arguments import number_up_to
from pricing.simulation.example import COSTS, example_setting
from pricing.simulation.risk import risk

RUNS, MOST_RUNS, SEED = 2000, 100_000, 1

TITLE = {
    "fr": "{runs} années tirées au sort, graine {seed}, {costs} de coûts.",
    "en": "{runs} drawn years, seed {seed}, costs of {costs}.",
}
HEADINGS = {
    "fr": ("marge", "P(déficit)", "écart type"),
    "en": ("margin", "P(deficit)", "standard deviation"),
}


def run(asked: argparse.Namespace) -> int:
    """Draw the years and print the table; return the exit code."""
    setting, language = example_setting(is_affine=True), asked.language
    print(TITLE[language].format(runs=asked.runs, seed=asked.seed, costs=words.amount(COSTS, language)))
    print(_row(*HEADINGS[language]))
    for line in risk(setting.grid, setting.planned, setting.target, runs=asked.runs, seed=asked.seed):
        chance = words.number(f"{line.deficit:.3f}", language)
        print(
            _row(
                words.percent(line.margin, language), chance, words.number(f"{line.deviation:.0f}", language)
            )
        )
    return 0


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and its options."""
    command = commands.add_parser("risk", help="the chance of a deficit for each safety margin")
    command.add_argument("--runs", type=number_up_to(MOST_RUNS), default=RUNS)
    command.add_argument("--seed", type=int, default=SEED, help="the same seed prints the same table")
    command.add_argument("--language", choices=words.LANGUAGES, default="en")
    command.set_defaults(run=run)


def _row(margin: str, chance: str, deviation: str) -> str:
    return f"{margin:>8} {chance:>12} {deviation:>20}"
