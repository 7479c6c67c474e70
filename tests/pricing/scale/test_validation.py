"""A file is refused with the code of its fault and the path to it; several faults are all told."""

from typing import Any

import pytest

from pricing.scale import Scale, ScaleInvalid
from tests.pricing.scale.drafts import CENTS, EXACT, LINE, draft, faults_of, line

TABLE = {"by": "town", "values": {"here": "1", "nearby": "2"}}
AT = "$.versions[0].lines[0]"
STEP = line("step", of="qf", rows=[{"from": "0", "below": None, "value": "1"}])


def test_accepts_the_drafts_of_these_tests() -> None:
    assert faults_of(draft(LINE)) == []
    assert faults_of(draft(STEP, notes=["a remark"], expect_error={"any": ["thing"]})) == []
    assert faults_of(draft(inputs={})) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "not_json"),
        ("{", "not_json"),
        ("{} {}", "not_json"),
        ("{'a': 1}", "not_json"),
        ('{"a": NaN}', "not_json"),
        ('{"a": -Infinity}', "not_json"),
        ('{"a": 01}', "not_json"),
        ('{"a": 1,}', "not_json"),
        (b"\xff\xfe", "not_json"),
        (b"\xef\xbb\xbf{}", "not_json"),
        ("[" * 100_000, "not_json"),
        ("[" * 100_000 + "]" * 100_000, "not_json"),
        ('{"schema": "pricing-scale/1", "schema": "pricing-scale/1"}', "duplicate_key"),
        ('{"inputs": {"qf": {"type": 1, "type": 1}}}', "duplicate_key"),
        ('{"a": 1, "\\u0061": 1}', "duplicate_key"),
        ("[]", "bad_value"),
        ("null", "bad_value"),
        ("1e400", "bad_value"),
        ("9" * 5000, "bad_value"),
    ],
)
def test_refuses_what_is_no_object_of_json(content: str | bytes, code: str) -> None:
    with pytest.raises(ScaleInvalid) as refused:
        Scale.loads(content)

    assert [(fault.code, fault.path) for fault in refused.value.faults] == [(code, "$")]


@pytest.mark.parametrize("schema", ["pricing-scale/2", "", 1, None, []])
def test_reads_no_other_language(schema: Any) -> None:
    assert faults_of({**draft(), "schema": schema, "sauces": []}) == [("bad_schema", "$.schema")]


@pytest.mark.parametrize(
    "key", ["schema", "id", "title", "unit", "sources", "inputs", "results", "versions", "examples"]
)
def test_misses_every_required_key(key: str) -> None:
    document = draft()
    del document[key]

    assert ("missing_key", "$") in faults_of(document)


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"tittle": "x"}, "unknown_key", "$.tittle"),
        ({"note": "x"}, "unknown_key", "$.note"),
        ({"id": 5}, "bad_value", "$.id"),
        ({"title": ["x"]}, "bad_value", "$.title"),
        ({"unit": {}}, "bad_value", "$.unit"),
        ({"sources": "x"}, "bad_value", "$.sources"),
        ({"sources": []}, "bad_value", "$.sources"),
        ({"sources": [5]}, "bad_value", "$.sources[0]"),
        ({"notes": [5]}, "bad_value", "$.notes[0]"),
        ({"inputs": []}, "bad_value", "$.inputs"),
        ({"results": []}, "bad_value", "$.results"),
        ({"results": [5]}, "bad_value", "$.results[0]"),
        ({"results": ["prise"]}, "unknown_name", "$.results[0]"),
        ({"results": ["qf"]}, "unknown_name", "$.results[0]"),
        ({"examples": {}}, "bad_value", "$.examples"),
    ],
)
def test_refuses_a_fault_in_the_frame(changes: dict[str, Any], code: str, path: str) -> None:
    assert faults_of(draft(**changes)) == [(code, path)]


