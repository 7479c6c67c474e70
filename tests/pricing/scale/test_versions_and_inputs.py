"""Whole tables by date, and what a household may tell."""

from typing import Any

import pytest

from tests.pricing.scale.drafts import LINE, answer, draft, faults_of, line, price, read


def version(start: Any, end: Any, value: str = "1") -> dict[str, Any]:
    return {"from": start, "to": end, "lines": [line("value", value=value)]}


THREE = [
    version(None, "2020-01-01", "1"),
    version("2020-01-01", "2021-01-01", "2"),
    version("2022-01-01", None, "3"),
]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("1900-01-01", "1"),
        ("2019-12-31", "1"),
        ("2020-01-01", "2"),
        ("2020-12-31", "2"),
        ("2021-01-01", "no_version"),
        ("2021-12-31", "no_version"),
        ("2022-01-01", "3"),
        ("9999-12-31", "3"),
        (None, "missing_input"),
        ("2022-02-30", "bad_input"),
        ("20220101", "bad_input"),
        ("2022-W01-1", "bad_input"),
        ("0000-01-01", "bad_input"),
        ("2022-01-01T00:00", "bad_input"),
        (2022, "bad_input"),
        (True, "bad_input"),
    ],
)
def test_takes_the_version_of_the_day(day: Any, expected: str) -> None:
    answered = answer(draft(versions=THREE, results=["price"], examples=EXAMPLES), date=day)

    assert list(answered.values()) == [expected]


EXAMPLES = [{"input": {}, "expected": {"error": "missing_input"}, "provenance": "derived"}]


def test_needs_no_date_where_there_is_one_version() -> None:
    document = draft(versions=[version("2020-01-01", "2021-01-01")], results=["price"])

    assert answer(document) == {"price": "1"}
    assert answer(document, date="2021-01-01") == {"error": "no_version"}


@pytest.mark.parametrize(
    ("versions", "faults"),
    [
        ([version("2020-01-01", "2020-01-01")], [("version_order", "[0]")]),
        ([version("2020-01-01", "2019-01-01")], [("version_order", "[0]")]),
        ([version(None, "2020-01-01"), version("2020-01-01", None)], []),
        ([version(None, "2020-01-01"), version("2019-12-31", None)], [("version_order", "[1]")]),
        ([version(None, None), version("2020-01-01", None)], [("version_order", "[1]")]),
        ([version(None, "2020-01-01"), version(None, None)], [("version_order", "[1]")]),
        ([version("2021-01-01", None), version("2020-01-01", None)], [("version_order", "[1]")]),
        ([version("2020-13-01", None)], [("bad_value", "[0].from")]),
        ([version(2020, None)], [("bad_value", "[0].from")]),
        ([version(None, "2020-01-01"), version("soon", None)], [("bad_value", "[1].from")]),
        ([{"from": None, "lines": [LINE]}], [("missing_key", "[0]")]),
        ([version(None, None) | {"until": None}], [("unknown_key", "[0].until")]),
        ([version(None, None) | {"note": 5}], [("bad_value", "[0].note")]),
        ([version(None, None) | {"lines": []}], [("bad_value", "[0].lines")]),
        ([], [("bad_value", "")]),
        ({}, [("bad_value", "")]),
        ([[]], [("bad_value", "[0]")]),
    ],
)
def test_refuses_versions_that_leave_a_doubt(versions: Any, faults: list[tuple[str, str]]) -> None:
    examples = [
        {"input": {"date": "2020-06-01"}, "expected": {"error": "no_version"}, "provenance": "derived"}
    ]
    found = faults_of(draft(versions=versions, results=["price"], examples=examples))

    assert [fault for fault in found if fault[0] != "unknown_name"] == [
        (code, f"$.versions{below}") for code, below in faults
    ]


def test_lets_lines_differ_from_version_to_version() -> None:
    longer = version("2021-01-01", None)
    longer["lines"].insert(0, {"name": "base", "kind": "value", "value": "9"})
    document = draft(versions=[version(None, "2020-01-01"), longer], results=["price"], examples=EXAMPLES)

    assert answer(document, date="2019-01-01") == {"price": "1"}
    assert answer(document, date="2021-01-01") == {"base": "9", "price": "1"}
    assert faults_of(document | {"results": ["price", "base"]}) == []
    assert faults_of(document | {"results": ["price", "bass"]}) == [("unknown_name", "$.results[1]")]


def test_gives_the_results_that_a_version_has() -> None:
    longer = version("2021-01-01", None)
    longer["lines"].insert(0, {"name": "base", "kind": "value", "value": "9"})
    scale = read(
        draft(versions=[version(None, "2020-01-01"), longer], results=["price", "base"], examples=EXAMPLES)
    )

    assert scale.price({"date": "2019-01-01"}).as_json()["results"] == {"price": "1"}
    assert scale.price({"date": "2021-01-01"}).as_json()["results"] == {"price": "1", "base": "9"}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, "12.0"),
        ({"sum": None}, "12.0"),
        ({"sum": "10"}, "10"),
        ({"sum": "20.00"}, "20.00"),
        ({"sum": "9.999"}, "bad_input"),
        ({"sum": "20.01"}, "bad_input"),
        ({"sum": 12}, "bad_input"),
        ({"sum": 12.5}, "bad_input"),
        ({"sum": "1e1"}, "bad_input"),
        ({"sum": "12,5"}, "bad_input"),
        ({"sum": True}, "bad_input"),
        ({"sum": ["12"]}, "bad_input"),
        ({"price": "12"}, "unknown_input"),
        ({"error": "12"}, "unknown_input"),
    ],
)
def test_takes_an_amount(told: dict[str, Any], expected: str) -> None:
    entry = {"type": "amount", "unit": "EUR", "default": "12.0", "min": "10", "max": "20"}
    document = draft(line("value", value="sum"), inputs={"sum": entry})

    assert list(answer(document, **told).values()) == [expected]


