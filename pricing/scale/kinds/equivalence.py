"""The kind `equivalence`: what the members of a household weigh together."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from pricing.scale.amount import Amount
from pricing.scale.facts import Facts, Value
from pricing.scale.kinds.kind import Kind
from pricing.scale.operands import Named, count
from pricing.scale.place import Place, Record, each, plain_decimal


@dataclass(frozen=True, slots=True)
class Members:
    """A count of people and the weights of the first, the second…; the last weight repeats."""

    of: Named
    weights: tuple[Amount, ...]

    @classmethod
    def read(cls, place: Place) -> Self:
        """Read one entry of `members`."""
        record = Record(place, required=("of", "each"))
        return cls(record.read("of", count), record.read("each", each(plain_decimal)))

    def weigh(self, people: int) -> Fraction:
        """Return what a number of people weighs, without counting them one by one."""
        first = [weight.exact for weight in self.weights[:people]]
        return sum(first, Fraction(0)) + self.weights[-1].exact * (people - len(first))


@dataclass(frozen=True, slots=True)
class Equivalence(Kind):
    """The sum of the weights of all members."""

    required: ClassVar[tuple[str, ...]] = ("members",)

    members: tuple[Members, ...]

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read the members."""
        return cls(record.read("members", each(Members.read)))

    def compute(self, facts: Facts) -> Value:
        """Return the weight of the household."""
        weights = [entry.weigh(int(entry.of.value(facts).exact)) for entry in self.members]
        return Amount(sum(weights, Fraction(0)))
