"""Long stays: from a night on, the part of the price that is above the floor is lower (spec 5.10)."""

from dataclasses import dataclass
from fractions import Fraction

from pricing.refusal import GridInvalid


@dataclass(frozen=True, slots=True)
class LengthRule:
    """Hold the first night, counted from 1, that is cheaper, and what fraction comes off above the floor.

    Raises: GridInvalid for a rule that would begin with the first night, or take nothing or everything off.
    """

    from_night: int
    fraction_off: Fraction

    def __post_init__(self) -> None:
        if self.from_night < 2:
            raise GridInvalid("length_from_first", "length.from_night", "the first night is of every stay")
        if not 0 < self.fraction_off < 1:
            raise GridInvalid("fraction_range", "length.fraction_off", "a fraction lies between 0 and 1")

    def unit_price(self, price: Fraction, floor: Fraction) -> Fraction:
        """Return what a night of a long stay asks where another one asks `price`.

        >>> LengthRule(4, Fraction(1, 10)).unit_price(Fraction(32), floor=Fraction(12))
        Fraction(30, 1)
        """
        return floor + (price - floor) * (1 - self.fraction_off)
