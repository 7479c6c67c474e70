"""`check` and `eval` print what they promise, and end with the code that says it."""

import json
from pathlib import Path
from typing import Any

import pytest

from pricing.__main__ import main
from tests.pricing.scale.drafts import CENTS, draft, line

FAY = str(Path(__file__).parent / "files" / "g02_fay_canteen.json")
RONCQ = str(Path(__file__).parent / "files" / "g03_roncq_canteen.json")
PSU = str(Path(__file__).parent / "files" / "g01_psu_nursery.json")

Printed = pytest.CaptureFixture[str]


def written(folder: Path, document: Any, name: str = "scale.json") -> str:
    file = folder / name
    file.write_text(json.dumps(document), encoding="utf-8")
    return str(file)


def example(expected: Any, **given: Any) -> dict[str, Any]:
    return {"input": given, "expected": expected, "provenance": "illustration"}


def test_says_what_each_failed_example_got(tmp_path: Path, capsys: Printed) -> None:
    half = line("product", of=["qf", "0.5"], round=CENTS)
    town = {"name": "is_here", "kind": "test", "that": {"town": "here"}}
    examples = [
        example({"price": "1.500"}, qf="3"),
        example({"price": "1.51"}, qf="3"),
        example({"price": None}, qf="3"),
        example({"is_here": True}, qf="3", town="nearby"),
        example({"is_here": False}, qf="3", town="nearby"),
        example({"error": "missing_input"}),
        example({"error": "bad_input"}),
        example({"price": "1.50"}),
        example({"error": "missing_input"}, qf="3"),
    ]
    file = written(tmp_path, draft(half, town, examples=examples))

    assert main(["check", FAY, file]) == 1

    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.splitlines() == [
        f'FAIL {file} examples[1] got {{"price": "1.50"}} expected {{"price": "1.51"}}',
        f'FAIL {file} examples[2] got {{"price": "1.50"}} expected {{"price": null}}',
        f'FAIL {file} examples[3] got {{"is_here": false}} expected {{"is_here": true}}',
        f'FAIL {file} examples[6] got {{"error": "missing_input"}} expected {{"error": "bad_input"}}',
        f'FAIL {file} examples[7] got {{"error": "missing_input"}} expected {{"price": "1.50"}}',
        f'FAIL {file} examples[8] got {{"price": "1.50", "is_here": false}} expected {{"error": "missing_input"}}',
        "18 passed, 6 failed",
    ]


def test_compares_an_exact_number_as_it_is_printed(tmp_path: Path, capsys: Printed) -> None:
    third = line("product", of=["qf"], divide_by=["3"], round="exact")
    examples = [example({"price": "0.333333333333"}, qf="1"), example({"price": "0.3333333333333"}, qf="1")]

    assert main(["check", written(tmp_path, draft(third, examples=examples))]) == 1
    assert capsys.readouterr().out.endswith("1 passed, 1 failed\n")


def test_does_not_take_an_absent_line_for_a_false_one(tmp_path: Path, capsys: Printed) -> None:
    absent = line("test", that={"member": True}, when={"town": "here"})
    examples = [example({"price": None}), example({"price": False}), example({"price": False}, town="here")]

    assert main(["check", written(tmp_path, draft(absent, examples=examples))]) == 1
    assert 'examples[1] got {"price": null} expected {"price": false}' in capsys.readouterr().out


def test_runs_no_example_when_a_file_is_invalid(tmp_path: Path, capsys: Printed) -> None:
    broken = written(tmp_path, draft(line("formula"), titel="x"))

    assert main(["check", FAY, broken, str(tmp_path / "nowhere.json"), str(tmp_path)]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    lines = printed.err.splitlines()
    assert lines[0].startswith(f"{broken}: $.titel: unknown_key: ")
    assert lines[1].startswith(f"{broken}: $.versions[0].lines[0].kind: unknown_kind: ")
    assert lines[2].startswith(f"{tmp_path / 'nowhere.json'}: $: not_json: cannot be read: ")
    assert lines[3].startswith(f"{tmp_path}: $: not_json: ")
    assert len(lines) == 4


def test_keeps_one_line_per_fault_whatever_is_written(tmp_path: Path, capsys: Printed) -> None:
    odd = draft(**{"a\nb\u2028\ud800": 1, "title": ["x\r\n" * 500], "bounds": "\x1b[31m"})

    assert main(["check", written(tmp_path, odd, "nasty\nname.json")]) == 2

    printed = capsys.readouterr()
    assert len(printed.err.splitlines()) == 3
    assert "$.a\\nb\\u2028\\ud800: unknown_key" in printed.err
    assert "\x1b" not in printed.err
    assert max(map(len, printed.err.splitlines())) < 1000


def test_prints_every_line_of_one_household(capsys: Printed) -> None:
    assert main(["eval", RONCQ, "--input", '{"qf": "399.99", "date": "2025-10-01"}']) == 0

    printed = capsys.readouterr().out
    assert json.loads(printed) == {
        "id": "roncq_canteen",
        "from": "2025-09-01",
        "results": {"family": "0.50", "fund": "0.76"},
        "lines": {"price": "1.26", "fund": "0.76", "family": "0.50"},
    }
    assert list(json.loads(printed)["lines"]) == ["price", "fund", "family"]
    assert len(printed.splitlines()) == 1


def test_prints_an_unknown_begin_and_an_absent_line_as_null(capsys: Printed) -> None:
    assert main(["eval", FAY, "--input", '{"qf": "800"}']) == 0
    assert json.loads(capsys.readouterr().out)["from"] is None

    nursery = '{"monthly_resources": "4000", "children": 1, "date": "2019-10-01"}'
    assert main(["eval", PSU, "--input", nursery]) == 0
    assert json.loads(capsys.readouterr().out)["lines"] == {
        "resources": "4000", "column": "1", "hourly": "2.42", "monthly": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("{}", "missing_input"),
        ('{"qf": 800}', "bad_input"),
        ('{"qf": "800", "quotient": "1"}', "unknown_input"),
        ('{"qf": "800", "date": "soon"}', "bad_input"),
        ('{"qf": "800", "qf": "900"}', "bad_input"),
        ("[]", "bad_input"),
        ("qf=800", "bad_input"),
        ("", "bad_input"),
        ("[" * 5000, "bad_input"),
        ('{"qf": NaN}', "bad_input"),
    ],
)
def test_says_why_a_household_has_no_price(given: str, code: str, capsys: Printed) -> None:
    assert main(["eval", FAY, "--input", given]) == 1

    answered = json.loads(capsys.readouterr().out)
    assert answered["error"] == code
    assert set(answered) == {"error", "detail"}


def test_evaluates_nothing_by_an_invalid_file(tmp_path: Path, capsys: Printed) -> None:
    assert main(["eval", written(tmp_path, []), "--input", "not even JSON"]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert "$: bad_value: " in printed.err


def test_prints_any_class_on_any_terminal(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    rows = [{"from": "0", "below": None, "class": "été \ud800"}]
    file = written(tmp_path, draft(line("class", of="qf", rows=rows)))

    assert main(["eval", file, "--input", '{"qf": "1"}']) == 0
    assert "été \\ud800".encode() in capsysbinary.readouterr().out
