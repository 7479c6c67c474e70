"""The kind `product`: numbers multiplied, and divided by others."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from pricing.scale.amount import Amount
from pricing.scale.clamp import KEYS, Clamp
from pricing.scale.facts import Facts, Value
from pricing.scale.faults import CannotPrice
from pricing.scale.kinds.kind import Kind
from pricing.scale.operands import Operand, operand
from pricing.scale.place import Place, Record, each


@dataclass(frozen=True, slots=True)
class Product(Kind):
    """product / product, clamped."""

    required: ClassVar[tuple[str, ...]] = ("of",)
    optional: ClassVar[tuple[str, ...]] = ("divide_by", *KEYS)
    is_rounded: ClassVar[bool] = True

    factors: tuple[Operand, ...]
    divisors: tuple[Operand, ...]
    clamp: Clamp

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read the factors."""
        operands = each(operand)
        return cls(record.read("of", operands), record.maybe("divide_by", operands) or (), Clamp.read(record))

    def check(self, place: Place) -> None:
        """Note a floor above the ceiling."""
        self.clamp.check(place)

    def compute(self, facts: Facts) -> Value:
        """Return the number, not yet rounded. Raises: CannotPrice (out_of_domain) for a division by zero."""
        divisor = _product(self.divisors, facts)
        if divisor == 0:
            raise CannotPrice("out_of_domain", "a divisor is zero")
        return Amount(self.clamp.apply(Fraction(_product(self.factors, facts), divisor), facts))


def _product(operands: Sequence[Operand], facts: Facts) -> Fraction:
    product = Fraction(1)
    for factor in operands:
        product *= factor.value(facts).exact
    return product