@pytest.mark.parametrize(
    ("wrong", "code", "below"),
    [
        (line("formula"), "unknown_kind", ".kind"),
        (line("class "), "unknown_kind", ".kind"),
        ({"name": "price", "kind": ["value"]}, "unknown_kind", ".kind"),
        ({"name": "price", "value": "1"}, "missing_key", ""),
        ({"kind": "value", "value": "1"}, "missing_key", ""),
        ({"name": "price", "knid": "value", "value": "1"}, "unknown_key", ".knid"),
        (LINE | {"name": "Price"}, "bad_value", ".name"),
        (LINE | {"name": "date"}, "bad_value", ".name"),
        (LINE | {"name": 5}, "bad_value", ".name"),
        (LINE | {"name": "qf"}, "duplicate_name", ".name"),
        (LINE | {"rows": []}, "unknown_key", ".rows"),
        (LINE | {"round": EXACT}, "unknown_key", ".round"),
        (LINE | {"note": None}, "bad_value", ".note"),
        (LINE | {"unit": 5}, "bad_value", ".unit"),
        (LINE | {"overrides": []}, "bad_value", ".overrides"),
        (LINE | {"overrides": [{"when": {"member": True}}]}, "missing_key", ".overrides[0]"),
        (LINE | {"overrides": [{"when": {"member": True}, "value": 5}]}, "bad_amount", ".overrides[0].value"),
        (LINE | {"overrides": [{"when": {"member": True}, "value": "1", "if": 1}]}, "unknown_key",
         ".overrides[0].if"),
        (STEP | {"of": "qff"}, "unknown_name", ".of"),
        (STEP | {"of": "12"}, "unknown_name", ".of"),
        (STEP | {"of": 12}, "bad_value", ".of"),
        (STEP | {"of": ["qf"]}, "bad_value", ".of"),
        (STEP | {"of": "town"}, "wrong_type", ".of"),
        (STEP | {"of": "member"}, "wrong_type", ".of"),
        (STEP | {"of": "price"}, "unknown_name", ".of"),
        (STEP | {"round": EXACT}, "unknown_key", ".round"),
        (line("step", of="qf"), "missing_key", ""),
        (line("step", of="qf", rows=[{"from": "0", "below": None, "value": "qf"}]), "bad_amount",
         ".rows[0].value"),
        (line("step", of="qf", rows=[{"from": "0", "below": None, "value": None}]), "bad_amount",
         ".rows[0].value"),
        (line("class", of="qf", rows=[{"from": "0", "below": None, "class": 1}]), "bad_value", ".rows[0].class"),
        (line("class", of="qf", rows=[{"from": "0", "below": None, "class": "a"}], overrides=[]), "unknown_key",
         ".overrides"),
        (line("class", of="qf", rows=[{"from": "0", "below": None, "class": "a"}], shift="qf"), "wrong_type",
         ".shift"),
        (line("class", of="qf", rows=[{"from": "0", "below": None, "class": "a"}], shift=1), "bad_value", ".shift"),
        (line("test", that={"member": True}, overrides=[]), "unknown_key", ".overrides"),
        (line("linear", of="qf", rate="1"), "missing_round", ""),
        (line("linear", of="qf", rate="1", rond=EXACT), "unknown_key", ".rond"),
        (line("linear", of="qf", round=EXACT), "missing_key", ""),
        (line("linear", of="qf", rate="member", round=EXACT), "wrong_type", ".rate"),
        (line("linear", of="qf", rate="1", floor="2", ceiling="1", round=EXACT), "bad_order", ""),
        (line("sum", plus=["1"], floor=TABLE, ceiling="1.5", round=EXACT), "bad_order", ""),
        (line("product", of="qf", round=EXACT), "bad_value", ".of"),
        (line("product", of=[], round=EXACT), "bad_value", ".of"),
        (line("product", of=["qf", "town"], round=EXACT), "wrong_type", ".of[1]"),
        (line("product", of=["qf"], divide_by=[2], round=EXACT), "bad_amount", ".divide_by[0]"),
        (line("sum", plus=["qf"], minus=[], round=EXACT), "bad_value", ".minus"),
        (line("sum", plus=[None], round=EXACT), "bad_amount", ".plus[0]"),
        (line("sum", plus=["Qf"], round=EXACT), "bad_amount", ".plus[0]"),
        (line("sum", plus=["date"], round=EXACT), "unknown_name", ".plus[0]"),
        (line("piecewise_linear", of="qf", knots=[], round=EXACT), "bad_value", ".knots"),
        (line("piecewise_linear", of="qf", knots=[{"at": "1", "value": "qf"}], round=EXACT), "bad_amount",
         ".knots[0].value"),
        (line("piecewise_linear", of="qf", knots=[{"at": "1"}], round=EXACT), "missing_key", ".knots[0]"),
        (line("piecewise_linear", of="qf", round=EXACT,
              knots=[{"at": "1", "value": "1"}, {"at": "1", "value": "2"}]), "bad_order", ".knots[1]"),
        (line("marginal", of="qf", round=EXACT, brackets=[{"from": "1", "rate": "1"}, {"from": "0", "rate": "1"}]),
         "bad_order", ".brackets[1]"),
        (line("marginal", of="qf", round=EXACT, brackets=[{"from": "1", "rate": "1"}, {"from": "1", "rate": "2"}]),
         "bad_order", ".brackets[1]"),
        (line("marginal", of="qf", round=EXACT, brackets=[{"from": None, "rate": "1"}]), "bad_amount",
         ".brackets[0].from"),
        (line("marginal", of="qf", round=EXACT, brackets=[{"from": "0", "rate": TABLE}]), "bad_amount",
         ".brackets[0].rate"),
        (line("marginal", of="qf", round=EXACT, brackets=[{"from": "0", "rate": "1"}], cap="5"), "bad_value",
         ".cap"),
        (line("marginal", of="qf", round=EXACT, brackets=[{"from": "0", "rate": "1"}], cap={"base_parts": "1"}),
         "missing_key", ".cap"),
        (line("equivalence", members=[{"of": "qf", "each": ["1"]}]), "wrong_type", ".members[0].of"),
        (line("equivalence", members=[{"of": "people", "each": []}]), "bad_value", ".members[0].each"),
        (line("equivalence", members=[{"of": "people", "each": [1]}]), "bad_amount", ".members[0].each[0]"),
        (line("equivalence", members=[{"of": "people", "each": ["1"]}], round=EXACT), "unknown_key", ".round"),
        (line("per_person_night", round=EXACT), "missing_key", ""),
        (line("per_person_night", tariff="1", surcharges=[{"rate": "1"}], round=EXACT), "missing_key",
         ".surcharges[0]"),
        (line("per_person_night", percentage={"rate": "1", "of": "qf"}, round=EXACT), "missing_key",
         ".percentage"),
        (line("per_person_night", tariff="1", exempt="always", round=EXACT), "bad_value", ".exempt"),
        (line("aid", of="qf", eligible={"member": "yes"}, round=EXACT), "bad_value", ".eligible.member"),
        (line("aid", of="qf", share=0.5, round=EXACT), "bad_amount", ".share"),
        ("a line", "bad_value", ""),
    ],
)  # fmt: skip
def test_refuses_a_fault_in_a_line(wrong: Any, code: str, below: str) -> None:
    assert faults_of(draft(wrong, results=["price"]))[0] == (code, AT + below)


