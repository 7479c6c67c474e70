"""What a rule reckons with: an amount, a table of amounts by classes, or the name of a number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from pricing.scale.amount import Amount
from pricing.scale.facts import Facts
from pricing.scale.faults import CannotPrice, brief
from pricing.scale.names import is_written_like_a_name
from pricing.scale.place import Place, Record, noting, plain_decimal, text
from pricing.scale.sorts import Sort

Case = tuple[Mapping[str, str], Fraction | None]


class Operand(Protocol):
    """Give an amount from the facts."""

    def find(self, facts: Facts) -> Amount | None:
        """Return the amount, None where there is none."""

    def value(self, facts: Facts) -> Amount:
        """Return the amount that is needed. Raises: CannotPrice."""


@dataclass(frozen=True, slots=True)
class Constant:
    """An amount that the file writes."""

    amount: Amount

    def find(self, _facts: Facts) -> Amount | None:
        """Return the amount."""
        return self.amount

    def value(self, _facts: Facts) -> Amount:
        """Return the amount."""
        return self.amount


@dataclass(frozen=True, slots=True)
class Named:
    """The number of an input or of a line above."""

    name: str

    def find(self, facts: Facts) -> Amount | None:
        """Return the number, None where it is not given."""
        return None if facts.find(self.name) is None else facts.number(self.name)

    def value(self, facts: Facts) -> Amount:
        """Return the number. Raises: CannotPrice (missing_input)."""
        return facts.number(self.name)


@dataclass(frozen=True, slots=True)
class Table:
    """An amount, a further table or nothing for each class of a name."""

    by: str
    values: Mapping[str, "Constant | Table | None"]

    def find(self, facts: Facts) -> Amount | None:
        """Look the amount up, None where the table has none. Raises: CannotPrice (missing_input)."""
        entry: Constant | Table | None = self
        while isinstance(entry, Table):
            entry = entry.values[facts.class_of(entry.by)]
        return None if entry is None else entry.amount

    def value(self, facts: Facts) -> Amount:
        """Look the amount up. Raises: CannotPrice (missing_input, out_of_domain)."""
        amount = self.find(facts)
        if amount is None:
            raise CannotPrice("out_of_domain", f"the table by {self.by} has no value here")
        return amount


Tabular = Constant | Table


def operand(place: Place) -> Operand:
    """Read an amount, a table, or the name of a number."""
    if isinstance(place.value, str) and is_written_like_a_name(place.value):
        return number(place)
    return amount(place)


def number(place: Place) -> Named:
    """Read the name of a number: an amount or count, or a line above."""
    if not known(place).is_number:
        place.refuse("wrong_type", f"{brief(place.value)} is no number")
    return Named(text(place))


def count(place: Place) -> Named:
    """Read the name of a count."""
    if not known(place).is_count:
        place.refuse("wrong_type", f"{brief(place.value)} is no count")
    return Named(text(place))


def amount(place: Place) -> Tabular:
    """Read an amount or a table of amounts."""
    return _table(place) if isinstance(place.value, dict) else Constant(plain_decimal(place))


def known(place: Place) -> Sort:
    """Read a name and return what it stands for."""
    sort = place.context.names.get(text(place))
    if sort is None:
        place.refuse("unknown_name", f"no input and no line above is called {brief(place.value)}")
    return sort


def _table(place: Place) -> Table:
    record = Record(place, required=("by", "values"))
    if not record.has("by") or not record.has("values"):
        return Table("", {})
    by = record.at("by")
    if not known(by).has_classes:
        by.refuse("wrong_type", f"{brief(by.value)} has no classes for a table")
    entries = record.at("values").entries()
    if not known(by).are_its_classes(entries):
        place.note("incomplete_table", f"the table does not list exactly the classes of {by.value}")
    return Table(text(by), {key: noting(_entry, entry) for key, entry in entries.items()})


def _entry(place: Place) -> Tabular | None:
    return None if place.value is None else amount(place)


def cases(amount: Tabular, chosen: Mapping[str, str] | None = None) -> Iterator[Case]:
    """List what an amount is in each case of its classes; cases that cannot be are left out."""
    chosen = chosen or {}
    if isinstance(amount, Constant):
        yield chosen, amount.amount.exact
        return
    for name, entry in amount.values.items():
        if chosen.get(amount.by, name) == name:
            case = {**chosen, amount.by: name}
            if entry is None:
                yield case, None
            else:
                yield from cases(entry, case)


def agree(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Tell whether two cases can be at once."""
    return all(other.get(by, name) == name for by, name in one.items())
