"""Marginal brackets: each band of income adds at its own slope, as the income tax does (spec 5.2)."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar, Self

from pricing.curve import words as said
from pricing.curve.shape import check_ascending, check_ceiling, check_floor, check_income, check_slope
from pricing.document import Table
from pricing.document_writer import inline, listed, number
from pricing.refusal import GridInvalid
from pricing.words import check_language


@dataclass(frozen=True, slots=True)
class Band:
    """Hold the slope that counts from an income up to where the next band begins."""

    start: Fraction
    slope: Fraction


@dataclass(frozen=True, slots=True)
class MarginalBrackets:
    """Add to a floor what each band asks for the part of the income that lies in it, up to a ceiling.

    Raises: GridInvalid for no band, a wrong order, a slope that falls.
    """

    kind: ClassVar[str] = "marginal"

    floor: Fraction
    bands: tuple[Band, ...]
    ceiling: Fraction

    def __post_init__(self) -> None:
        check_floor(self.floor, "curve.floor")
        check_ceiling(self.floor, self.ceiling)
        if not self.bands:
            raise GridInvalid("curve_gap", "curve.bands", "a curve has at least one band")
        check_income(self.bands[0].start, "curve.bands[1].from")
        for place, (band, following) in enumerate(pairwise(self.bands), 2):
            check_ascending(band.start, following.start, f"curve.bands[{place}].from")
        for place, band in enumerate(self.bands, 1):
            check_slope(band.slope, f"curve.bands[{place}].slope")

    def unit_price(self, income: Fraction) -> Fraction:
        """Return the floor and what every band adds, at most the ceiling.

        >>> bands = (Band(Fraction(600), Fraction(1, 50)), Band(Fraction(1600), Fraction(1, 100)))
        >>> curve = MarginalBrackets(Fraction(10), bands, Fraction(60))
        >>> [int(curve.unit_price(Fraction(income))) for income in (600, 1600, 2600, 9000)]
        [10, 30, 40, 60]
        """
        price = self.floor
        for band, end in zip(self.bands, self._ends(income), strict=True):
            price += band.slope * max(Fraction(0), min(income, end) - band.start)
        return min(price, self.ceiling)

    def slope_bound(self) -> Fraction:
        """Return the slope of the steepest band."""
        return max(band.slope for band in self.bands)

    def breakpoints(self) -> tuple[Fraction, ...]:
        """List where the bands begin, and where the ceiling is reached."""
        starts = [band.start for band in self.bands]
        below = [start for start in starts if self.unit_price(start) < self.ceiling]
        if not below:
            return tuple(starts)
        slope = self.bands[len(below) - 1].slope
        if slope:
            starts.append(below[-1] + Fraction(self.ceiling - self.unit_price(below[-1]), slope))
        return tuple(sorted(set(starts)))

    def indexed(self, times: Fraction) -> Self:
        """Return the same curve for incomes and prices that are all so many times higher (I6)."""
        bands = tuple(Band(band.start * times, band.slope) for band in self.bands)
        return type(self)(self.floor * times, bands, self.ceiling * times)

    def explain(self, language: str, currency: str) -> str:
        """Say what every band adds. Raises: UnknownLanguage."""
        check_language(language)
        ends = [band.start for band in self.bands[1:]]
        bands = [
            said.BAND_BETWEEN[language].format(
                slope=said.amount(band.slope * said.HUNDRED, language, currency),
                low=said.amount(band.start, language, currency),
                high=said.amount(end, language, currency),
            )
            for band, end in zip(self.bands, ends, strict=False)
        ]
        last = said.BAND_ABOVE[language].format(
            slope=said.amount(self.bands[-1].slope * said.HUNDRED, language, currency),
            low=said.amount(self.bands[-1].start, language, currency),
        )
        return said.BANDS[language].format(
            base=said.amount(self.floor, language, currency),
            hundred=said.amount(said.HUNDRED, language, currency),
            bands=", ".join([*bands, last]),
            ceiling=said.amount(self.ceiling, language, currency),
        )

    def written(self) -> dict[str, str]:
        """Return the keys and values by which `read` finds the same curve again."""
        bands = (inline({"from": number(band.start), "slope": number(band.slope)}) for band in self.bands)
        return {"floor": number(self.floor), "bands": listed(bands), "ceiling": number(self.ceiling)}

    @classmethod
    def read(cls, table: Table) -> Self:
        """Read the keys of this family. Raises: GridInvalid."""
        return cls(
            floor=table.number("floor"),
            bands=tuple(_band(each) for each in table.tables("bands")),
            ceiling=table.number("ceiling"),
        )

    def _ends(self, income: Fraction) -> list[Fraction]:
        return [*(band.start for band in self.bands[1:]), income]


def _band(table: Table) -> Band:
    with table:
        return Band(table.number("from"), table.number("slope"))
