"""`python -m pricing simulate …` prints how four policies would move the rate of the example house (spec 5.8).

Exit codes: 0 for a table, 2 for a question that cannot be read.
"""

import argparse
from collections.abc import Iterator

from pricing import words
from pricing.commands.arguments import number_up_to
from pricing.simulation.example import COSTS, example_setting
from pricing.simulation.policies import Policy
from pricing.simulation.runs import Outcome, simulate

RUNS, YEARS, SEED = 300, 5, 1
MOST_RUNS, MOST_YEARS = 10_000, 50

HEADINGS = {
    "fr": (
        "règle",
        "changements/an",
        "plus grand pas",
        "tremblement",
        "caisse p5 / p50 / p95",
        "P(déficit) par an",
    ),
    "en": ("policy", "changes a year", "largest step", "wobble", "fund p5 / p50 / p95", "P(deficit) by year"),
}
NAMES = {
    "fr": {
        Policy.NONE: "ne rien faire",
        Policy.GENTLE: "erreur du mois, gain 0,3, pas bornés",
        Policy.EAGER: "erreur du mois, gain 1,5, sans borne",
        Policy.RESOLVE: "nouvelle solution, pas bornés, bande morte",
    },
    "en": {
        Policy.NONE: "do nothing",
        Policy.GENTLE: "last month's error, gain 0.3, bounded",
        Policy.EAGER: "last month's error, gain 1.5, no bound",
        Policy.RESOLVE: "re-solve, bounded, dead band",
    },
}
TITLE = {
    "fr": "{runs} fois {years}\u00a0ans, graine {seed}, {costs} par an\u00a0; la moitié des hôtes sont des voisins, "
    "trois sur dix étaient prévus.",
    "en": "{runs} times {years} years, seed {seed}, {costs} a year; half of the guests are neighbours, "
    "three in ten were planned.",
}


def run(asked: argparse.Namespace) -> int:
    """Simulate every policy and print the table; return the exit code."""
    setting = example_setting(is_affine=asked.curve == "affine")
    costs = words.amount(COSTS, asked.language)
    print(TITLE[asked.language].format(runs=asked.runs, years=asked.years, seed=asked.seed, costs=costs))
    print(_row(*HEADINGS[asked.language]))
    for policy in Policy:
        outcome = simulate(setting, policy, runs=asked.runs, years=asked.years, seed=asked.seed)
        print(_row(*_cells(outcome, asked.language)), flush=True)
    return 0


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and its options."""
    command = commands.add_parser(
        "simulate", help="how four policies would move the rate of the example house"
    )
    command.add_argument("--runs", type=number_up_to(MOST_RUNS), default=RUNS)
    command.add_argument("--years", type=number_up_to(MOST_YEARS), default=YEARS)
    command.add_argument("--seed", type=int, default=SEED, help="the same seed prints the same table")
    command.add_argument(
        "--curve",
        choices=("linear", "affine"),
        default="linear",
        help="linear effort, as in the specification, or the curve of the house",
    )
    command.add_argument("--language", choices=words.LANGUAGES, default="en")
    command.set_defaults(run=run)


def _cells(outcome: Outcome, language: str) -> Iterator[str]:
    yield NAMES[language][outcome.policy]
    yield words.number(f"{outcome.changes_a_year:.1f}", language)
    yield f"{words.number(f'{100 * outcome.largest_step:.1f}', language)} %"
    yield words.number(f"{outcome.wobble:.3f}", language)
    yield " / ".join(f"{whole:,}".replace(",", " ") for whole in map(int, outcome.fund))
    yield "  ".join(words.number(f"{chance:.2f}", language) for chance in outcome.deficits)


def _row(policy: str, changes: str, step: str, wobble: str, fund: str, deficits: str) -> str:
    return f"{policy:<43} {changes:>14} {step:>14} {wobble:>11} {fund:>27}   {deficits}"
