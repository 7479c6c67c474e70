"""A season: a name for nights, and the factor that they put on a price."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from pricing.refusal import GridInvalid


@dataclass(frozen=True, slots=True)
class Season:
    """Hold a season: its code, its factor (1 changes nothing), its names by language.

    Raises: GridInvalid when the factor is not positive.
    """

    code: str
    factor: Fraction
    names: Mapping[str, str]

    def __post_init__(self) -> None:
        if self.factor <= 0:
            raise GridInvalid("factor_not_positive", f"seasons.{self.code}", f"the factor is {self.factor}")
