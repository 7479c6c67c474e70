"""Make boundaries and roundings of the price path wrong by the least, one at a time: some test must notice each.

    python benchmarks/mutants.py [MODULE …] [--at-once 2] [--report]

A module is named as in Python (pricing.money); without one, all of the price path. Tests are those beside the module
(`TESTS`). Works in a copy of the project. Ends with 1 when a mutant survives that is not set aside in
`mutation/harmless.py`, or a reason there is no longer needed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import report
from benchmarks.mutation.harmless import HARMLESS
from benchmarks.mutation.mutations import Mutant, mutants_of
from benchmarks.mutation.run import PASSED, run

PROJECT = Path(__file__).resolve().parent.parent
TABLES, EVERYTHING = "tables", "everyday"
NEWS_SECONDS = 30
RULES = ("test_golden_tables", "test_rules", "test_quote", "test_edges")
TESTS: dict[str, tuple[str, ...]] = {
    "pricing.money": ("test_money", "test_edges"),
    "pricing.household": ("test_household", "test_edges"),
    "pricing.household_scales": ("test_household", "test_rules", "test_edges"),
    "pricing.stay": ("test_stay",),
    "pricing.brackets": ("test_edges", "test_grid", "test_quote"),
    "pricing.protection": RULES,
    "pricing.costs": RULES,
    "pricing.length_rule": RULES,
    "pricing.ladder": RULES,
    "pricing.choice": ("test_choice", "test_edges"),
    "pricing.room_request": RULES,
    "pricing.quote": ("test_quote", "test_choice", "test_rules", "test_edges"),
    "pricing.quoted": ("test_edges", "test_quote", "test_choice", "test_expiry"),
    "pricing.group": ("test_group", "test_edges"),
    "pricing.grid": (*RULES, "test_grid"),
    "pricing.curve.affine": ("curve", "test_golden_tables", "test_edges"),
    "pricing.curve.linear": ("curve", "test_edges"),
    "pricing.curve.step": ("curve", "test_edges"),
    "pricing.curve.piecewise": ("curve", "test_edges"),
    "pricing.curve.marginal": ("curve", "test_edges"),
    "pricing.curve.shape": ("curve", "test_edges"),
    "pricing.seasons.calendar": ("seasons",),
    "pricing.seasons.nights": ("seasons",),
    "pricing.seasons.periods": ("seasons",),
    "pricing.seasons.selectors": ("seasons",),
    "pricing.balance.solver": ("balance/test_edges", "balance/test_solver", "balance/test_sensitivity"),
    "pricing.balance.revenue": (
        "balance/test_edges",
        "balance/test_solver",
        "balance/test_sensitivity",
        "balance/test_forecast",
    ),
    "pricing.balance.forecast": ("balance/test_edges", "balance/test_forecast", "balance/test_solver"),
    "pricing.fund.settlement": (
        "fund/test_edges",
        "fund/test_ledger",
    ),
    "pricing.fund.entries": ("fund/test_edges", "fund/test_ledger", "fund/test_document"),
    "pricing.fund.ledger": ("fund/test_edges", "fund/test_ledger", "fund/test_document"),
    "pricing.tourist_tax.tariffs": ("tourist_tax",),
    "pricing.tourist_tax.surcharges": ("tourist_tax",),
    "pricing.tourist_tax.rates": ("tourist_tax",),
    "pricing.tourist_tax.stay_tax": ("tourist_tax",),
    "pricing.tourist_tax.exemptions": ("tourist_tax",),
    "pricing.tourist_tax.classification": ("tourist_tax",),
    "pricing.tourist_tax.one_rate": ("tourist_tax",),
}
"""The modules of the price path, and where under tests/pricing each of them is tested."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; return its exit code."""
    asked = _ask(arguments)
    with tempfile.TemporaryDirectory() as folder:
        _copy(Path(folder))
        os.chdir(folder)
        sys.dont_write_bytecode = False  # one process compiles for all the others
        sys.path[0] = folder
        if not _passes_unharmed(asked.modules, asked.at_once):
            return 1
        begun = time.monotonic()
        mutants = [mutant for module in asked.modules for mutant in mutants_of(module, _source(module))]
        survivors = _survivors(mutants, asked.at_once)
    alive = [mutant for mutant in survivors if mutant.key not in HARMLESS]
    unneeded = HARMLESS.keys() - {mutant.key for mutant in survivors}
    unneeded = {key for key in unneeded if key[0] in asked.modules}
    for mutant in alive:
        print("SURVIVES", mutant)
    for key in sorted(unneeded):
        print("NO LONGER THERE, OR NOTICED", *key)
    body = _body(mutants, survivors, alive, time.monotonic() - begun)
    print(body)
    if asked.report:
        report.write_section("mutants", body)
    return 1 if alive or unneeded else 0


