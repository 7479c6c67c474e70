"""The kind `piecewise_linear`: straight between knots, constant outside."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from pricing.scale.amount import Amount
from pricing.scale.facts import Facts, Value
from pricing.scale.kinds.kind import Kind
from pricing.scale.operands import Constant, Named, number
from pricing.scale.place import Place, Record, each, plain_decimal
from pricing.scale.promise import check_promise, promise


@dataclass(frozen=True, slots=True)
class Knot:
    """A corner of the curve."""

    at: Amount
    value: Amount

    @classmethod
    def read(cls, place: Place) -> Self:
        """Read one knot."""
        record = Record(place, required=("at", "value"))
        return cls(record.read("at", plain_decimal), record.read("value", plain_decimal))


@dataclass(frozen=True, slots=True)
class PiecewiseLinear(Kind):
    """A curve through its knots."""

    required: ClassVar[tuple[str, ...]] = ("of", "knots")
    optional: ClassVar[tuple[str, ...]] = ("monotone",)
    is_rounded: ClassVar[bool] = True

    of: Named
    knots: tuple[Knot, ...]
    monotone: str | None

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read the knots."""
        knots = record.read("knots", each(Knot.read))
        return cls(record.read("of", number), knots, record.maybe("monotone", promise))

    def check(self, place: Place) -> None:
        """Note knots that do not ascend, and a promise that is broken."""
        entries = place.key("knots").items()
        for before, knot, entry in zip(self.knots, self.knots[1:], entries[1:], strict=False):
            if knot.at.exact <= before.at.exact:
                entry.note("bad_order", "knots ascend")
        check_promise(self.monotone, [Constant(knot.value) for knot in self.knots], entries)

    def compute(self, facts: Facts) -> Value:
        """Return the height of the curve, not yet rounded."""
        quantity = self.of.value(facts).exact
        after = next((place for place, knot in enumerate(self.knots) if quantity <= knot.at.exact), None)
        if after is None or after == 0:
            return Amount(self.knots[-1 if after is None else 0].value.exact)
        return Amount(_between(self.knots[after - 1], self.knots[after], quantity))


def _between(left: Knot, right: Knot, quantity: Fraction) -> Fraction:
    way = Fraction(quantity - left.at.exact, right.at.exact - left.at.exact)
    return left.value.exact + way * (right.value.exact - left.value.exact)
