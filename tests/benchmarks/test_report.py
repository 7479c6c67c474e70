"""The report: a table goes between its marks, and everything around them stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.report import MarksMissing, table, write_section
from benchmarks.timing import percentile


def test_replaces_what_stands_between_two_marks_and_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text("before\n<!-- a -->\nold\n<!-- /a -->\nbetween\n<!-- b -->\n<!-- /b -->\nafter\n")

    write_section("a", "new", page)
    write_section("a", "newer", page)

    assert page.read_text() == (
        "before\n<!-- a -->\n\nnewer\n\n<!-- /a -->\nbetween\n<!-- b -->\n<!-- /b -->\nafter\n"
    )
    with pytest.raises(MarksMissing):
        write_section("c", "nowhere", page)


def test_lays_out_a_table_that_is_read_without_a_browser() -> None:
    assert table(["what", "n"], [["rooms", "12"]]) == "| what  | n  |\n| ----- | -- |\n| rooms | 12 |"


@pytest.mark.parametrize(("share", "expected"), [(0.0, 1.0), (0.5, 5.0), (0.95, 10.0), (1.0, 10.0)])
def test_names_the_time_that_a_share_did_not_exceed(share: float, expected: float) -> None:
    assert percentile([float(n) for n in range(10, 0, -1)], share) == expected