def _ask(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "modules", nargs="*", metavar="MODULE", help="of the price path; all of it without one"
    )
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1, metavar="N", help="processes")
    parser.add_argument("--report", action="store_true", help="write the score to benchmarks/README.md")
    asked = parser.parse_args(arguments)
    if strange := set(asked.modules) - TESTS.keys():
        parser.error(f"not of the price path: {', '.join(sorted(strange))}")
    asked.modules = asked.modules or list(TESTS)
    return asked


def _copy(folder: Path) -> None:
    """Copy what the tests of pricing need, so that the project may be worked on meanwhile."""
    without = shutil.ignore_patterns("__pycache__")
    for part in ("pricing", "tests/pricing"):
        shutil.copytree(PROJECT / part, folder / part, ignore=without)
    shutil.copy(PROJECT / "pyproject.toml", folder)


def _source(module: str) -> str:
    path = Path(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return path.read_text(encoding="utf-8")


def _tests(module: str) -> list[str]:
    places = (Path("tests", "pricing", name) for name in TESTS[module])
    return [str(place if place.is_dir() else place.with_suffix(".py")) for place in places]


def _passes_unharmed(modules: Sequence[str], at_once: int) -> bool:
    """Tell whether every test passes while nothing is wrong: else each mutant would seem to be noticed."""
    chosen = sorted({tuple(_tests(module)) for module in modules})
    ends = run([(None, tests) for tests in chosen], at_once, TABLES)
    broken = [" ".join(chosen[place]) for place, code in ends if code]
    for tests in broken:
        print("FAILS WITHOUT ANY FAULT:", tests)
    return not broken


def _survivors(mutants: Sequence[Mutant], at_once: int) -> list[Mutant]:
    """Return the mutants that no test notices: tables are asked first, random cases only about the rest.

    Of those that are known to change nothing only the tables are asked.
    """
    unnoticed = [mutants[place] for place in _passing(mutants, at_once, TABLES)]
    asked = [mutant for mutant in unnoticed if mutant.key not in HARMLESS]
    alive = [asked[place] for place in _passing(asked, at_once, EVERYTHING)]
    alive += [mutant for mutant in unnoticed if mutant.key in HARMLESS]
    return sorted(alive, key=lambda mutant: (mutant.module, mutant.line))


def _passing(mutants: Sequence[Mutant], at_once: int, profile: str) -> list[int]:
    said, passing = time.monotonic(), []
    ends = run([(mutant, _tests(mutant.module)) for mutant in mutants], at_once, profile)
    for done, (place, code) in enumerate(ends, 1):
        if code == PASSED:
            passing.append(place)
            print(f"passes {profile}: {mutants[place]}", flush=True)
        if time.monotonic() - said > NEWS_SECONDS:
            said = time.monotonic()
            print(f"{done} of {len(mutants)}", file=sys.stderr, flush=True)
    return sorted(passing)


def _body(
    mutants: Sequence[Mutant], survivors: Sequence[Mutant], alive: Sequence[Mutant], took: float
) -> str:
    made = Counter(mutant.module for mutant in mutants)
    passed, bad = Counter(each.module for each in survivors), Counter(each.module for each in alive)
    rows = [
        [
            module,
            str(made[module]),
            str(made[module] - passed[module]),
            str(passed[module] - bad[module]),
            str(bad[module]),
        ]
        for module in made
    ]
    rows.append(
        [
            "all",
            str(len(mutants)),
            str(len(mutants) - len(survivors)),
            str(len(survivors) - len(alive)),
            str(len(alive)),
        ]
    )
    head = ["module", "mutants", "noticed", "change nothing", "survive"]
    kinds = Counter(mutant.kind for mutant in mutants)
    told = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    return (
        f"`mutants.py`, {report.circumstances()}; {took / 60:.0f} min.\n\n{report.table(head, rows)}\n\n"
        f"By kind: {told}."
    )


if __name__ == "__main__":
    sys.exit(main())
