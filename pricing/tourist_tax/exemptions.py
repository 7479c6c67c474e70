"""Who owes no tourist tax, by a closed list of reasons that are looked at night by night."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from pricing.tourist_tax.refusal import TaxInvalid

ADULT_AGE = 18


class Exemption(StrEnum):
    """Name the reasons of the law (CGCT L2333-31, and its definition of who is liable; TS-11).

    There are no others: a low income, a handicap, a profession are none (TS-14).
    """

    MINOR = "minor"
    SEASONAL_WORKER = "seasonal_worker"
    EMERGENCY_HOUSING = "emergency_housing"
    RENT_BELOW_THRESHOLD = "rent_below_threshold"
    DOMICILED_IN_COMMUNE = "domiciled_in_commune"

    @classmethod
    def of(cls, reason: str) -> Self:
        """Read a reason. Raises: TaxInvalid for any text that is not on the list."""
        if reason not in list(cls):
            raise TaxInvalid(f"{reason!r} exempts nobody; what does: {', '.join(cls)}")
        return cls(reason)

    @property
    def is_set_at_desk(self) -> bool:
        """Tell whether a guest cannot claim it alone: somebody at the desk, or the price, decides (TS-13, TS-16)."""
        return self in {Exemption.EMERGENCY_HOUSING, Exemption.RENT_BELOW_THRESHOLD}


@dataclass(frozen=True, slots=True)
class Sleeper:
    """Hold one who sleeps in a room: liable, or exempt on the nights before `until` (without end if missing).

    Ages are asked, not birth dates; only the birthday on which a guest comes of age during a stay is needed.

    >>> young = Sleeper.of_age(17, adult_from=date(2027, 7, 3))
    >>> [young.exemption_on(date(2027, 7, day)) for day in (2, 3)]
    [<Exemption.MINOR: 'minor'>, None]

    Raises: TaxInvalid.
    """

    exemption: Exemption | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.exemption is not None and type(self.exemption) is not Exemption:
            raise TaxInvalid(f"{self.exemption!r} exempts nobody; what does: {', '.join(Exemption)}")
        if self.exemption == Exemption.RENT_BELOW_THRESHOLD:
            raise TaxInvalid(
                "whether a rent is below the threshold follows from the price, not from the guest"
            )
        if self.until is not None and (self.exemption is None or type(self.until) is not date):
            raise TaxInvalid("an exemption ends on a plain day; where there is none, none ends")

    @classmethod
    def of_age(cls, age: int, *, adult_from: date | None = None) -> Self:
        """Return a guest of this age on arrival, who comes of age on a day of the stay if one is given."""
        if type(age) is not int or not 0 <= age <= 130:
            raise TaxInvalid(f"{age!r} is no age")
        return cls(Exemption.MINOR, adult_from) if age < ADULT_AGE else cls()

    def exemption_on(self, night: date) -> Exemption | None:
        """Return why the guest does not owe the tax of a night, or None who owes it (TS-12)."""
        return self.exemption if self.until is None or night < self.until else None