@pytest.mark.parametrize(
    ("table", "code", "below"),
    [
        ({"by": "town", "values": {"here": "1"}}, "incomplete_table", ""),
        ({"by": "town", "values": {"here": "1", "nearby": "1", "far": "1"}}, "incomplete_table", ""),
        ({"by": "town", "values": {}}, "incomplete_table", ""),
        ({"by": "town", "values": {"here": 1, "nearby": "1"}}, "bad_amount", ".values.here"),
        ({"by": "town", "values": {"here": "qf", "nearby": "1"}}, "bad_amount", ".values.here"),
        ({"by": "town", "values": ["1", "2"]}, "bad_value", ".values"),
        ({"by": "town"}, "missing_key", ""),
        ({"by": "town", "values": {"here": "1", "nearby": "1"}, "else": "1"}, "unknown_key", ".else"),
        ({"by": 5, "values": {}}, "bad_value", ".by"),
        ({"by": "village", "values": {}}, "unknown_name", ".by"),
        ({"by": "qf", "values": {}}, "wrong_type", ".by"),
        ({"by": "people", "values": {"1": "1"}}, "wrong_type", ".by"),  # no min and max
        ({"by": "pupils", "values": {"1": "1"}}, "incomplete_table", ""),
        ({"by": "pupils", "values": {"1": "1", "02": "1"}}, "incomplete_table", ""),
        ({"by": "pupils", "values": {"1": "1", "2": "1", "3": "1"}}, "incomplete_table", ""),
        ({"by": "member", "values": {"true": "1", "False": "1"}}, "incomplete_table", ""),
        ({"by": "town", "values": {"here": {"by": "member", "values": {"true": "1"}}, "nearby": None}},
         "incomplete_table", ".values.here"),
    ],
)  # fmt: skip
def test_refuses_a_table_that_is_not_whole(table: Any, code: str, below: str) -> None:
    assert faults_of(draft(line("value", value=table))) == [(code, f"{AT}.value{below}")]


