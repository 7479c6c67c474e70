"""Find the grid and the tourist tax of a day, and price a stay with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from sqlalchemy import bindparam, select

from app.database import session
from app.models import GridVersion, Property, TouristTaxRate
from pricing.grid import Grid
from pricing.money import Money
from pricing.quote import PricedNight
from pricing.tourist_tax import Surcharge, TaxableNight, UnclassifiedTax, tax_for_stay

# Every search asks these two: they are written once, and read columns instead of objects.
GRID_ON_A_DAY = (
    select(GridVersion.id, GridVersion.digest)
    .where(
        GridVersion.property_id == bindparam("property_id"), GridVersion.effective_from <= bindparam("day")
    )
    .order_by(GridVersion.effective_from.desc(), GridVersion.number.desc())
    .limit(1)
)
TAX_ON_A_DAY = (
    select(
        TouristTaxRate.fraction,
        TouristTaxRate.cap_minor,
        TouristTaxRate.surcharges,
        TouristTaxRate.rounding,
        TouristTaxRate.is_example,
        TouristTaxRate.source,
    )
    .where(
        TouristTaxRate.property_id == bindparam("property_id"), TouristTaxRate.valid_from <= bindparam("day")
    )
    .order_by(TouristTaxRate.valid_from.desc())
    .limit(1)
)


class NoGrid(LookupError):
    """The house has no grid in force: it cannot sell yet."""


class NoVotedTax(LookupError):
    """Nobody has entered the tourist tax of the house with its source: it cannot open for sale (TS-04)."""


@dataclass(frozen=True, slots=True)
class DatedGrid:
    """A grid, and the version under which it is kept with a booking."""

    version_id: int
    grid: Grid


def current_grid(house: Property, today: date) -> DatedGrid:
    """Return the grid in force on the day of the quote; one query. Raises: NoGrid."""
    version = session.execute(GRID_ON_A_DAY, {"property_id": house.id, "day": today}).first()
    if version is None:
        raise NoGrid(house.code)
    return DatedGrid(version.id, _grid(version.id, version.digest))


def grid_of_version(version_id: int) -> DatedGrid:
    """Return the grid that a booking was made under, however old. Raises: NoGrid."""
    digest = session.scalar(select(GridVersion.digest).where(GridVersion.id == version_id))
    if digest is None:
        raise NoGrid(str(version_id))
    return DatedGrid(version_id, _grid(version_id, digest))


@lru_cache(maxsize=32)
def _grid(version_id: int, digest: str) -> Grid:
    # A version never changes, so what its digest stands for may be kept by every process for itself.
    document = session.scalars(select(GridVersion.document).where(GridVersion.id == version_id)).one()
    grid = Grid.loads(document)
    if grid.hash != digest:
        raise NoGrid(f"the stored grid does not have the digest {digest}")
    return grid


def tax_on(property_id: int, currency: str, day: date) -> UnclassifiedTax | None:
    """Return the tourist tax in force on a day, or None where nobody levies one; one query."""
    rate = session.execute(TAX_ON_A_DAY, {"property_id": property_id, "day": day}).first()
    if rate is None:
        return None
    return UnclassifiedTax(
        rate=Fraction(rate.fraction),
        cap=Money(rate.cap_minor, currency),
        surcharges=tuple(Surcharge(item["name"], Fraction(item["fraction"])) for item in rate.surcharges),
        rounding=rate.rounding,
        is_example=rate.is_example,
        source=rate.source,
    )


def tax_for_sale(house: Property, day: date) -> UnclassifiedTax | None:
    """Return the tax on a day, for a house that may sell with it; the example sells with invented figures.

    A town that levies nothing is a rate of 0 with the decision that says so. One query. Raises: NoVotedTax.
    """
    tax = tax_on(house.id, house.currency, day)
    if not house.is_example and (tax is None or tax.is_example or not tax.source.strip()):
        raise NoVotedTax(house.code)
    return tax


def stay_tax(
    tax: UnclassifiedTax | None,
    nights: tuple[PricedNight, ...],
    parties: tuple[tuple[int, int], ...],
    currency: str,
) -> Money:
    """Return the tourist tax of a stay on the prices agreed: every adult of every room, every night (TS-17 to 19).

    `parties` gives, for each room of the stay, how many adults and how many people sleep in it. A night given
    for nothing bears no tax (TS-06).
    """
    if tax is None:
        return Money.zero(currency)
    taxable = [
        TaxableNight(
            night.chosen, occupants=parties[night.room_index][1], liable=parties[night.room_index][0]
        )
        for night in nights
        if night.chosen.minor
    ]
    return tax_for_stay(tax, taxable).total
