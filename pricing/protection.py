"""The protection: a dear season is felt only above the poverty line, and fully only from the median on."""

from dataclasses import dataclass
from fractions import Fraction

from pricing.refusal import GridInvalid


@dataclass(frozen=True, slots=True)
class Protection:
    """Hold the two standards of living, a month and consumption unit, between which a surcharge fades in.

    Raises: GridInvalid when they are not in order.
    """

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if not 0 <= self.low < self.high:
            raise GridInvalid("protection_order", "protection", f"{self.low} is not below {self.high}")

    def season_factor(self, factor: Fraction, income: Fraction, is_resident: bool = False) -> Fraction:
        """Return the factor that is really applied at this standard of living (spec 8.4, step 3).

        A discount reaches everyone; a surcharge never reaches residents of the neighbourhood.
        """
        if factor <= 1:
            return factor
        if is_resident:
            return Fraction(1)
        felt = Fraction(income - self.low, self.high - self.low)
        return 1 + (factor - 1) * min(Fraction(1), max(Fraction(0), felt))

    def indexed(self, times: Fraction) -> "Protection":
        """Return the same protection for incomes that are all so many times higher (I6)."""
        return Protection(self.low * times, self.high * times)