def test_counts_the_classes_of_an_endless_span_without_listing_them() -> None:
    inputs = {"n": {"type": "count", "min": 0, "max": 10**50}}
    table = {"by": "n", "values": {"0": "1"}}

    assert faults_of(draft(line("value", value=table), inputs=inputs)) == [
        ("incomplete_table", f"{AT}.value")
    ]


def test_allows_a_floor_that_a_table_keeps_under_the_ceiling() -> None:
    clamped = line("sum", plus=["1"], floor=TABLE, ceiling=TABLE, round=CENTS)

    assert faults_of(draft(clamped)) == []
    assert faults_of(draft(clamped | {"floor": "qf", "ceiling": "0"})) == []  # known only when computed


def test_tells_all_faults_and_unknown_keys_before_missing_ones() -> None:
    faulty = draft(
        {"name": "base", "kind": "linear", "of": "qff", "rat": "1", "round": {"mode": "odd", "quantum": "0"}},
        line("value", value="bases"),
    )
    del faulty["title"], faulty["unit"]

    assert faults_of({**faulty, "titel": "x"}) == [
        ("unknown_key", "$.titel"),
        ("missing_key", "$"),
        ("missing_key", "$"),
        ("unknown_key", f"{AT}.rat"),
        ("missing_key", AT),
        ("unknown_name", f"{AT}.of"),
        ("bad_value", f"{AT}.round.mode"),
        ("bad_value", f"{AT}.round.quantum"),
        ("unknown_name", "$.versions[0].lines[1].value"),
    ]


def test_uses_a_name_once_among_inputs_and_lines() -> None:
    assert faults_of(draft(LINE, LINE)) == [("duplicate_name", "$.versions[0].lines[1].name")]


def test_does_not_blame_a_line_for_the_fault_of_another() -> None:
    broken = {"name": "base", "kind": "clas", "of": "qf"}
    user = line("value", value={"by": "base", "values": {"a": "1"}}, when={"base": "a"})

    assert faults_of(draft(broken, user)) == [("unknown_kind", f"{AT}.kind")]


EXAMPLE = {"input": {"qf": "1"}, "expected": {"price": "1"}, "provenance": "derived"}


@pytest.mark.parametrize(
    ("example", "code", "below"),
    [
        ({}, "missing_key", ""),
        ("x", "bad_value", ""),
        (EXAMPLE | {"provenance": "guessed"}, "bad_value", ".provenance"),
        (EXAMPLE | {"source": "x"}, "unknown_key", ".source"),
        (EXAMPLE | {"note": 1}, "bad_value", ".note"),
        (EXAMPLE | {"input": []}, "bad_value", ".input"),
        (EXAMPLE | {"input": {"quotient": "1"}}, "unknown_name", ".input.quotient"),
        (EXAMPLE | {"input": {"qf": 1}}, "bad_amount", ".input.qf"),
        (EXAMPLE | {"input": {"qf": "1,5"}}, "bad_amount", ".input.qf"),
        (EXAMPLE | {"input": {"people": "1"}}, "bad_value", ".input.people"),
        (EXAMPLE | {"input": {"date": "tomorrow"}}, "bad_value", ".input.date"),
        (EXAMPLE | {"expected": []}, "bad_value", ".expected"),
        (EXAMPLE | {"expected": {"prise": "1"}}, "unknown_name", ".expected.prise"),
        (EXAMPLE | {"expected": {"qf": "1"}}, "unknown_name", ".expected.qf"),
        (EXAMPLE | {"expected": {"price": 1}}, "bad_amount", ".expected.price"),
        (EXAMPLE | {"expected": {"price": True}}, "bad_amount", ".expected.price"),
        (EXAMPLE | {"expected": {"error": "no_idea"}}, "bad_value", ".expected.error"),
        (EXAMPLE | {"expected": {"error": "bad_input", "price": "1"}}, "unknown_key", ".expected.price"),
    ],
)
def test_refuses_a_fault_in_an_example(example: Any, code: str, below: str) -> None:
    assert faults_of(draft(examples=[EXAMPLE, example]))[0] == (code, f"$.examples[1]{below}")


@pytest.mark.parametrize(
    ("given", "error"),
    [({"qf": 800}, "bad_input"), ({"date": 5}, "bad_input"), ({"quotient": "8"}, "unknown_input")],
)
def test_lets_an_example_be_wrong_as_it_expects(given: Any, error: str) -> None:
    example = {"input": given, "expected": {"error": error}, "provenance": "derived"}

    assert faults_of(draft(examples=[example])) == []
