"""The kind `class`: the text of the row that contains a quantity, or of a row further down."""

from dataclasses import dataclass
from typing import ClassVar, Self

from pricing.scale.facts import Facts, Value
from pricing.scale.faults import CannotPrice
from pricing.scale.intervals import Intervals, check_rows, rows
from pricing.scale.kinds.kind import Kind
from pricing.scale.operands import Named, count, number
from pricing.scale.place import Place, Record, text
from pricing.scale.sorts import Sort


@dataclass(frozen=True, slots=True)
class ClassOfRow(Kind):
    """Rows of classes, by which the tables of lines below may be read."""

    required: ClassVar[tuple[str, ...]] = ("of", "rows")
    optional: ClassVar[tuple[str, ...]] = ("shift",)
    takes_overrides: ClassVar[bool] = False

    of: Named
    intervals: Intervals
    classes: tuple[str, ...]
    shift: Named | None

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read the rows."""
        intervals, classes = rows(record, "class", text)
        return cls(record.read("of", number), intervals, classes, record.maybe("shift", count))

    def check(self, place: Place) -> None:
        """Note gaps and overlaps."""
        check_rows(self.intervals, place.key("rows").items())

    @property
    def sort(self) -> Sort:
        """Return a choice of the classes."""
        return Sort.choice(self.classes)

    def compute(self, facts: Facts) -> Value:
        """Return the class. Raises: CannotPrice (out_of_domain) where no row contains the quantity."""
        quantity = self.of.value(facts)
        row = self.intervals.find(quantity.exact)
        if row is None:
            raise CannotPrice("out_of_domain", f"no row contains {self.of.name} = {quantity}")
        further = 0 if self.shift is None else int(self.shift.value(facts).exact)
        return self.classes[min(row + further, len(self.classes) - 1)]
