"""The limits that a house sets to its own rules; a grid that breaks one is refused when it is read."""

from dataclasses import dataclass
from fractions import Fraction

from pricing.refusal import GridInvalid


@dataclass(frozen=True, slots=True)
class Limits:
    """Hold the bounds of the invariants of spec 5.4, as fractions; the defaults are those of section 8.5.

    `slope` (L): how much a unit may cost more for one unit of monthly income more. `effort` (ē): the part of a
    day's household income that a night may take. `squeeze` (θ): by how much the effort of those between the
    floor and the ceiling may exceed that at the median. `jump`: how much more one bracket may pay than the one
    below it, in major units; a curve of steps must say it, for it has no slope.

    Raises: GridInvalid for a bound under 0.
    """

    slope: Fraction = Fraction(1, 20)
    effort: Fraction = Fraction(1)
    squeeze: Fraction = Fraction(1, 20)
    jump: Fraction | None = None

    def __post_init__(self) -> None:
        for name in ("slope", "effort", "squeeze", "jump"):
            bound = getattr(self, name)
            if bound is not None and bound < 0:
                raise GridInvalid("limit_negative", f"limits.{name}", "a bound is not negative")
