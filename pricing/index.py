"""The index: a published standard of living to which incomes of a grid may be tied, so that they re-index."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pricing.refusal import GridInvalid

MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Index:
    """Hold what is published: a name by language, a value a year, the year it speaks of, when it came out.

    Raises: GridInvalid for a value of nothing, or one that came out before its year.
    """

    names: Mapping[str, str]
    yearly: Fraction
    reference_year: int
    published: date

    def __post_init__(self) -> None:
        if self.yearly <= 0:
            raise GridInvalid("not_positive", "index.yearly", f"the index is {self.yearly}")
        if self.published.year < self.reference_year:
            raise GridInvalid(
                "index_too_early", "index.published", f"the value of {self.reference_year} comes out later"
            )

    @property
    def monthly(self) -> Fraction:
        """Return the index a month (M in the specification), exactly."""
        return Fraction(self.yearly, MONTHS_A_YEAR)
