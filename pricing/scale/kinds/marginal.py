"""The kind `marginal`: a rate on each slice of a quantity, by parts of a household, with a cap on what parts save."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar, Self

from pricing.scale.amount import Amount
from pricing.scale.facts import Facts, Value
from pricing.scale.faults import CannotPrice
from pricing.scale.kinds.kind import Kind
from pricing.scale.operands import Named, Operand, number, operand
from pricing.scale.place import Place, Record, each, plain_decimal


@dataclass(frozen=True, slots=True)
class Bracket:
    """A rate from a threshold up to the next one."""

    start: Amount
    rate: Amount

    @classmethod
    def read(cls, place: Place) -> Self:
        """Read one bracket."""
        record = Record(place, required=("from", "rate"))
        return cls(record.read("from", plain_decimal), record.read("rate", plain_decimal))


@dataclass(frozen=True, slots=True)
class PartsCap:
    """The most that each half part beyond the base may save."""

    per_half_part: Operand
    base_parts: Operand

    @classmethod
    def read(cls, place: Place) -> Self:
        """Read the cap."""
        record = Record(place, required=("per_half_part", "base_parts"))
        return cls(record.read("per_half_part", operand), record.read("base_parts", operand))


@dataclass(frozen=True, slots=True)
class Marginal(Kind):
    """T(of / parts) x parts, T being the sum of rate x slice; nothing is due below the first bracket."""

    required: ClassVar[tuple[str, ...]] = ("of", "brackets")
    optional: ClassVar[tuple[str, ...]] = ("parts", "cap")
    is_rounded: ClassVar[bool] = True

    of: Named
    brackets: tuple[Bracket, ...]
    parts: Operand | None
    cap: PartsCap | None

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read the brackets."""
        return cls(
            of=record.read("of", number),
            brackets=record.read("brackets", each(Bracket.read)),
            parts=record.maybe("parts", operand),
            cap=record.maybe("cap", PartsCap.read),
        )

    def check(self, place: Place) -> None:
        """Note brackets that do not ascend."""
        entries = place.key("brackets").items()
        for (before, bracket), entry in zip(pairwise(self.brackets), entries[1:], strict=True):
            if bracket.start.exact <= before.start.exact:
                entry.note("bad_order", "brackets ascend")

    def compute(self, facts: Facts) -> Value:
        """Return the tax, not yet rounded. Raises: CannotPrice (out_of_domain) for a household without parts."""
        quantity = self.of.value(facts).exact
        parts = Fraction(1) if self.parts is None else self.parts.value(facts).exact
        due = self._due(quantity, parts)
        if self.cap is None:
            return Amount(due)
        base = self.cap.base_parts.value(facts).exact
        saved = self.cap.per_half_part.value(facts).exact * 2 * (parts - base)
        return Amount(max(due, self._due(quantity, base) - saved))

    def _due(self, quantity: Fraction, parts: Fraction) -> Fraction:
        if parts == 0:
            raise CannotPrice("out_of_domain", f"{self.of.name} cannot be shared by no parts")
        return self._on_one_part(Fraction(quantity, parts)) * parts

    def _on_one_part(self, quantity: Fraction) -> Fraction:
        ends = [bracket.start.exact for bracket in self.brackets[1:]] + [quantity]
        slices = [
            max(Fraction(0), min(quantity, end) - bracket.start.exact) * bracket.rate.exact
            for bracket, end in zip(self.brackets, ends, strict=True)
        ]
        return sum(slices, Fraction(0))
