"""The tourist tax of a stay, night by night: the rate of each night, who owes it, and who collects it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pricing.money import Money
from pricing.tourist_tax.classification import Category, Classification, category_on
from pricing.tourist_tax.exemptions import Exemption, Sleeper
from pricing.tourist_tax.rates import TaxRate, TaxTable
from pricing.tourist_tax.refusal import TaxInvalid
from pricing.tourist_tax.surcharges import PersonNightTariff


@dataclass(frozen=True, slots=True)
class RoomNight:
    """Hold a room night that was slept: its agreed price, breakfast and extras apart, and who slept there (TS-18).

    A cancelled night, a no-show and a day's use are none: nothing is due for them (TS-07, TS-38).
    """

    night: date
    price: Money
    sleepers: tuple[Sleeper, ...]

    def __post_init__(self) -> None:
        if type(self.night) is not date or not self.sleepers or self.price < Money.zero(self.price.currency):
            raise TaxInvalid(
                f"{self.price} for {len(self.sleepers)} people on {self.night!r} is no room night"
            )


@dataclass(frozen=True, slots=True)
class Mandate:
    """Hold a channel's signed mandate to collect the tax itself; without one the hotel does (TS-34)."""

    channel: str
    reference: str
    signed_on: date

    def __post_init__(self) -> None:
        if not self.channel.strip() or not self.reference.strip() or type(self.signed_on) is not date:
            raise TaxInvalid("a mandate has a channel, a reference and the day on which it was signed")


@dataclass(frozen=True, slots=True)
class TaxedNight:
    """Hold all that the tax of one room night follows from, so that an old note can be recomputed (TS-28).

    `exempt` counts people by reason, `is_free` marks a night of a stay given for nothing (TS-06), `collected_by` names
    the channel that collects, or is empty when the hotel does.
    """

    night: date
    rate: TaxRate
    price: Money
    vat: Fraction
    occupants: int
    exempt: tuple[tuple[Exemption, int], ...] = ()
    is_free: bool = False
    collected_by: str = ""

    def __post_init__(self) -> None:
        counts = [count for _, count in self.exempt]
        if any(type(count) is not int or count < 1 for count in counts) or sum(counts) > self.occupants:
            raise TaxInvalid(f"{counts} of {self.occupants} people cannot be exempt")
        if self.exempt != tuple(sorted(dict(self.exempt).items())):
            raise TaxInvalid("each reason of an exemption stands once, in the order of their names")

    @property
    def category(self) -> Category:
        """Return what the house was that night."""
        return self.rate.category

    @property
    def liable(self) -> int:
        """Count those who owe the tax."""
        return 0 if self.is_free else self.occupants - sum(count for _, count in self.exempt)

    @property
    def tariff(self) -> PersonNightTariff:
        """Return what each of them owes, with its parts."""
        return self.rate.tax.tariff(self.price, self.occupants, vat=self.vat, night=self.night)

    @property
    def amount(self) -> Money:
        """Return the tax of the night, whoever collects it."""
        return self.tariff.total * self.liable

    @property
    def due(self) -> Money:
        """Return what the hotel asks for: nothing where a channel collects."""
        return Money.zero(self.price.currency) if self.collected_by else self.amount


@dataclass(frozen=True, slots=True)
class StayTax:
    """Hold the tax of a stay: a line of its own on the note, without VAT (TS-08)."""

    lines: tuple[TaxedNight, ...]
    currency: str = "EUR"

    @property
    def total(self) -> Money:
        """Return what the hotel asks the guest for."""
        return sum((line.due for line in self.lines), Money.zero(self.currency))

    @property
    def collected_by_channel(self) -> Money:
        """Return what a channel collects instead: a memo on the note."""
        return sum((line.amount - line.due for line in self.lines), Money.zero(self.currency))

    def owed_after(self, collected: Money) -> Money:
        """Return what is still owed when the channel collected this much; negative when too much (TS-35)."""
        return self.collected_by_channel - collected


def tax_of_stay(
    table: TaxTable,
    decisions: Iterable[Classification],
    nights: Sequence[RoomNight],
    *,
    vat: Fraction = Fraction(0),
    mandate: Mandate | None = None,
    currency: str = "EUR",
) -> StayTax:
    """Return the tax of a stay on the prices agreed, each night under the rate and category of that night (TS-22).

    A stay given entirely for nothing bears no tax; a cheap night, or a free one among others, does (TS-06). `vat` is
    the fraction that the prices include. A mandate counts from the day on which it was signed.

    Raises: NoTaxRate, TaxInvalid.
    """
    known = tuple(decisions)
    is_free = not any(night.price.minor for night in nights)
    lines = tuple(_taxed(table, known, night, vat, is_free, mandate) for night in nights)
    return StayTax(lines, currency)


def _taxed(
    table: TaxTable,
    decisions: tuple[Classification, ...],
    room: RoomNight,
    vat: Fraction,
    is_free: bool,
    mandate: Mandate | None,
) -> TaxedNight:
    reasons = [sleeper.exemption_on(room.night) for sleeper in room.sleepers]
    threshold = table.threshold_on(room.night)
    if threshold is not None and threshold.exempts(room.price):
        reasons = [reason or Exemption.RENT_BELOW_THRESHOLD for reason in reasons]
    exempt = Counter(reason for reason in reasons if reason is not None)
    return TaxedNight(
        room.night,
        table.rate_on(category_on(decisions, room.night), room.night),
        room.price,
        vat,
        len(reasons),
        tuple(sorted(exempt.items())),
        is_free,
        mandate.channel if mandate is not None and mandate.signed_on <= room.night else "",
    )
