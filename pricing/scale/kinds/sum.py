"""The kind `sum`: numbers added, and others taken away."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from pricing.scale.amount import Amount
from pricing.scale.clamp import KEYS, Clamp
from pricing.scale.facts import Facts, Value
from pricing.scale.kinds.kind import Kind
from pricing.scale.operands import Operand, operand
from pricing.scale.place import Place, Record, each


@dataclass(frozen=True, slots=True)
class Sum(Kind):
    """sum - sum, clamped."""

    required: ClassVar[tuple[str, ...]] = ("plus",)
    optional: ClassVar[tuple[str, ...]] = ("minus", *KEYS)
    is_rounded: ClassVar[bool] = True

    plus: tuple[Operand, ...]
    minus: tuple[Operand, ...]
    clamp: Clamp

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read the terms."""
        operands = each(operand)
        return cls(record.read("plus", operands), record.maybe("minus", operands) or (), Clamp.read(record))

    def check(self, place: Place) -> None:
        """Note a floor above the ceiling."""
        self.clamp.check(place)

    def compute(self, facts: Facts) -> Value:
        """Return the number, not yet rounded."""
        return Amount(self.clamp.apply(_sum(self.plus, facts) - _sum(self.minus, facts), facts))


def _sum(operands: Sequence[Operand], facts: Facts) -> Fraction:
    return sum((term.value(facts).exact for term in operands), Fraction(0))
