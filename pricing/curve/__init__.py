"""The curve: from a standard of living to the price of one weight unit for one night in a neutral season.

Five families (spec 5.2), one file each, which reads itself, writes itself and says itself. Prices are in major
units a night, incomes in major units a month and consumption unit, slopes in price per unit of income.
"""

from pricing.curve.affine import AffineCurve
from pricing.curve.linear import LinearEffort
from pricing.curve.marginal import Band, MarginalBrackets
from pricing.curve.piecewise import Knot, PiecewiseLinear
from pricing.curve.shape import Curve
from pricing.curve.step import Step, StepCurve
from pricing.document import Table
from pricing.refusal import GridInvalid

__all__ = [
    "AffineCurve",
    "Band",
    "Curve",
    "Knot",
    "LinearEffort",
    "MarginalBrackets",
    "PiecewiseLinear",
    "Step",
    "StepCurve",
    "read_curve",
]

FAMILIES: dict[str, type[Curve]] = {
    family.kind: family
    for family in (AffineCurve, LinearEffort, StepCurve, PiecewiseLinear, MarginalBrackets)
}


def read_curve(table: Table) -> Curve:
    """Read a curve of any family. Raises: GridInvalid."""
    with table:
        kind = table.text("kind")
        if kind not in FAMILIES:
            known = ", ".join(FAMILIES)
            raise GridInvalid(
                "unknown_kind", table.at("kind"), f"there is no curve of kind {kind!r}; there are {known}"
            )
        return FAMILIES[kind].read(table)
