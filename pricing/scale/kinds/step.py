"""The kind `step`: the amount of the row that contains a quantity."""

from dataclasses import dataclass
from typing import ClassVar, Self

from pricing.scale.facts import Facts, Value
from pricing.scale.faults import CannotPrice
from pricing.scale.intervals import Intervals, check_rows, rows
from pricing.scale.kinds.kind import Kind
from pricing.scale.operands import Named, Tabular, amount, number
from pricing.scale.place import Place, Record
from pricing.scale.promise import check_promise, promise


@dataclass(frozen=True, slots=True)
class Step(Kind):
    """Rows of amounts, or of tables of amounts."""

    required: ClassVar[tuple[str, ...]] = ("of", "rows")
    optional: ClassVar[tuple[str, ...]] = ("monotone",)

    of: Named
    intervals: Intervals
    values: tuple[Tabular, ...]
    monotone: str | None

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read the rows."""
        intervals, values = rows(record, "value", amount)
        return cls(record.read("of", number), intervals, values, record.maybe("monotone", promise))

    def check(self, place: Place) -> None:
        """Note gaps, overlaps, and a promise that is broken."""
        entries = place.key("rows").items()
        check_rows(self.intervals, entries)
        check_promise(self.monotone, self.values, entries)

    def compute(self, facts: Facts) -> Value:
        """Return the amount of the row. Raises: CannotPrice (out_of_domain) where there is none."""
        quantity = self.of.value(facts)
        row = self.intervals.find(quantity.exact)
        if row is None:
            raise CannotPrice("out_of_domain", f"no row contains {self.of.name} = {quantity}")
        return self.values[row].value(facts)
