"""Scale: one file of the language, read and checked; `price` answers what a household pays on a day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from pricing.scale.examples import Example, as_json, example
from pricing.scale.facts import Facts, Value
from pricing.scale.faults import Broken, CannotPrice, Fault, Faults, ScaleInvalid, brief
from pricing.scale.input_reader import read_inputs
from pricing.scale.inputs import Input, take_all
from pricing.scale.intervals import BOUNDS
from pricing.scale.json_text import JsonInvalid, parse
from pricing.scale.place import Context, Place, Record, each, noting, text, word
from pricing.scale.sorts import UNSURE
from pricing.scale.versions import Version, parse_day, read_versions, version_of

SCHEMA = "pricing-scale/1"
_REQUIRED = ("schema", "id", "title", "unit", "sources", "inputs", "results", "versions", "examples")
_OPTIONAL = ("notes", "bounds", "expect_error")
_NO_BOUNDS = Fault("$", "missing_key", "a scale with rows states its `bounds`")


@dataclass(frozen=True, slots=True)
class Account:
    """Hold every line of a computed price, from top to bottom; None is an absent line.

    Lines differ from version to version: a result may have none in this one.
    """

    start: date | None
    lines: Mapping[str, Value | None]
    results: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return the begin of the version, the results and all the lines, as they are printed."""
        lines = {name: as_json(value) for name, value in self.lines.items()}
        return {
            "from": None if self.start is None else self.start.isoformat(),
            "results": {name: lines[name] for name in self.results if name in lines},
            "lines": lines,
        }


@dataclass(frozen=True, slots=True)
class Scale:
    """Hold the inputs, the dated versions and the examples of one scale."""

    id: str
    title: str
    unit: str
    inputs: Mapping[str, Input]
    results: tuple[str, ...]
    versions: tuple[Version, ...]
    examples: tuple[Example, ...]

    @classmethod
    def loads(cls, content: str | bytes) -> Self:
        """Read a scale. Raises: ScaleInvalid with every fault that was found."""
        faults = Faults()
        try:
            document = parse(content)
            scale = noting(cls._read, Place(document, "$", Context(faults, {}, _NO_BOUNDS)))
        except JsonInvalid as fault:
            raise ScaleInvalid([Fault("$", fault.code, str(fault))]) from None
        except RecursionError:
            raise ScaleInvalid([Fault("$", "not_json", "this is nested too deeply to be read")]) from None
        faults.raise_any()
        assert scale is not None
        return scale

    def price(self, values: Mapping[str, object]) -> Account:
        """Compute every line for the inputs of a household, its `date` among them.

        Raises: CannotPrice.
        """
        given = dict(values)
        told = given.pop("date", None)
        day = parse_day(told)
        if told is not None and day is None:
            raise CannotPrice("bad_input", f"a date is written 2025-09-01, not {brief(told)}")
        facts = Facts(take_all(self.inputs, given))
        version = version_of(self.versions, day)
        lines: dict[str, Value | None] = {}
        for line in version.lines:
            lines[line.name] = line.compute(facts)
            facts.learn(line.name, lines[line.name])
        return Account(version.start, lines, self.results)

    @classmethod
    def _read(cls, place: Place) -> Self:
        _check_schema(place)
        record = Record(place, _REQUIRED, _OPTIONAL)
        record.maybe("notes", each(text))
        record.read("sources", each(text))
        inputs = record.maybe("inputs", read_inputs) or {}
        known = place.within(_context(record, inputs))
        versions = noting(read_versions, known.key("versions")) or () if record.has("versions") else ()
        return cls(
            id=record.read("id", text),
            title=record.read("title", text),
            unit=record.read("unit", text),
            inputs={name: entry for name, entry in inputs.items() if entry},
            results=record.read("results", each(_result(versions))),
            versions=versions,
            examples=record.read("examples", each(example(inputs, versions))),
        )


def _check_schema(place: Place) -> None:
    """Refuse another language before anything else: none of its words mean anything here."""
    entries = place.entries()
    if "schema" in entries and entries["schema"].value != SCHEMA:
        entries["schema"].refuse("bad_schema", f"this program reads {SCHEMA}")


def _context(record: Record, inputs: Mapping[str, Input | None]) -> Context:
    """Return what the lines need to know: the names and sorts of the inputs, and the bounds of the rows."""
    context = record.place.context
    names = {name: entry.type.sort if entry else UNSURE for name, entry in inputs.items()}
    try:
        bounds: str | Fault = word(BOUNDS)(record.at("bounds")) if record.has("bounds") else _NO_BOUNDS
    except Broken as broken:
        context.faults.note(broken.fault)
        bounds = broken.fault
    return Context(context.faults, names, bounds)


def _result(versions: tuple[Version, ...]) -> Callable[[Place], str]:
    def read(place: Place) -> str:
        name = text(place)
        if versions and not any(name in version.sorts for version in versions):
            place.refuse("unknown_name", f"no version has a line called {brief(name)}")
        return name

    return read
