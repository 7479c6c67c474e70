"""The kind `per_person_night`: the tourist tax of one liable person and night."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from pricing.scale.amount import Amount
from pricing.scale.conditions import Condition, condition
from pricing.scale.facts import Facts, Value
from pricing.scale.faults import CannotPrice
from pricing.scale.kinds.kind import Kind
from pricing.scale.operands import Named, Operand, number, operand
from pricing.scale.place import Place, Record, each, text


@dataclass(frozen=True, slots=True)
class Percentage:
    """A share of the price of the room, over all who sleep there, up to a cap."""

    rate: Operand
    of: Named
    shared_by: Operand
    cap: Operand | None

    @classmethod
    def read(cls, place: Place) -> Self:
        """Read the percentage."""
        record = Record(place, required=("rate", "of", "shared_by"), optional=("cap",))
        return cls(
            rate=record.read("rate", operand),
            of=record.read("of", number),
            shared_by=record.read("shared_by", operand),
            cap=record.maybe("cap", operand),
        )

    def due(self, facts: Facts) -> Fraction:
        """Return the amount. Raises: CannotPrice (out_of_domain) when nobody shares it."""
        sharing = self.shared_by.value(facts).exact
        if sharing == 0:
            raise CannotPrice("out_of_domain", f"{self.of.name} cannot be shared by nobody")
        due = Fraction(self.rate.value(facts).exact * self.of.value(facts).exact, sharing)
        return due if self.cap is None else min(due, self.cap.value(facts).exact)


@dataclass(frozen=True, slots=True)
class PerPersonNight(Kind):
    """Nothing if exempt, else the tariff or the percentage, with the surcharges of other authorities."""

    optional: ClassVar[tuple[str, ...]] = ("tariff", "percentage", "surcharges", "exempt")
    is_rounded: ClassVar[bool] = True

    tariff: Operand | None
    percentage: Percentage | None
    surcharges: tuple[Operand, ...]
    exempt: Condition | None

    @classmethod
    def read(cls, record: Record) -> Self:
        """Read the tariff and what replaces or raises it."""
        return cls(
            tariff=record.maybe("tariff", _tariff),
            percentage=record.maybe("percentage", Percentage.read),
            surcharges=record.maybe("surcharges", each(_surcharge)) or (),
            exempt=record.maybe("exempt", condition),
        )

    def check(self, place: Place) -> None:
        """Note a tax that has neither tariff nor percentage."""
        if self.tariff is None and self.percentage is None:
            place.note("missing_key", "a tax has a `tariff`, a `percentage` or both")

    def compute(self, facts: Facts) -> Value:
        """Return the tax, not yet rounded."""
        if self.exempt is not None and self.exempt.holds(facts):
            return Amount(Fraction(0))
        surcharges = sum((rate.value(facts).exact for rate in self.surcharges), Fraction(0))
        return Amount(self._before_surcharges(facts) * (1 + surcharges))

    def _before_surcharges(self, facts: Facts) -> Fraction:
        tariff = None if self.tariff is None else self.tariff.find(facts)
        if tariff is not None:
            return tariff.exact
        if self.percentage is not None:
            return self.percentage.due(facts)
        assert self.tariff is not None
        return self.tariff.value(facts).exact  # there is none, which this says


def _tariff(place: Place) -> Operand | None:
    return None if place.value is None else operand(place)


def _surcharge(place: Place) -> Operand:
    record = Record(place, required=("name", "rate"))
    record.read("name", text)
    return record.read("rate", operand)
