"""Clamp: a floor and a ceiling, applied before a line rounds."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from pricing.scale.facts import Facts
from pricing.scale.operands import Constant, Operand, Table, agree, cases, operand
from pricing.scale.place import Place, Record

KEYS = ("floor", "ceiling")


@dataclass(frozen=True, slots=True)
class Clamp:
    """Raise a number to the floor, then lower it to the ceiling."""

    floor: Operand | None
    ceiling: Operand | None

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read both limits of a line, if it has them."""
        return cls(record.maybe("floor", operand), record.maybe("ceiling", operand))

    def check(self, place: Place) -> None:
        """Note a floor above the ceiling, in any class of their tables."""
        floor, ceiling = self.floor, self.ceiling
        if isinstance(floor, Constant | Table) and isinstance(ceiling, Constant | Table):
            highs = list(cases(ceiling))
            for low_case, low in cases(floor):
                for high_case, high in highs:
                    if low is not None and high is not None and low > high and agree(low_case, high_case):
                        place.note("bad_order", "the floor is above the ceiling")

    def apply(self, number: Fraction, facts: Facts) -> Fraction:
        """Return the number within the limits."""
        if self.floor is not None:
            number = max(number, self.floor.value(facts).exact)
        if self.ceiling is not None:
            number = min(number, self.ceiling.value(facts).exact)
        return number
