"""Additional taxes: fractions of the local one, each for its beneficiary and its time, and how they are rounded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from pricing.money import Money, round_half_up, split
from pricing.tourist_tax.refusal import TaxInvalid


class TaxRounding(StrEnum):
    """Name where a tariff is rounded: each component on its own, or their sum once (TS-26, TS-27)."""

    PER_COMPONENT = "per_component"
    SINGLE_ROUND = "single_round"


@dataclass(frozen=True, slots=True)
class Surcharge:
    """Hold an additional tax: a fraction (0.1 for 10 %) of the local one (TS-24).

    `beneficiary` is who receives it; it is owed from `valid_from` up to, not including, `valid_until`, without end
    where these are missing.

    Raises: TaxInvalid.
    """

    name: str
    fraction: Fraction
    beneficiary: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    def __post_init__(self) -> None:
        check_fraction(self.name, self.fraction)
        if self.valid_from and self.valid_until and self.valid_from >= self.valid_until:
            raise TaxInvalid(f"{self.name} would end on {self.valid_until}, before it begins")

    @property
    def is_dated(self) -> bool:
        """Tell whether it begins or ends."""
        return self.valid_from is not None or self.valid_until is not None

    def is_owed_on(self, night: date | None) -> bool:
        """Tell whether it is owed on a night. Raises: TaxInvalid when it is dated and the night unknown."""
        if night is None and self.is_dated:
            raise TaxInvalid(f"whether {self.name} is owed depends on the night")
        if night is None:
            return True
        begun = self.valid_from is None or self.valid_from <= night
        return begun and (self.valid_until is None or night < self.valid_until)


@dataclass(frozen=True, slots=True)
class PersonNightTariff:
    """Hold what one liable person owes for one night: the local share, then each surcharge."""

    local: Money
    surcharges: tuple[tuple[str, Money], ...] = ()

    @property
    def total(self) -> Money:
        """Return the whole tariff."""
        return sum((money for _, money in self.surcharges), self.local)


def with_surcharges(
    base: Fraction, surcharges: Sequence[Surcharge], rounding: str, currency: str
) -> PersonNightTariff:
    """Round a local share (in minor units, exact) and its surcharges.

    Where only their sum is rounded, its cents are shared out over the components, which the declaration needs.

    >>> tenth = Surcharge("department", Fraction(1, 10))
    >>> for rounding in TaxRounding:
    ...     tariff = with_surcharges(Fraction("57.5"), [tenth], rounding, "EUR")
    ...     print(tariff.local, "+", tariff.surcharges[0][1], "=", tariff.total)
    0.58 EUR + 0.06 EUR = 0.64 EUR
    0.57 EUR + 0.06 EUR = 0.63 EUR
    """
    if rounding == TaxRounding.PER_COMPONENT:
        local = Money(round_half_up(base), currency)
        added = [Money(round_half_up(local.minor * one.fraction), currency) for one in surcharges]
    else:
        shares = [Fraction(1), *(one.fraction for one in surcharges)]
        total = Money(round_half_up(base * sum(shares)), currency)
        parts = 1
        for share in shares:
            parts *= share.denominator
        local, *added = split(total, [int(share * parts) for share in shares])
    return PersonNightTariff(
        local, tuple((one.name, money) for one, money in zip(surcharges, added, strict=True))
    )


def voted_rate(shown: Fraction, surcharges: Sequence[Surcharge]) -> Fraction:
    """Return the rate as voted where a table shows it with its surcharges included (TS-25).

    >>> voted_rate(Fraction("0.044"), [Surcharge("department", Fraction(1, 10))])
    Fraction(1, 25)
    """
    return shown * Fraction(1, 1 + sum(one.fraction for one in surcharges))


def voted_tariff(
    shown: Money, surcharges: Sequence[Surcharge], rounding: str = TaxRounding.PER_COMPONENT
) -> Money:
    """Return the fixed tariff as voted where a table shows it with its surcharges included (TS-25).

    >>> paris = [Surcharge("department", Fraction(10, 100)), Surcharge("region", Fraction(15, 100))]
    >>> [str(voted_tariff(Money.of(shown), paris)) for shown in ("2.88", "1.88", "1.13")]
    ['2.30 EUR', '1.50 EUR', '0.90 EUR']

    Raises: TaxInvalid when no whole number of cents, or more than one, would be shown so.
    """
    share = Fraction(1, 1 + sum(one.fraction for one in surcharges))
    around = round_half_up(shown.minor * share)
    near = range(max(0, around - len(surcharges) - 1), around + len(surcharges) + 2)
    fitting = [
        minor
        for minor in near
        if with_surcharges(Fraction(minor), surcharges, rounding, shown.currency).total == shown
    ]
    if len(fitting) != 1:
        raise TaxInvalid(f"{shown} with its surcharges comes from {len(fitting)} possible tariffs")
    return Money(fitting[0], shown.currency)


def check_fraction(name: str, fraction: object) -> None:
    """Refuse what is no fraction from 0 to 3. Raises: TaxInvalid."""
    if not isinstance(fraction, Fraction) or not 0 <= fraction <= 3:
        raise TaxInvalid(f"{name} is a fraction (0.04 for 4 %), not {fraction!r}")
