"""The tourist tax of unclassified lodging: a share of the price per person, capped, surcharges added.

The base is the price of the room night without VAT over everybody who sleeps there; only those who are liable
pay it (adults; minors are exempt). It is computed night by night, after the price has been chosen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from pricing.money import Money, round_half_up
from pricing.refusal import Refusal


class TaxInvalid(Refusal):
    """Say why a tax, or a night that is to be taxed, cannot be."""


class TaxRounding(StrEnum):
    """Name where a tariff is rounded: each component on its own, or their sum once (TS-26, TS-27)."""

    PER_COMPONENT = "per_component"
    SINGLE_ROUND = "single_round"


@dataclass(frozen=True, slots=True)
class Surcharge:
    """Hold an additional tax: a fraction (0.1 for 10 %) of the local one."""

    name: str
    fraction: Fraction

    def __post_init__(self) -> None:
        _check_fraction(self.name, self.fraction)


@dataclass(frozen=True, slots=True)
class UnclassifiedTax:
    """Hold the rate voted for unclassified lodging, stated without its surcharges.

    `rate` is a fraction of the price per person and night (0.04), `cap` bounds it before the surcharges,
    `is_example` marks figures that no authority has voted, `source` says where they stand.

    Raises: TaxInvalid.
    """

    rate: Fraction
    cap: Money
    surcharges: tuple[Surcharge, ...] = ()
    rounding: str = TaxRounding.PER_COMPONENT
    is_example: bool = False
    source: str = ""

    def __post_init__(self) -> None:
        _check_fraction("rate", self.rate)
        if self.cap.minor < 0:
            raise TaxInvalid(f"the cap is {self.cap}")
        if self.rounding not in list(TaxRounding):
            raise TaxInvalid(f"a tax is rounded {' or '.join(TaxRounding)}, not {self.rounding!r}")

    def per_person_night(self, price: Money, occupants: int, *, vat: Fraction = Fraction(0)) -> Money:
        """Return the tariff of one liable person for one night, surcharges included.

        `price` is that of the room night, `occupants` all who sleep there, liable or not; `vat` is the
        fraction of VAT that the price includes (0.1), 0 for a price without VAT.
        """
        if price < Money.zero(self.cap.currency) or occupants < 1 or vat < 0:
            raise TaxInvalid(f"{price} for {occupants} people is no night that is taxed")
        share = Fraction(price.minor, occupants) * Fraction(1, 1 + vat) * self.rate
        base = min(share, Fraction(self.cap.minor))
        return Money(self._with_surcharges(base), price.currency)

    def _with_surcharges(self, base: Fraction) -> int:
        if self.rounding == TaxRounding.SINGLE_ROUND:
            return round_half_up(base * (1 + sum(surcharge.fraction for surcharge in self.surcharges)))
        local = round_half_up(base)
        return local + sum(round_half_up(local * surcharge.fraction) for surcharge in self.surcharges)


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

    >>> night = TaxableNight(Money.of(36), occupants=2, liable=2)
    >>> str(tax_for_stay(example_tax(), [night, night]).total)
    '3.16 EUR'
    """
    lines = tuple(tax_for_night(tax, night, vat=vat) for night in nights)
    total = sum((line.amount for line in lines), Money.zero(tax.cap.currency))
    return TaxDue(total, lines)


def example_tax() -> UnclassifiedTax:
    """Return the invented tax of the example house: 4 %, at most 2.50 €, 10 % more for the department."""
    return UnclassifiedTax(
        rate=Fraction(4, 100),
        cap=Money.of("2.50"),
        surcharges=(Surcharge("département", Fraction(10, 100)),),
        is_example=True,
        source="example-house",
    )


def _check_fraction(name: str, fraction: object) -> None:
    if not isinstance(fraction, Fraction) or not 0 <= fraction <= 3:
        raise TaxInvalid(f"{name} is a fraction (0.04 for 4 %), not {fraction!r}")