@pytest.mark.parametrize(
    ("entry", "told", "expected"),
    [
        ({"type": "count"}, 0, "0"),
        ({"type": "count"}, 10**30, str(10**30)),
        ({"type": "count"}, None, "missing_input"),
        ({"type": "count", "default": 3}, None, "3"),
        ({"type": "count", "min": 1}, 0, "bad_input"),
        ({"type": "count", "max": 4}, 5, "bad_input"),
        ({"type": "count", "min": 4, "max": 4}, 4, "4"),
        ({"type": "count"}, -1, "bad_input"),
        ({"type": "count"}, "1", "bad_input"),
        ({"type": "count"}, 1.0, "bad_input"),
        ({"type": "count"}, True, "bad_input"),
        ({"type": "count"}, False, "bad_input"),
        ({"type": "flag"}, True, "1"),
        ({"type": "flag"}, None, "missing_input"),
        ({"type": "flag", "default": False}, None, "2"),
        ({"type": "flag"}, "true", "bad_input"),
        ({"type": "flag"}, 1, "bad_input"),
        ({"type": "choice", "options": ["a", "b"]}, "b", "2"),
        ({"type": "choice", "options": ["a", "b"], "default": "a"}, None, "1"),
        ({"type": "choice", "options": ["a", "b"]}, "c", "bad_input"),
        ({"type": "choice", "options": ["a", "b"]}, "A", "bad_input"),
        ({"type": "choice", "options": ["a", "b"]}, ["a"], "bad_input"),
        ({"type": "choice", "options": ["a", "b"], "optional": True}, None, "missing_input"),  # by the table
    ],
)
def test_takes_the_other_types(entry: Any, told: Any, expected: str) -> None:
    classes = {"flag": ("true", "false"), "choice": ("a", "b")}.get(entry["type"])
    value: Any = "it" if classes is None else {"by": "it", "values": dict(zip(classes, "12", strict=True))}

    answered = answer(draft(line("value", value=value), inputs={"it": entry}), it=told)

    assert list(answered.values()) == [expected]


def test_leaves_an_optional_input_not_given() -> None:
    given = line("test", that={"qf": {"given": True}})

    assert price(given) is False
    assert price(given, qf=None) is False
    assert price(given, qf="0") is True


@pytest.mark.parametrize(
    ("name", "entry", "code", "below"),
    [
        ("Qf", {"type": "flag"}, "bad_value", ""),
        ("2", {"type": "flag"}, "bad_value", ""),
        ("date", {"type": "flag"}, "bad_value", ""),
        ("error", {"type": "flag"}, "bad_value", ""),
        ("été", {"type": "flag"}, "bad_value", ""),
        ("it\n", {"type": "flag"}, "bad_value", ""),
        ("it", "flag", "bad_value", ""),
        ("it", {}, "missing_key", ""),
        ("it", {"tpye": "flag"}, "unknown_key", ".tpye"),
        ("it", {"type": "text"}, "bad_value", ".type"),
        ("it", {"type": ["flag"]}, "bad_value", ".type"),
        ("it", {"type": "amount"}, "missing_key", ""),
        ("it", {"type": "amount", "unit": 5}, "bad_value", ".unit"),
        ("it", {"type": "amount", "unit": "EUR", "min": 5}, "bad_amount", ".min"),
        ("it", {"type": "amount", "unit": "EUR", "max": "x"}, "bad_amount", ".max"),
        ("it", {"type": "amount", "unit": "EUR", "default": 5}, "bad_amount", ".default"),
        ("it", {"type": "amount", "unit": "EUR", "default": "5", "min": "6"}, "bad_value", ".default"),
        ("it", {"type": "amount", "unit": "EUR", "min": "6", "max": "5"}, "bad_value", ".max"),
        ("it", {"type": "amount", "unit": "EUR", "options": ["a"]}, "unknown_key", ".options"),
        ("it", {"type": "count", "min": -1}, "bad_value", ".min"),
        ("it", {"type": "count", "max": "5"}, "bad_value", ".max"),
        ("it", {"type": "count", "default": True}, "bad_value", ".default"),
        ("it", {"type": "count", "default": 5, "max": 4}, "bad_value", ".default"),
        ("it", {"type": "flag", "default": "true"}, "bad_value", ".default"),
        ("it", {"type": "flag", "min": 0}, "unknown_key", ".min"),
        ("it", {"type": "flag", "unit": "EUR"}, "unknown_key", ".unit"),
        ("it", {"type": "flag", "optional": "yes"}, "bad_value", ".optional"),
        ("it", {"type": "flag", "note": 1}, "bad_value", ".note"),
        ("it", {"type": "choice"}, "missing_key", ""),
        ("it", {"type": "choice", "options": []}, "bad_value", ".options"),
        ("it", {"type": "choice", "options": ["a", 1]}, "bad_value", ".options[1]"),
        ("it", {"type": "choice", "options": ["a", "a"]}, "bad_value", ".options[1]"),
        ("it", {"type": "choice", "options": ["a"], "default": "b"}, "bad_value", ".default"),
    ],
)
def test_refuses_an_input_that_says_nothing_clear(name: str, entry: Any, code: str, below: str) -> None:
    assert faults_of(draft(inputs={name: entry}))[0] == (code, f"$.inputs.{name}{below}")


def test_does_not_blame_the_lines_for_an_input_with_a_fault() -> None:
    lines = line("value", value={"by": "it", "values": {"a": "1"}}, when={"it": "a"})

    assert faults_of(draft(lines, inputs={"it": {"type": "choise"}})) == [("bad_value", "$.inputs.it.type")]
