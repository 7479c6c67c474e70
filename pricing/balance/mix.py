"""The mix: which brackets the guests have lately been in, the past forgotten little by little (spec 5.8, step 1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from pricing.balance.forecast import ForecastInvalid


@dataclass(frozen=True, slots=True)
class Mix:
    """Hold how many room nights each bracket counts for, lowest first; older nights count for less.

    Raises: ForecastInvalid.
    """

    nights: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        if not self.nights or min(self.nights) < 0 or sum(self.nights) == 0:
            raise ForecastInvalid("a mix has a night at least, and none that is negative")

    @classmethod
    def planned(cls, shares: Sequence[Fraction], worth: int) -> Self:
        """Begin with what was planned, as if so many nights had been seen."""
        return cls(tuple(share * worth for share in shares))

    def after(self, month: Sequence[int], memory: Fraction) -> "Mix":
        """Return the mix after a month more: what was known counts `memory` times, the month's nights once."""
        if any(seen < 0 for seen in month):
            raise ForecastInvalid("a month has no negative number of nights")
        return Mix(tuple(known * memory + seen for known, seen in zip(self.nights, month, strict=True)))

    @property
    def shares(self) -> tuple[Fraction, ...]:
        """Return the part of each bracket; they add up to 1.

        >>> Mix((Fraction(300), Fraction(100))).after((93, 7), Fraction("0.93")).shares
        (Fraction(93, 118), Fraction(25, 118))
        """
        whole = sum(self.nights)
        return tuple(Fraction(nights, whole) for nights in self.nights)
