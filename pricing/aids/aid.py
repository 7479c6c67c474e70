"""An aid: somebody else pays a part of a price, up to a cap, and may want something left for the guest to pay."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from pricing.money import Money
from pricing.refusal import Refusal

EMPLOYER = MappingProxyType({"fr": "Votre employeur", "en": "Your employer"})
VOUCHER = MappingProxyType({"fr": "Bon d’un partenaire", "en": "A partner’s voucher"})


class AidInvalid(Refusal):
    """Say why there can be no such aid."""


class Payer(StrEnum):
    """Name who pays, in the order in which aids are reckoned: each of what those before have left.

    A national body reckons on the whole price, as its rules say; an employer on what remains; a partner of the house
    comes last, for its voucher is there to fill a gap.
    """

    NATIONAL = "national"
    EMPLOYER = "employer"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Aid:
    """Hold an aid: a share of the price, `cap` at most, with `left_to_pay` for the guest at least.

    `names` are by language, as a line of an account says them.

    >>> aid = Aid("town", Payer.PARTNER, VOUCHER, share=Fraction(1, 2), cap=Money.of(40), left_to_pay=Money.of(10))
    >>> [aid.amount(Money.of(price)).minor for price in (8, 15, 60, 100)]
    [0, 500, 3000, 4000]

    Raises: AidInvalid for a share that is none, and an amount that is negative.
    """

    code: str
    payer: Payer
    names: Mapping[str, str]
    share: Fraction = Fraction(1)
    cap: Money | None = None
    left_to_pay: Money | None = None

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1:
            raise AidInvalid(f"{self.code}: an aid pays a part of a price, not {self.share} of it")
        for bound in (self.cap, self.left_to_pay):
            if bound is not None and bound.minor < 0:
                raise AidInvalid(f"{self.code}: {bound} bounds nothing")

    def amount(self, price: Money) -> Money:
        """Return what it pays of a price, to the cent, half up; never below nothing."""
        nothing = Money.zero(price.currency)
        limits = [Money.nearest(Fraction(price.decimal) * self.share, price.currency)]
        limits.append(price - (self.left_to_pay or nothing))
        if self.cap is not None:
            limits.append(self.cap)
        return max(nothing, min(limits))


def employer_aid(share: Fraction, cap: Money | None = None, *, code: str = "employer") -> Aid:
    """Return what an employer agreed to pay: a share, and at most a cap. Raises: AidInvalid."""
    return Aid(code, Payer.EMPLOYER, EMPLOYER, share=share, cap=cap)


def partner_voucher(amount: Money, *, code: str = "voucher") -> Aid:
    """Return a partner's voucher: an amount, as far as there is something to pay. Raises: AidInvalid."""
    return Aid(code, Payer.PARTNER, VOUCHER, cap=amount)
