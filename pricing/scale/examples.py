"""Examples: what a scale must answer, from its source or by its rule; only the lines that one names are compared."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import get_args

from pricing.scale.amount import Amount
from pricing.scale.facts import Value
from pricing.scale.faults import CannotPrice, PriceCode, brief
from pricing.scale.inputs import Input
from pricing.scale.place import Place, Reader, Record, flag, noting, plain_decimal, text, word
from pricing.scale.sorts import Form, Sort
from pricing.scale.versions import Version, parse_day, version_of

PROVENANCES = ("printed", "derived", "illustration")


@dataclass(frozen=True, slots=True)
class Example:
    """Hold the input of a household and what is expected of it, as the file writes them."""

    values: Mapping[str, object]
    expected: Mapping[str, object]

    def compare(self, answer: Callable[[Mapping[str, object]], Mapping[str, Value | None]]) -> object:
        """Return what is answered instead of what is expected, None where they agree.

        `answer` gives all the lines for an input, or raises CannotPrice.
        """
        try:
            lines = answer(self.values)
        except CannotPrice as refusal:
            got: dict[str, object] = {"error": refusal.code}
            return None if got == self.expected else got
        if "error" in self.expected:
            return {name: as_json(value) for name, value in lines.items()}
        if all(_is_same(lines.get(name), expected) for name, expected in self.expected.items()):
            return None
        return {name: as_json(lines.get(name)) for name in self.expected}


def as_json(value: Value | None) -> str | bool | None:
    """Return a value as it is printed: numbers as text, classes and flags as they are."""
    return str(value) if isinstance(value, Amount) else value


def _is_same(value: Value | None, expected: object) -> bool:
    if isinstance(value, Amount) and isinstance(expected, str):
        return Amount.read(str(value)).exact == Amount.read(expected).exact
    return value is expected if value is None or isinstance(value, bool) else value == expected


def example(inputs: Mapping[str, Input | None], versions: tuple[Version, ...]) -> Reader[Example]:
    """Return a reader of one example of a scale."""

    def read(place: Place) -> Example:
        record = Record(place, required=("input", "expected", "provenance"), optional=("note",))
        record.maybe("note", text)
        record.read("provenance", word(PROVENANCES))
        wrong = _expected_error(place.value)
        values = record.maybe("input", lambda entry: _values(entry, inputs, wrong)) or {}
        sorts = _sorts(versions, values.get("date")) if versions else None
        expected = record.maybe("expected", lambda entry: _expected(entry, sorts))
        return Example(values, expected or {})

    return read


def _expected_error(example: object) -> object:
    expected = example.get("expected") if isinstance(example, dict) else None
    return expected.get("error") if isinstance(expected, dict) else None


def _values(place: Place, inputs: Mapping[str, Input | None], wrong: object) -> Mapping[str, object]:
    """Read an input; it may be wrong only in the way that the example expects."""
    for name, entry in place.entries().items():
        if name == "date":
            if wrong != "bad_input" and entry.value is not None and parse_day(entry.value) is None:
                entry.note("bad_value", f"a date is written 2025-09-01, not {brief(entry.value)}")
        elif name not in inputs:
            if wrong != "unknown_input":
                entry.note("unknown_name", f"no input is called {brief(name)}")
        elif wrong != "bad_input":
            _check_type(entry, inputs[name])
    return {name: entry.value for name, entry in place.entries().items()}


def _check_type(place: Place, declared: Input | None) -> None:
    if declared and place.value is not None and declared.type.read(place.value) is None:
        place.note(declared.type.code, f"{brief(place.value)} is not of the type of this input")


def _sorts(versions: tuple[Version, ...], day: object) -> Mapping[str, Sort]:
    """Return the sorts of the lines that an example may name: those of its version, else of all."""
    try:
        return version_of(versions, parse_day(day)).sorts
    except CannotPrice:
        return {name: sort for version in versions for name, sort in version.sorts.items()}


def _expected(place: Place, sorts: Mapping[str, Sort] | None) -> Mapping[str, object]:
    """Read what is expected of the lines, whose sorts are unknown in a file whose versions cannot be read."""
    entries = place.entries()
    if "error" in entries:
        Record(place, required=("error",)).read("error", word(get_args(PriceCode)))
        return {"error": entries["error"].value}
    if sorts is not None:
        for name, entry in entries.items():
            _check_line(name, entry, sorts)
    return {name: entry.value for name, entry in entries.items()}


def _check_line(name: str, place: Place, sorts: Mapping[str, Sort]) -> None:
    if name not in sorts:
        place.note("unknown_name", f"no line is called {brief(name)}")
    elif place.value is not None and sorts[name].form in _EXPECTED:
        noting(_EXPECTED[sorts[name].form], place)


_EXPECTED: Mapping[Form, Reader[object]] = {Form.NUMBER: plain_decimal, Form.CHOICE: text, Form.FLAG: flag}
