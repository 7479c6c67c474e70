"""The rates of one authority as they were voted: a list that is added to, each rate from its own day on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from pricing.money import Money
from pricing.tourist_tax.classification import Category
from pricing.tourist_tax.refusal import NoTaxRate, TaxInvalid
from pricing.tourist_tax.tariffs import Tax, UnclassifiedTax


class Regime(StrEnum):
    """Name how an authority levies: on each person and night really spent, or a flat sum on capacity (TS-03).

    The flat sum concerns no guest and is not computed here.
    """

    REAL = "real"
    FLAT = "flat"


@dataclass(frozen=True, slots=True)
class TaxRate:
    """Hold one rate: what is asked of a category from a day on, until another one takes its place (TS-02).

    `decided_on` is the date of the document named as the tax's source, `entered_by` who copied it;
    `are_surcharges_settled` tells that somebody has found out which department or region adds to it, none included
    (TS-23).

    Raises: TaxInvalid when unclassified lodging would pay a fixed sum, or a classified one a share of the price.
    """

    authority: str
    category: Category
    valid_from: date
    tax: Tax
    decided_on: date | None = None
    entered_by: str = ""
    are_surcharges_settled: bool = False

    def __post_init__(self) -> None:
        if type(self.valid_from) is not date:
            raise TaxInvalid(f"a rate is in force from a plain day on, not {self.valid_from!r}")
        if (self.category == Category.UNCLASSIFIED) != isinstance(self.tax, UnclassifiedTax):
            raise TaxInvalid(f"{self.category} does not pay by a {type(self.tax).__name__}")

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what the rate is known by: authority, category and first day."""
        return (self.authority, self.category.value, self.valid_from.isoformat())


@dataclass(frozen=True, slots=True)
class RentThreshold:
    """Hold the price of a room night under which nobody owes the tax, from a day on (TS-13).

    It is compared with the price as charged. An authority that has set none has a threshold of nothing.
    """

    valid_from: date
    amount: Money
    source: str = ""
    is_example: bool = False

    def exempts(self, price: Money) -> bool:
        """Tell whether a price is below it; the threshold itself is not."""
        return price < self.amount


@dataclass(frozen=True, slots=True)
class TaxTable:
    """Hold all that is known of what one authority asks, past and to come.

    Raises: TaxInvalid for two rates of one category and day, another authority's rate, or two currencies.
    """

    authority: str
    rates: tuple[TaxRate, ...] = ()
    thresholds: tuple[RentThreshold, ...] = ()
    regime: Regime = Regime.REAL

    def __post_init__(self) -> None:
        keys = [rate.key for rate in self.rates]
        if len(set(keys)) != len(keys):
            raise TaxInvalid("a rate is superseded from another day on, never replaced")
        if len({threshold.valid_from for threshold in self.thresholds}) != len(self.thresholds):
            raise TaxInvalid("a threshold is superseded from another day on, never replaced")
        if strange := [rate.authority for rate in self.rates if rate.authority != self.authority]:
            raise TaxInvalid(f"a rate of {strange[0]} among those of {self.authority}")
        currencies = {rate.tax.currency for rate in self.rates} | {
            one.amount.currency for one in self.thresholds
        }
        if len(currencies) > 1:
            raise TaxInvalid(f"a tax in {' and '.join(sorted(currencies))}")

    def superseded_by(self, rate: TaxRate) -> Self:
        """Return the table with one more rate. Raises: TaxInvalid when that day has one already."""
        return type(self)(self.authority, (*self.rates, rate), self.thresholds, self.regime)

    def rate_on(self, category: Category, night: date) -> TaxRate:
        """Return the rate in force on a night, whenever the stay was booked (TS-22).

        Raises: NoTaxRate, TaxInvalid where a flat sum is levied.
        """
        if self.regime == Regime.FLAT:
            raise TaxInvalid(f"{self.authority} levies a flat sum, which no guest owes")
        known = [rate for rate in self.rates if rate.category == category and rate.valid_from <= night]
        if not known:
            raise NoTaxRate(f"nobody has entered what {self.authority} asks of {category} on {night}")
        return max(known, key=lambda rate: rate.valid_from)

    def threshold_on(self, night: date) -> RentThreshold | None:
        """Return the threshold in force on a night, or None while nobody has entered one."""
        known = [threshold for threshold in self.thresholds if threshold.valid_from <= night]
        return max(known, key=lambda threshold: threshold.valid_from, default=None)
