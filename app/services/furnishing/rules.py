"""Add a version of the grid and a rate of the tourist tax; what stands of them is history, and never edited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select

from app.database import session
from app.models import GridVersion, Property, TouristTaxRate
from app.services.furnishing.plan import GridPlan, StandsDifferently, TaxPlan, TypePlan, check_factor
from pricing.grid import Grid


def add_grid(house: Property, plan: GridPlan, now: datetime) -> GridVersion | None:
    """Add the planned version, or return None where it stands already. Raises: StandsDifferently."""
    versions = _versions(house)
    grid = plan.grid
    same = next((version for version in versions if version.number == grid.version), None)
    if same is not None:
        _refuse_edited(same, plan)
        return None
    for version in versions:
        if version.number > grid.version or version.effective_from > grid.effective_from:
            raise StandsDifferently(
                "grid.file",
                f"version {grid.version} from {grid.effective_from} does not follow "
                f"version {version.number} from {version.effective_from}",
            )
    added = GridVersion(
        property_id=house.id,
        number=grid.version,
        document=grid.text,
        digest=grid.hash,
        effective_from=grid.effective_from,
        author=plan.author,
        vote_reference=plan.vote_reference,
        created_at=now,
    )
    session.add(added)
    session.flush()
    return added


def grids_ahead(house: Property, today: date) -> tuple[Grid, ...]:
    """Return the grids by which the house may still sell: the one in force today, and those to come."""
    versions = _versions(house)
    begun = [version for version in versions if version.effective_from <= today]
    ahead = begun[-1:] + [version for version in versions if version.effective_from > today]
    return tuple(Grid.loads(version.document) for version in ahead)


def check_factors(types: Sequence[TypePlan], grids: Sequence[Grid]) -> None:
    """Refuse a type without a price in a grid by which the house may still sell. Raises: PlanInvalid."""
    for grid in grids:
        for place, plan in enumerate(types, 1):
            check_factor(grid, plan.code, f"types[{place}].code")


def add_tax(house: Property, plan: TaxPlan) -> TouristTaxRate | None:
    """Add the planned rate, or return None where it stands already. Raises: StandsDifferently."""
    tax = plan.tax
    values = {
        "fraction": _decimal(tax.rate),
        "cap_minor": tax.cap.minor,
        "surcharges": [{"name": part.name, "fraction": _decimal(part.fraction)} for part in tax.surcharges],
        "rounding": str(tax.rounding),
        "source": tax.source,
        "is_example": tax.is_example,
    }
    same = session.scalars(
        select(TouristTaxRate).filter_by(property_id=house.id, valid_from=plan.valid_from)
    ).first()
    if same is not None:
        for name, value in values.items():
            if getattr(same, name) != value:
                raise StandsDifferently(
                    "tourist_tax",
                    f"another {name} is valid from {plan.valid_from}: {getattr(same, name)}; "
                    "a rate is never edited, only followed by one with a later valid_from (TS-02)",
                )
        return None
    added = TouristTaxRate(property_id=house.id, valid_from=plan.valid_from, **values)
    session.add(added)
    session.flush()
    return added


def _versions(house: Property) -> Sequence[GridVersion]:
    return session.scalars(
        select(GridVersion)
        .where(GridVersion.property_id == house.id)
        .order_by(GridVersion.effective_from, GridVersion.number)
    ).all()


def _refuse_edited(standing: GridVersion, plan: GridPlan) -> None:
    number = standing.number
    if Grid.loads(standing.document) != plan.grid:
        raise StandsDifferently(
            "grid.file",
            f"version {number} stands with other rules; a grid never changes: give yours a new number",
        )
    for name in ("author", "vote_reference"):
        if getattr(standing, name) != getattr(plan, name):
            raise StandsDifferently(
                f"grid.{name}", f"version {number} was voted as {getattr(standing, name)!r}"
            )


def _decimal(fraction: Fraction) -> str:
    return f"{Decimal(fraction.numerator) / Decimal(fraction.denominator):f}"
