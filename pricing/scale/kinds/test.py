"""The kind `test`: whether a condition holds."""

from dataclasses import dataclass
from typing import ClassVar, Self

from pricing.scale.conditions import Condition, condition
from pricing.scale.facts import Facts, Value
from pricing.scale.kinds.kind import Kind
from pricing.scale.place import Record
from pricing.scale.sorts import FLAG, Sort


@dataclass(frozen=True, slots=True)
class ConditionTest(Kind):
    """True or false."""

    required: ClassVar[tuple[str, ...]] = ("that",)
    takes_overrides: ClassVar[bool] = False

    that: Condition

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read the condition."""
        return cls(record.read("that", condition))

    @property
    def sort(self) -> Sort:
        """Return a flag."""
        return FLAG

    def compute(self, facts: Facts) -> Value:
        """Tell whether the condition holds."""
        return self.that.holds(facts)
