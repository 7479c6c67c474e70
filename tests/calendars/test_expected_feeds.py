"""Feeds in the shapes that platforms send, each with the nights that it must become."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from calendars.__main__ import main
from tests.calendars.house import FEEDS, read_here

EXPECTED: dict[str, Any] = json.loads((FEEDS / "expected.json").read_text(encoding="utf-8"))
FIRST, AFTER = map(date.fromisoformat, EXPECTED["comparison"]["window"])
NOON = EXPECTED["clock"].removeprefix("freeze at ")


def nights_in_window(pairs: list[list[str]]) -> set[date]:
    return {
        date.fromordinal(day)
        for start, end in pairs
        for day in range(
            max(date.fromisoformat(start), FIRST).toordinal(), min(date.fromisoformat(end), AFTER).toordinal()
        )
    }


@pytest.mark.parametrize("entry", EXPECTED["feeds"], ids=lambda entry: entry["file"])
def test_reads_the_nights_of_every_platform(
    entry: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    verdict = entry["verdict"].split()[0]

    code = main(["read", str(FEEDS / entry["file"]), "--now", NOON])

    output = capsys.readouterr().out
    result = json.loads(output)
    blocked = nights_in_window([[block["start"], block["end"]] for block in result["blocks"]])
    wanted = nights_in_window(entry.get("nights", []))
    assert (result["verdict"], code) == (verdict, 3 if verdict == "reject" else 0)
    assert wanted <= blocked <= wanted | nights_in_window(entry.get("may_also_block", []))
    assert bool(result["why"]) == (verdict != "accept")
    assert len(result["warnings"]) >= entry.get("warnings_at_least", 0)
    if "kinds" in entry:
        assert Counter(block["kind"] for block in result["blocks"]) == entry["kinds"]
    assert not [secret for secret in entry.get("never_export_or_log", ()) if secret in output]


@pytest.mark.parametrize(
    "entry",
    [entry for entry in EXPECTED["feeds"] if "nights_reservations_only" in entry],
    ids=lambda e: e["file"],
)
def test_leaves_closures_out_when_asked(entry: dict[str, Any]) -> None:
    reading = read_here((FEEDS / entry["file"]).read_bytes(), stays_only=True)

    blocked = nights_in_window([[str(block.start), str(block.end)] for block in reading.blocks])
    assert blocked == nights_in_window(entry["nights_reservations_only"])


@pytest.mark.parametrize("sequence", EXPECTED["sequences"], ids=lambda sequence: sequence["name"])
def test_follows_a_room_from_import_to_import(
    sequence: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = str(tmp_path / "room.json")
    for step in sequence["steps"]:
        answer = [str(FEEDS / step["file"])] if "file" in step else ["--fault", step["fault"]]

        main(["follow", state, *answer, "--now", step["at"]])

        result = json.loads(capsys.readouterr().out)
        assert nights_in_window(result["nights"]) == nights_in_window(step["nights"]), step
        for word in ("added", "released"):
            assert result[word] == step.get(word, result[word])


def test_says_what_is_wrong_with_an_order(capsys: pytest.CaptureFixture[str]) -> None:
    orders = (
        ["read", str(FEEDS / "no_such_file.ics")],
        ["read", "x", "--timezone", "Mars/Olympus"],
        ["read", "x", "--now", "2026-11-22T12:00:00"],
        ["read", "x", "--check-in", "noon"],
        ["read", "x", "--check-in", "15:00+01:00"],
        ["erase"],
    )
    for order in orders:
        try:
            code = main(order)
        except SystemExit as stop:
            code = int(stop.code or 0)
        assert code == 2
        assert capsys.readouterr().err
