"""Whatever a file or an input holds, it is answered or refused: never a traceback."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pricing.__main__ import main
from pricing.scale import CannotPrice, Scale, ScaleInvalid
from tests.pricing.scale.drafts import draft, faults_of, line, read

DOCUMENTS = [
    json.loads(file.read_bytes()) for file in sorted((Path(__file__).parent / "files").rglob("*.json"))
]
SCALES = [read(document) for document in DOCUMENTS if "expect_error" not in document]
CODES = {"missing_input", "unknown_input", "bad_input", "no_version", "out_of_domain"}

words = st.sampled_from(
    [
        "",
        "qf",
        "price",
        "date",
        "error",
        "exact",
        "0",
        "-1",
        "1,5",
        "1e9",
        "rising",
        "null",
        "true",
        "2025-09-01",
        "é\n",
    ]
)
scalars = st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(allow_nan=False) | words
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=5,
)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every container of a document with each of its keys."""
    for key in (
        list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    ):
        yield value, key
        yield from places(value[key])


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """Draw a file of the language in which some things are replaced, removed, doubled or moved."""
    document = copy.deepcopy(draw(st.sampled_from(DOCUMENTS)))
    for _ in range(draw(st.integers(1, 4))):
        found = list(places(document))
        if not found:
            break
        container, key = draw(st.sampled_from(found))
        change = draw(st.sampled_from(["replace", "remove", "move", "add"]))
        if change == "replace":
            container[key] = draw(values)
        elif change == "remove":
            del container[key]
        elif change == "move":
            other, at = draw(st.sampled_from(found))
            container[key] = copy.deepcopy(other[at]) if at in other or isinstance(other, list) else None
        elif isinstance(container, dict):
            container[draw(words)] = draw(values)
    return document


def error_of(scale: Scale, household: Any) -> str | None:
    """Price a household; return the code of the refusal, if it is refused."""
    try:
        json.dumps(scale.price(household).as_json())
    except CannotPrice as refusal:
        return refusal.code
    return None


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(document=mutated(), told=st.dictionaries(words, values, max_size=3))
def test_refuses_a_spoilt_file_or_executes_it(document: Any, told: dict[str, Any]) -> None:
    faults = faults_of(document)
    households = [] if faults else [told, *(example.values for example in read(document).examples[:3])]

    assert all(path.startswith("$") for _, path in faults)
    assert {error_of(read(document), household) for household in households} <= CODES | {None}


@settings(max_examples=200)
@given(st.sampled_from(SCALES), st.data())
def test_answers_or_refuses_any_input(scale: Scale, data: st.DataObject) -> None:
    good = data.draw(st.sampled_from([example.values for example in scale.examples]))
    names = st.sampled_from([*scale.inputs, "date", "other"])

    spoilt = {**good, **data.draw(st.dictionaries(names, values, max_size=3))}

    assert error_of(scale, spoilt) in CODES | {None}


@settings(max_examples=200)
@given(
    st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_refuses_any_bytes(content: bytes) -> None:
    with pytest.raises(ScaleInvalid):
        Scale.loads(content)


def nested(depth: int) -> Any:
    table: Any = "1"
    for _ in range(depth):
        table = {"by": "member", "values": {"true": table, "false": "0"}}
    return table


def test_reads_a_deep_table_or_says_that_it_is_too_deep() -> None:
    assert faults_of(draft(line("value", value=nested(60)))) == []
    assert read(draft(line("value", value=nested(60)))).price({"member": True}).as_json()["results"] == {
        "price": "1"
    }
    for depth in (200, 300, 450):
        assert faults_of(draft(line("value", value=nested(depth)))) in ([], [("not_json", "$")])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b'{"schema": "pricing-scale/1", "id": "' + b"x" * 100_000 + b'"}',
        b'{"schema": ' + b"9" * 10_000 + b"}",
        b'{"schema": 1e999999999}',
    ],
)
def test_ends_with_code_2_and_lines_of_words(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "hostile.json"
    file.write_bytes(content)

    assert main(["check", str(file)]) == 2
    assert main(["eval", str(file), "--input", "{}"]) == 2
    assert all(fault.startswith(f"{file}: $") for fault in capsys.readouterr().err.splitlines())
