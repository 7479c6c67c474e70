"""A line: a name, a kind, and what all kinds share: when it is there, what overrides it, how it rounds."""

from dataclasses import dataclass
from typing import Self

from pricing.scale.amount import Amount
from pricing.scale.conditions import Condition, condition
from pricing.scale.facts import Facts, Value
from pricing.scale.faults import brief
from pricing.scale.kinds import KINDS
from pricing.scale.kinds.kind import Kind
from pricing.scale.names import new_name
from pricing.scale.operands import Operand, operand
from pricing.scale.place import Place, Record, each, noting, text
from pricing.scale.rounding import Rounding, rounding

_REQUIRED = ("name", "kind")
_OPTIONAL = ("when", "note", "unit")
_EVERY_KEY = frozenset(
    {"round", "overrides", *_OPTIONAL}.union(*(kind.required + kind.optional for kind in KINDS.values()))
)


@dataclass(frozen=True, slots=True)
class Override:
    """Replace what a kind would compute, where a condition holds."""

    when: Condition
    value: Operand

    @classmethod
    def read(cls, place: Place) -> Self:
        """Read one override."""
        record = Record(place, required=("when", "value"), optional=("note",))
        record.maybe("note", text)
        return cls(record.read("when", condition), record.read("value", operand))


@dataclass(frozen=True, slots=True)
class Line:
    """Compute one named value."""

    name: str
    kind: Kind
    when: Condition | None
    overrides: tuple[Override, ...]
    rounding: Rounding | None

    def compute(self, facts: Facts) -> Value | None:
        """Return the value, None where the line is absent. Raises: CannotPrice."""
        if self.when is not None and not self.when.holds(facts):
            return None
        value = self._value(facts)
        if self.rounding is not None and isinstance(value, Amount):
            return self.rounding.apply(value.exact)
        return value

    def _value(self, facts: Facts) -> Value:
        for override in self.overrides:
            if override.when.holds(facts):
                return override.value.value(facts)
        return self.kind.compute(facts)


def line_name(place: Place) -> str | None:
    """Read the name of a line, None where it cannot be read; the fault is noted."""
    entries = noting(Place.entries, place) or {}
    return noting(new_name, entries["name"]) if "name" in entries else None


def read_line(place: Place) -> Line | None:
    """Read a line, None if anything in it is wrong; faults are noted."""
    faults = place.context.faults
    before = faults.noted
    line = noting(_line, place)
    return None if faults.since(before) else line


def _line(place: Place) -> Line:
    kind = KINDS[_kind_word(place)]
    faults = place.context.faults
    before = faults.noted
    record = Record(place, (*_REQUIRED, *kind.required), _optional_keys(kind))
    if kind.is_rounded and not record.has("round"):
        place.note("missing_round", "a line of this kind says how it rounds")
    record.maybe("note", text)
    record.maybe("unit", text)
    computed = kind.read(record)
    if not faults.since(before):
        computed.check(place)
    return Line(
        name=line_name(place) or "",
        kind=computed,
        when=record.maybe("when", condition),
        overrides=record.maybe("overrides", each(Override.read)) or (),
        rounding=record.maybe("round", rounding),
    )


def _kind_word(place: Place) -> str:
    entries = place.entries()
    if "kind" not in entries:
        Record(place, _REQUIRED, _EVERY_KEY)  # a misspelt `kind` is told before the missing one
        place.refuse("missing_key", "`kind` is missing")
    kind = entries["kind"]
    if not isinstance(kind.value, str) or kind.value not in KINDS:
        kind.refuse("unknown_kind", f"there is no kind {brief(kind.value)}; there are {', '.join(KINDS)}")
    return kind.value


def _optional_keys(kind: type[Kind]) -> tuple[str, ...]:
    rounded = ("round",) if kind.is_rounded else ()
    overridden = ("overrides",) if kind.takes_overrides else ()
    return (*kind.optional, *_OPTIONAL, *rounded, *overridden)
