"""Amount: an exact number and how it is printed: as it was written, or as the shortest decimal."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Self

from pricing.money import round_half_up

PRINTED_DECIMALS = 12
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Amount:
    """Hold an exact number; `text` is how a file, an input or a rounding wrote it, if one did.

    >>> str(Amount.read("2.50")), str(Amount(Fraction(5, 2))), str(Amount(Fraction(2, 3)))
    ('2.50', '2.5', '0.666666666667')
    """

    exact: Fraction
    text: str | None = None

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a plain decimal. Raises: ValueError for any other writing."""
        if not is_decimal(text):
            raise ValueError(f"{text!r} is not written as a plain decimal")
        return cls(Fraction(Decimal(text)), text)

    @classmethod
    def of_count(cls, number: int) -> Self:
        """Take a whole number, written with its digits."""
        return cls(Fraction(number), fixed(Fraction(number), 0))

    def __str__(self) -> str:
        return shortest(self.exact) if self.text is None else self.text


def is_decimal(value: object) -> bool:
    """Tell whether a value is a text such as "12", "-0.5" or "12.50"."""
    return isinstance(value, str) and _DECIMAL.fullmatch(value) is not None


def shortest(exact: Fraction) -> str:
    """Write a number as the shortest decimal, 12 decimals at most (half up)."""
    scale = 10**PRINTED_DECIMALS
    text = fixed(Fraction(round_half_up(exact * scale), scale), PRINTED_DECIMALS)
    return text.rstrip("0").removesuffix(".")


def fixed(exact: Fraction, decimals: int) -> str:
    """Write a number that has no more than these decimals with all of them."""
    whole = (abs(exact) * 10**decimals).numerator
    # Through Decimal: str() of a whole number has a limit of digits, and an exact number has none.
    digits = format(Decimal(whole), "f").zfill(decimals + 1)
    split = len(digits) - decimals
    sign = "-" if exact < 0 else ""
    return f"{sign}{digits[:split]}.{digits[split:]}" if decimals else f"{sign}{digits}"
