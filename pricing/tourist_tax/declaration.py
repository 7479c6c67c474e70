"""The declaration of a period: what was collected and for whom, without a name, also when it is nothing (TS-29-31)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pricing.money import Money
from pricing.periods import Period
from pricing.tourist_tax.exemptions import Exemption
from pricing.tourist_tax.stay_tax import TaxedNight


@dataclass(frozen=True, slots=True)
class Declaration:
    """Hold the sums of a period over the nights slept in it, in person nights and money.

    `lines` stand in the order of collection and say the price of each night, which the authority needs to check
    unclassified lodging (TS-30). What a channel collected is apart: it declares that itself.
    """

    period: Period
    lines: tuple[TaxedNight, ...]
    taxable: int
    exempt: tuple[tuple[Exemption, int], ...]
    free: int
    local: Money
    surcharges: tuple[tuple[str, Money], ...]
    collected_by_channels: Money

    @property
    def person_nights(self) -> int:
        """Count all person nights, those that channels collect for included."""
        return sum(line.occupants for line in self.lines)

    @property
    def total(self) -> Money:
        """Return what the hotel owes the authority for the period."""
        return sum((money for _, money in self.surcharges), self.local)


def declare(lines: Iterable[TaxedNight], period: Period, currency: str = "EUR") -> Declaration:
    """Return the declaration of a period; a nil return when nobody slept."""
    told = tuple(line for line in lines if period.contains(line.night))
    exempt, surcharges = Counter[Exemption](), Counter[str]()
    local = 0
    for line in told:
        exempt.update({} if line.is_free else dict(line.exempt))
        if line.collected_by:
            continue
        tariff = line.tariff
        local += tariff.local.minor * line.liable
        for name, money in tariff.surcharges:
            surcharges[name] += money.minor * line.liable
    return Declaration(
        period,
        told,
        taxable=sum(line.liable for line in told if not line.collected_by),
        exempt=tuple(sorted(exempt.items())),
        free=sum(line.occupants for line in told if line.is_free),
        local=Money(local, currency),
        surcharges=tuple((name, Money(minor, currency)) for name, minor in sorted(surcharges.items())),
        collected_by_channels=sum((line.amount - line.due for line in told), Money.zero(currency)),
    )
