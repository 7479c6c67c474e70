"""`python -m pricing check FILE …` validates scales, then runs all their examples.

Exit codes: 0 if every example passes, 1 if one fails, 2 if a file is no scale (then no example is run).
"""

import argparse
import json
from pathlib import Path

from pricing.commands.scales import INVALID, load
from pricing.scale import Scale
from pricing.scale.faults import on_one_line

FAILED = 1


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and its options."""
    command = commands.add_parser("check", help="validate price scales and run their examples")
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a scale in pricing-scale/1")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Check the files; return the exit code."""
    scales = [(file, load(file)) for file in asked.files]
    sound = [(file, scale) for file, scale in scales if scale]
    if len(sound) < len(scales):
        return INVALID
    passed = failed = 0
    for file, scale in sound:
        failures = _failures(file, scale)
        print(*failures, sep="\n", end="\n" if failures else "")
        failed += len(failures)
        passed += len(scale.examples) - len(failures)
    print(f"{passed} passed, {failed} failed")
    return FAILED if failed else 0


def _failures(file: Path, scale: Scale) -> list[str]:
    failures = []
    for index, example in enumerate(scale.examples):
        got = example.compare(lambda values: scale.price(values).lines)
        if got is not None:
            said = f"got {_json(got)} expected {_json(example.expected)}"
            failures.append(on_one_line(f"FAIL {file} examples[{index}] {said}"))
    return failures


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
