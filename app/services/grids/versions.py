"""The history of a house's grid, newest first, and where each version stands on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from app.database import session
from app.models import GridVersion, Property
from app.services.rates import NoGrid, current_grid, grid_of_version
from pricing.grid import Grid


class Standing(StrEnum):
    """Where a version stands on a day."""

    TO_COME = "to_come"
    IN_FORCE = "in_force"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class VersionCard:
    """A version as the office shows it: its number, its date, who wrote it, which vote adopted it, and its grid."""

    id: int
    number: int
    effective_from: date
    author: str
    vote_reference: str
    standing: Standing
    grid: Grid


def list_versions(house: Property, *, today: date) -> tuple[VersionCard, ...]:
    """Return every version of the house, the newest first."""
    rows = session.scalars(
        select(GridVersion)
        .where(GridVersion.property_id == house.id)
        .order_by(GridVersion.effective_from.desc(), GridVersion.number.desc())
    ).all()
    return _cards(house, rows, today)


def find_version(house: Property, number: int, *, today: date) -> VersionCard | None:
    """Return the version of the house with this number, or None."""
    rows = session.scalars(
        select(GridVersion).where(GridVersion.property_id == house.id, GridVersion.number == number)
    ).all()
    return next(iter(_cards(house, rows, today)), None)


def _cards(house: Property, rows: Sequence[GridVersion], today: date) -> tuple[VersionCard, ...]:
    try:
        in_force = current_grid(house, today).version_id
    except NoGrid:
        in_force = None
    return tuple(
        VersionCard(
            id=row.id,
            number=row.number,
            effective_from=row.effective_from,
            author=row.author,
            vote_reference=row.vote_reference,
            standing=_standing(row, in_force, today),
            grid=grid_of_version(row.id).grid,
        )
        for row in rows
    )


def _standing(row: GridVersion, in_force: int | None, today: date) -> Standing:
    if row.id == in_force:
        return Standing.IN_FORCE
    return Standing.TO_COME if row.effective_from > today else Standing.PAST
