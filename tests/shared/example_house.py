"""Hold `python -m pricing quote` against the figures written in the shared description of the example house.

    python tests/shared/example_house.py ../shared/example-house.md

Run by bin/check-shared alone: when somebody changes a figure there, this says so.
"""

import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

# A Wednesday in May 2027, outside every school holiday: the neutral season.
NEUTRAL_NIGHT = ("--arrival", "2027-05-12", "--departure", "2027-05-13", "--language", "en")
LADDERS = {
    r"one adult, factor 1: rungs ([\d, ]+) €": ("--adults", "1"),
    r"a couple: ([\d, ]+) €": ("--adults", "2"),
}
REAL_COSTS = {
    r"A couple in a double: .*?= ([\d.]+) €": ("--adults", "2"),
    r"one person in a single: .*?= ([\d.]+) €": ("--adults", "1", "--room", "single"),
    r"in a family room: .*?= ([\d.]+) €": ("--adults", "2", "--children", "6,9", "--room", "family"),
}


def rungs(*party: str) -> tuple[list[Decimal], Decimal]:
    """Return the ladder that the command line prints for a neutral night, and the real cost in it, in euros."""
    command = [sys.executable, "-m", "pricing", "quote", *NEUTRAL_NIGHT, *party]
    words = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    ladder = re.findall(r"^ +\d+ +€([\d.]+)", words, re.MULTILINE)
    real_cost = re.search(r"^real cost +€([\d.]+)", words, re.MULTILINE)
    assert real_cost, words
    return [Decimal(amount) for amount in ladder], Decimal(real_cost[1])


def main(text: str) -> int:
    """Compare every figure; print each and return the exit code."""
    failed = 0
    for pattern, party in (LADDERS | REAL_COSTS).items():
        found = re.search(pattern, " ".join(text.split()))
        if found is None:
            sys.exit(f"The description no longer says {pattern}")
        wanted = [Decimal(figure) for figure in found[1].split(",")]
        ladder, real_cost = rungs(*party)
        given = ladder if pattern in LADDERS else [real_cost]
        failed += given != wanted
        print(
            "fine  " if given == wanted else "FAILED",
            " ".join(party),
            *given,
            "" if given == wanted else f"not {wanted}",
        )
    print(f"{len(LADDERS | REAL_COSTS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).read_text(encoding="utf-8")))
