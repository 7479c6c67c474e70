"""The kind `value`: an operand as it is."""

from dataclasses import dataclass
from typing import ClassVar, Self

from pricing.scale.facts import Facts, Value
from pricing.scale.kinds.kind import Kind
from pricing.scale.operands import Operand, operand
from pricing.scale.place import Record


@dataclass(frozen=True, slots=True)
class PlainValue(Kind):
    """An amount, an entry of a table, or the number of another line."""

    required: ClassVar[tuple[str, ...]] = ("value",)

    value: Operand

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read the operand."""
        return cls(record.read("value", operand))

    def compute(self, facts: Facts) -> Value:
        """Return the operand, printed as it is written."""
        return self.value.value(facts)
