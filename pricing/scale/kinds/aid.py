"""The kind `aid`: what a third party pays of a price."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from pricing.scale.amount import Amount
from pricing.scale.conditions import Condition, condition
from pricing.scale.facts import Facts, Value
from pricing.scale.kinds.kind import Kind
from pricing.scale.operands import Named, Operand, number, operand
from pricing.scale.place import Record


@dataclass(frozen=True, slots=True)
class Aid(Kind):
    """The least of a share, a cap and what is not left to pay; nothing for those who are not eligible."""

    required: ClassVar[tuple[str, ...]] = ("of",)
    optional: ClassVar[tuple[str, ...]] = ("share", "cap", "left_to_pay", "eligible")
    is_rounded: ClassVar[bool] = True

    of: Named
    share: Operand | None
    cap: Operand | None
    left_to_pay: Operand | None
    eligible: Condition | None

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read the limits of the aid."""
        return cls(
            of=record.read("of", number),
            share=record.maybe("share", operand),
            cap=record.maybe("cap", operand),
            left_to_pay=record.maybe("left_to_pay", operand),
            eligible=record.maybe("eligible", condition),
        )

    def compute(self, facts: Facts) -> Value:
        """Return the aid, not yet rounded, never below 0."""
        if self.eligible is not None and not self.eligible.holds(facts):
            return Amount(Fraction(0))
        price = self.of.value(facts).exact
        share = Fraction(1) if self.share is None else self.share.value(facts).exact
        left = Fraction(0) if self.left_to_pay is None else self.left_to_pay.value(facts).exact
        limits = [share * price, price - left]
        if self.cap is not None:
            limits.append(self.cap.value(facts).exact)
        return Amount(max(Fraction(0), min(limits)))
