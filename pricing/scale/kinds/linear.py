"""The kind `linear`: an offset and a rate times a quantity, or times what of it lies beyond a threshold."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from pricing.scale.amount import Amount
from pricing.scale.clamp import KEYS, Clamp
from pricing.scale.facts import Facts, Value
from pricing.scale.kinds.kind import Kind
from pricing.scale.operands import Named, Operand, number, operand
from pricing.scale.place import Place, Record


@dataclass(frozen=True, slots=True)
class Linear(Kind):
    """offset + rate x base, clamped."""

    required: ClassVar[tuple[str, ...]] = ("of", "rate")
    optional: ClassVar[tuple[str, ...]] = ("offset", "beyond", *KEYS)
    is_rounded: ClassVar[bool] = True

    of: Named
    rate: Operand
    offset: Operand | None
    beyond: Operand | None
    clamp: Clamp

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read the line's numbers."""
        return cls(
            of=record.read("of", number),
            rate=record.read("rate", operand),
            offset=record.maybe("offset", operand),
            beyond=record.maybe("beyond", operand),
            clamp=Clamp.read(record),
        )

    def check(self, place: Place) -> None:
        """Note a floor above the ceiling."""
        self.clamp.check(place)

    def compute(self, facts: Facts) -> Value:
        """Return the number, not yet rounded."""
        base = self.of.value(facts).exact
        if self.beyond is not None:
            base = max(Fraction(0), base - self.beyond.value(facts).exact)
        offset = Fraction(0) if self.offset is None else self.offset.value(facts).exact
        return Amount(self.clamp.apply(offset + self.rate.value(facts).exact * base, facts))
