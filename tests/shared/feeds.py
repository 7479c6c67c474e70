"""Hold `python -m calendars` against the shared feeds: verdicts, nights, kinds, secrets; then the sequences.

    python tests/shared/feeds.py ../shared/feeds

Run by bin/check-shared alone.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

EXIT_CODES = {"accept": 0, "partial": 0, "reject": 3}


def nights_of(ranges: list[list[str]], window: list[str]) -> set[date]:
    """Return the nights of half-open ranges that lie in a half-open window.

    >>> sorted(nights_of([["2026-12-30", "2027-01-02"]], ["2026-12-31", "2027-11-22"]))
    [datetime.date(2026, 12, 31), datetime.date(2027, 1, 1)]
    """
    first, end = map(date.fromisoformat, window)
    nights = set()
    for start, stop in ranges:
        night = max(date.fromisoformat(start), first)
        while night < min(date.fromisoformat(stop), end):
            nights.add(night)
            night += timedelta(days=1)
    return nights


def run(now: str, *arguments: str) -> tuple[int, str, str]:
    """Return exit code, output and complaints of the command line."""
    command = [sys.executable, "-m", "calendars", *arguments, "--now", now]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def options_of(expected: dict[str, Any]) -> list[str]:
    """Return the options that tell the command line about the house."""
    house = expected["property"]
    return [
        "--timezone",
        house["timezone"],
        "--check-in",
        house["check_in"],
        "--check-out",
        house["check_out"],
    ]


def faults_of(entry: dict[str, Any], folder: Path, expected: dict[str, Any]) -> list[str]:
    """Return what the house reads otherwise than agreed in one feed."""
    now = expected["clock"].removeprefix("freeze at ")
    code, words, complaint = run(now, "read", str(folder / entry["file"]), *options_of(expected))
    if code not in EXIT_CODES.values():
        return [f"exit code {code}: {complaint[-300:]}"]
    result = json.loads(words)
    verdict = entry["verdict"].split()[0]  # "accept if …": nothing was known before
    window = expected["comparison"]["window"]
    blocked = nights_of([[block["start"], block["end"]] for block in result["blocks"]], window)
    wanted = nights_of(entry.get("nights", []), window)
    allowed = wanted | nights_of(entry.get("may_also_block", []), window)
    kinds = Counter(block["kind"] for block in result["blocks"])
    faults = []
    if (result["verdict"], code) != (verdict, EXIT_CODES[verdict]):
        faults.append(f"verdict {result['verdict']}, exit code {code}, not {verdict}")
    if missing := sorted(map(str, wanted - blocked)):
        faults.append(f"not blocked: {', '.join(missing)}")
    if invented := sorted(map(str, blocked - allowed)):
        faults.append(f"blocked without reason: {', '.join(invented)}")
    if entry.get("kinds", kinds) != kinds:
        faults.append(f"kinds {dict(kinds)}, not {entry['kinds']}")
    if len(result["warnings"]) < entry.get("warnings_at_least", 0):
        faults.append(f"{len(result['warnings'])} warnings, not {entry['warnings_at_least']} or more")
    faults += [
        f"tells {secret}" for secret in entry.get("never_export_or_log", ()) if secret in words + complaint
    ]
    return faults


def faults_in_sequence(sequence: dict[str, Any], folder: Path, expected: dict[str, Any]) -> list[str]:
    """Return what one room becomes otherwise than agreed, from import to import."""
    faults = []
    window = expected["comparison"]["window"]
    with tempfile.TemporaryDirectory() as place:
        for number, step in enumerate(sequence["steps"], start=1):
            answer = [str(folder / step["file"])] if "file" in step else ["--fault", step["fault"]]
            options = options_of(expected)
            code, words, complaint = run(step["at"], "follow", f"{place}/room.json", *answer, *options)
            if code not in EXIT_CODES.values():
                return [*faults, f"step {number}: exit code {code}: {complaint[-300:]}"]
            result = json.loads(words)
            if nights_of(result["nights"], window) != nights_of(step["nights"], window):
                faults.append(f"step {number}: nights {result['nights']}, not {step['nights']}")
            faults += [
                f"step {number}: {word} {result[word]}, not {step[word]}"
                for word in ("added", "released")
                if result[word] != step.get(word, result[word])
            ]
    return faults


def main(folder: Path) -> int:
    """Compare every feed and every sequence; print what differs and return the exit code."""
    expected = json.loads((folder / "EXPECTED.json").read_text(encoding="utf-8"))
    found = {entry["file"]: faults_of(entry, folder, expected) for entry in expected["feeds"]}
    for sequence in expected["sequences"]:
        found[sequence["name"]] = faults_in_sequence(sequence, folder, expected)
    for name, faults in found.items():
        print(f"{'FAILED' if faults else 'fine  '}  {name}", *faults, sep="\n          ")
    failed = sum(map(bool, found.values()))
    print(f"{len(found) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
