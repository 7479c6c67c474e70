"""The account of a price that several pay: the price as agreed, each aid as a line, and what the guest pays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pricing.aids.aid import Aid, Payer
from pricing.money import Money
from pricing.refusal import Refusal

ORDER = tuple(Payer)


class AidTwice(Refusal):
    """Say that one aid was claimed twice for one price."""


@dataclass(frozen=True, slots=True)
class AidLine:
    """Hold what one aid pays of a price: always something."""

    code: str
    payer: Payer
    names: Mapping[str, str]
    amount: Money


@dataclass(frozen=True, slots=True)
class AidedPrice:
    """Hold an agreed price, untouched, and who pays it: `lines` and `to_pay` add up to `price`."""

    price: Money
    lines: tuple[AidLine, ...]
    to_pay: Money

    @property
    def aided(self) -> Money:
        """Return what others pay, as the solidarity fund wants to know it."""
        return self.price - self.to_pay


def pay_with(price: Money, aids: Sequence[Aid]) -> AidedPrice:
    """Reckon the aids of a price in the order of their payers, then of their codes.

    Each aid reckons on what those before have left, and pays that much at most. What an aid wants left for the guest to
    pay is left, whatever comes after it. An aid that pays nothing makes no line.

    >>> from pricing.aids.aid import employer_aid, partner_voucher
    >>> from fractions import Fraction
    >>> account = pay_with(Money.of(100), [partner_voucher(Money.of(70)), employer_aid(Fraction(2, 5))])
    >>> [(line.code, str(line.amount)) for line in account.lines], str(account.to_pay)
    ([('employer', '40.00 EUR'), ('voucher', '60.00 EUR')], '0.00 EUR')

    Raises: AidTwice, CurrencyMismatch.
    """
    if len({aid.code for aid in aids}) != len(aids):
        raise AidTwice("an aid is claimed once for one stay")
    left, kept = price, Money.zero(price.currency)
    lines: list[AidLine] = []
    for aid in sorted(aids, key=lambda each: (ORDER.index(each.payer), each.code)):
        amount = min(aid.amount(left), left - kept)
        if amount.minor:
            lines.append(AidLine(aid.code, aid.payer, aid.names, amount))
            left -= amount
            kept = max(kept, aid.left_to_pay or kept)
    return AidedPrice(price, tuple(lines), left)
