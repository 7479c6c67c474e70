"""Money: whole minor units and a currency, and the only place of the house that rounds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Self

from pricing.refusal import Refusal

MINOR_DIGITS = {
    "EUR": 2, "BGN": 2, "CAD": 2, "CHF": 2, "CZK": 2, "DKK": 2, "GBP": 2, "HUF": 2, "MAD": 2,
    "NOK": 2, "PLN": 2, "RON": 2, "SEK": 2, "USD": 2, "JPY": 0, "XAF": 0, "XOF": 0, "TND": 3,
}  # fmt: skip
_PLAIN_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")


class CurrencyMismatch(TypeError):
    """Say that two currencies met in one sum: a mistake of the program, not of the guest."""


class AmountInvalid(Refusal):
    """Say that a text or number is no amount of this currency."""


@dataclass(frozen=True, slots=True)
class Money:
    """Hold a number of minor units (cents) of one currency.

    >>> Money.of("46") + Money(600) * 2
    Money(minor=5800, currency='EUR')
    """

    minor: int
    currency: str = "EUR"

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"minor units are a whole number, not {self.minor!r}")
        if self.currency not in MINOR_DIGITS:
            raise AmountInvalid(f"{self.currency!r} is no currency that the house knows")

    @classmethod
    def of(cls, amount: str | int | Decimal | Fraction, currency: str = "EUR") -> Self:
        """Read an amount in major units, exactly ("12.50" is 1250 cents).

        Raises: AmountInvalid when it is no plain decimal number, or is finer than a minor unit.
        """
        exact = _fraction(amount) * _minor_per_major(currency)
        if exact.denominator != 1:
            raise AmountInvalid(f"{amount} {currency} is finer than the smallest coin")
        return cls(exact.numerator, currency)

    @classmethod
    def nearest(cls, amount: Fraction, currency: str = "EUR", step_minor: int = 1) -> Self:
        """Round an exact amount in major units to the nearest step (in minor units), half up."""
        return cls(round_half_up(amount * _minor_per_major(currency), step_minor), currency)

    @classmethod
    def zero(cls, currency: str = "EUR") -> Self:
        """Return nothing, in this currency."""
        return cls(0, currency)

    @property
    def decimal(self) -> Decimal:
        """Return the amount in major units with all its digits (12.50)."""
        return Decimal(f"{self.minor}E-{MINOR_DIGITS[self.currency]}")

    def __str__(self) -> str:
        return f"{self.decimal:f} {self.currency}"

    def __add__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.minor + self._minor_of(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.minor - self._minor_of(other), self.currency)

    def __mul__(self, times: int) -> "Money":
        if type(times) is not int:
            return NotImplemented
        return Money(self.minor * times, self.currency)

    __rmul__ = __mul__

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._minor_of(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._minor_of(other)

    def __gt__(self, other: "Money") -> bool:
        return self.minor > self._minor_of(other)

    def __ge__(self, other: "Money") -> bool:
        return self.minor >= self._minor_of(other)

    def _minor_of(self, other: "Money") -> int:
        if not isinstance(other, Money):
            raise TypeError(f"{other!r} is not money")
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self} and {other} are of two currencies")
        return other.minor


def round_half_up(value: Fraction | Decimal | int, step_minor: int = 1) -> int:
    """Round a value in minor units to the nearest multiple of a step; a tie moves away from zero.

    A refund therefore mirrors its charge. The only rounding of the house (spec 8.4, step 5).

    >>> round_half_up(Fraction(5, 2)), round_half_up(Decimal("-2.5")), round_half_up(249, 100)
    (3, -3, 200)
    """
    if step_minor < 1:
        raise ValueError(f"a rounding step is at least one minor unit, not {step_minor}")
    exact = Fraction(value)
    double_step = 2 * step_minor * exact.denominator
    steps = (2 * abs(exact.numerator) + step_minor * exact.denominator) // double_step
    return steps * step_minor if exact >= 0 else -steps * step_minor


def split(total: Money, weights: Sequence[int]) -> tuple[Money, ...]:
    """Share a sum in proportion to whole weights; the shares add up to it exactly.

    The cents left over go to the largest remainders, ties to the earliest (decision 10).

    >>> [share.minor for share in split(Money(100), [1, 1, 1])]
    [34, 33, 33]
    """
    if any(weight < 0 for weight in weights) or sum(weights) == 0:
        raise ValueError(f"a sum is shared over weights from 0 up, not all 0: {weights}")
    whole, sign = sum(weights), -1 if total.minor < 0 else 1
    shares = [divmod(abs(total.minor) * weight, whole) for weight in weights]
    left_over = abs(total.minor) - sum(share for share, _ in shares)
    by_remainder = sorted(range(len(weights)), key=lambda place: -shares[place][1])
    lucky = set(by_remainder[:left_over])
    return tuple(
        Money(sign * (share + (place in lucky)), total.currency) for place, (share, _) in enumerate(shares)
    )


def _fraction(amount: str | int | Decimal | Fraction) -> Fraction:
    if type(amount) is str and not _PLAIN_DECIMAL.fullmatch(amount):
        raise AmountInvalid(f"{amount!r} is not a plain amount such as 12 or 12.50")
    if type(amount) is Decimal and not amount.is_finite():
        raise AmountInvalid(f"{amount} is not an amount")
    if type(amount) not in (str, int, Decimal, Fraction):
        raise TypeError(f"an amount is text, a whole number, a Decimal or a Fraction, not {amount!r}")
    return Fraction(amount)


def _minor_per_major(currency: str) -> int:
    if currency not in MINOR_DIGITS:
        raise AmountInvalid(f"{currency!r} is no currency that the house knows")
    return int(10 ** MINOR_DIGITS[currency])
