"""The tax of a stay under one rate, where the rate and those who owe it are known: the short way."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pricing.money import Money
from pricing.tourist_tax.refusal import TaxInvalid
from pricing.tourist_tax.tariffs import UnclassifiedTax


@dataclass(frozen=True, slots=True)
class TaxableNight:
    """Hold a room night to tax: its agreed price, everybody who sleeps there, and those who owe the tax."""

    price: Money
    occupants: int
    liable: int

    def __post_init__(self) -> None:
        if not 0 <= self.liable <= self.occupants or self.occupants < 1:
            raise TaxInvalid(f"{self.liable} of {self.occupants} people cannot owe a tax")


@dataclass(frozen=True, slots=True)
class TaxLine:
    """Hold the tax of one room night and what it was computed from, so that an old note can be redone."""

    night: TaxableNight
    per_person: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class TaxDue:
    """Hold the tax of a stay: the lines add up to the total."""

    total: Money
    lines: tuple[TaxLine, ...]


def tax_for_night(tax: UnclassifiedTax, night: TaxableNight, *, vat: Fraction = Fraction(0)) -> TaxLine:
    """Return the tax of one room night: the rounded tariff times those who are liable."""
    per_person = tax.per_person_night(night.price, night.occupants, vat=vat)
    return TaxLine(night, per_person, per_person * night.liable)


def tax_for_stay(
    tax: UnclassifiedTax, nights: Sequence[TaxableNight], *, vat: Fraction = Fraction(0)
) -> TaxDue:
    """Return the tax of a stay as the sum of its room nights.

    >>> from pricing.tourist_tax import example_tax
    >>> night = TaxableNight(Money.of(36), occupants=2, liable=2)
    >>> str(tax_for_stay(example_tax(), [night, night]).total)
    '3.16 EUR'
    """
    lines = tuple(tax_for_night(tax, night, vat=vat) for night in nights)
    total = sum((line.amount for line in lines), Money.zero(tax.currency))
    return TaxDue(total, lines)
