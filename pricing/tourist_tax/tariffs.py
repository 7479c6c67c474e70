"""What an authority asks for a person and night: a share of the price, capped, or a fixed sum; surcharges added.

The share is taken of the price of the room night without VAT over everybody who sleeps there; only those who are
liable pay it (TS-17 to TS-19). Rates stand as they were voted, without their surcharges (TS-25).
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pricing.money import Money
from pricing.tourist_tax.refusal import TaxInvalid
from pricing.tourist_tax.surcharges import (
    PersonNightTariff,
    Surcharge,
    TaxRounding,
    check_fraction,
    with_surcharges,
)


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
        check_fraction("rate", self.rate)
        if self.cap.minor < 0:
            raise TaxInvalid(f"the cap is {self.cap}")
        _check_rounding(self.rounding)

    @property
    def currency(self) -> str:
        """Return the currency of the tax."""
        return self.cap.currency

    def tariff(
        self, price: Money, occupants: int, *, vat: Fraction = Fraction(0), night: date | None = None
    ) -> PersonNightTariff:
        """Return the tariff of one liable person for one night, with its parts.

        `price` is that of the room night, `occupants` all who sleep there, liable or not; `vat` is the fraction of
        VAT that the price includes (0.1), 0 for a price without VAT. `night` is needed where surcharges are dated.
        """
        _check_night(price, occupants, vat, self.currency)
        share = Fraction(price.minor, occupants) * Fraction(1, 1 + vat) * self.rate
        base = min(share, Fraction(self.cap.minor))
        return with_surcharges(base, _owed(self.surcharges, night), self.rounding, self.currency)

    def per_person_night(
        self, price: Money, occupants: int, *, vat: Fraction = Fraction(0), night: date | None = None
    ) -> Money:
        """Return the tariff of one liable person for one night, surcharges included."""
        return self.tariff(price, occupants, vat=vat, night=night).total


@dataclass(frozen=True, slots=True)
class FixedTax:
    """Hold the sum voted for a classified category, per person and night, stated without its surcharges.

    Raises: TaxInvalid.
    """

    amount: Money
    surcharges: tuple[Surcharge, ...] = ()
    rounding: str = TaxRounding.PER_COMPONENT
    is_example: bool = False
    source: str = ""

    def __post_init__(self) -> None:
        if self.amount.minor < 0:
            raise TaxInvalid(f"a tariff of {self.amount}")
        _check_rounding(self.rounding)

    @property
    def currency(self) -> str:
        """Return the currency of the tax."""
        return self.amount.currency

    def tariff(
        self, price: Money, occupants: int, *, vat: Fraction = Fraction(0), night: date | None = None
    ) -> PersonNightTariff:
        """Return the tariff of one liable person for one night, with its parts, whatever the price."""
        _check_night(price, occupants, vat, self.currency)
        return with_surcharges(
            Fraction(self.amount.minor), _owed(self.surcharges, night), self.rounding, self.currency
        )


Tax = UnclassifiedTax | FixedTax


def example_tax() -> UnclassifiedTax:
    """Return the invented tax of the example house: 4 %, at most 2.50 €, 10 % more for the department."""
    return UnclassifiedTax(
        rate=Fraction(4, 100),
        cap=Money.of("2.50"),
        surcharges=(Surcharge("département", Fraction(10, 100)),),
        is_example=True,
        source="example-house",
    )


def _owed(surcharges: tuple[Surcharge, ...], night: date | None) -> list[Surcharge]:
    return [surcharge for surcharge in surcharges if surcharge.is_owed_on(night)]


def _check_rounding(rounding: str) -> None:
    if rounding not in list(TaxRounding):
        raise TaxInvalid(f"a tax is rounded {' or '.join(TaxRounding)}, not {rounding!r}")


def _check_night(price: Money, occupants: int, vat: Fraction, currency: str) -> None:
    if price < Money.zero(currency) or occupants < 1 or vat < 0:
        raise TaxInvalid(f"{price} for {occupants} people is no night that is taxed")
