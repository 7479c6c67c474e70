"""How a line rounds: to the multiples of a quantum, in one of four modes, or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Protocol

from pricing.money import round_half_up
from pricing.scale.amount import Amount, fixed
from pricing.scale.place import Place, Record, plain_decimal, word


class Rounding(Protocol):
    """Make the amount that a line shows from the number that it computed."""

    def apply(self, number: Fraction) -> Amount:
        """Return the amount."""


class Exact:
    """Leave the number as it is."""

    def apply(self, number: Fraction) -> Amount:
        """Return the number itself, printed as the shortest decimal."""
        return Amount(number)


@dataclass(frozen=True, slots=True)
class Quantum:
    """Round to a multiple of a positive decimal; the result is printed with the decimals of the quantum."""

    mode: str
    quantum: Amount

    def apply(self, number: Fraction) -> Amount:
        """Return the rounded amount."""
        step = self.quantum.exact
        rounded = MODES[self.mode](Fraction(number, step)) * step
        return Amount(rounded, fixed(rounded, len(str(self.quantum).partition(".")[2])))


def _half_even(number: Fraction) -> int:
    below, rest = divmod(number.numerator, number.denominator)
    return below + (2 * rest > number.denominator or (2 * rest == number.denominator and below % 2 == 1))


def _down(number: Fraction) -> int:
    towards_zero = abs(number.numerator) // number.denominator
    return towards_zero if number >= 0 else -towards_zero


def _up(number: Fraction) -> int:
    away_from_zero = -(-abs(number.numerator) // number.denominator)
    return away_from_zero if number >= 0 else -away_from_zero


MODES: Mapping[str, Callable[[Fraction], int]] = MappingProxyType(
    {"half_up": round_half_up, "half_even": _half_even, "up": _up, "down": _down}
)


def rounding(place: Place) -> Rounding:
    """Read how a line rounds: the word "exact", or mode and quantum."""
    if isinstance(place.value, str):
        if place.value != "exact":
            place.refuse("bad_value", 'a rounding is "exact" or an object with mode and quantum')
        return Exact()
    record = Record(place, required=("mode", "quantum"))
    return Quantum(record.read("mode", word(MODES)), record.read("quantum", _positive))


def _positive(place: Place) -> Amount:
    amount = plain_decimal(place)
    if amount.exact <= 0:
        place.refuse("bad_value", f"a quantum is above 0, not {amount}")
    return amount
