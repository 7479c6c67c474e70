"""Furnish a house: its hours and words follow the plan, its rooms and rules are added to, what was promised stays."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from app.database import session
from app.models import Property
from app.services.events import record
from app.services.furnishing.plan import HousePlan, PlanInvalid
from app.services.furnishing.rooms import arrange_rooms, compare_rooms
from app.services.furnishing.rules import add_grid, add_tax, check_factors, grids_ahead


@dataclass(frozen=True, slots=True)
class Furnished:
    """What furnishing has added and removed: names of rooms, a version of the grid, a rate of the tax."""

    added_rooms: tuple[str, ...]
    removed_rooms: tuple[str, ...]
    grid_number: int | None
    grid_from: date | None
    tax_from: date | None


def furnish(*, house: Property, plan: HousePlan, actor: str, now: datetime, today: date) -> Furnished:
    """Bring a house to its plan; the same plan again adds nothing. Commits, or raises and leaves all as it was.

    Hours, terms and words follow the plan: a booking keeps those that it was made under. Rooms and rules are added;
    a room that nobody ever wanted is removed when the plan leaves it out.

    Raises: PlanInvalid, and StandsDifferently where the plan contradicts what somebody relies on.
    """
    try:
        furnished = _furnish(house, plan, actor, now, today)
    except PlanInvalid:
        session.rollback()
        raise
    session.commit()
    return furnished


def _furnish(house: Property, plan: HousePlan, actor: str, now: datetime, today: date) -> Furnished:
    _check_house(house, plan)
    standing = compare_rooms(house, plan.types)
    grid = add_grid(house, plan.grid, now)
    grids = grids_ahead(house, today)
    check_factors(plan.types, grids)
    tax = add_tax(house, plan.tax) if plan.tax else None
    added, removed = arrange_rooms(house, plan.types, standing)
    for name, value in {**asdict(plan.hours), **asdict(plan.terms)}.items():
        setattr(house, name, value)
    house.horizon = max(grid.horizon for grid in grids)
    furnished = Furnished(
        added_rooms=added,
        removed_rooms=removed,
        grid_number=grid.number if grid else None,
        grid_from=grid.effective_from if grid else None,
        tax_from=tax.valid_from if tax else None,
    )
    record(
        property_id=house.id,
        actor=actor,
        verb="furnish",
        noun="property",
        noun_id=house.id,
        field_names=[
            name for name, is_new in (("rooms", added or removed), ("grid", grid), ("tax", tax)) if is_new
        ],
        now=now,
    )
    return furnished


def _check_house(house: Property, plan: HousePlan) -> None:
    if plan.grid.grid.currency != house.currency:
        raise PlanInvalid(
            "grid.file", f"the grid is in {plan.grid.grid.currency}, the house in {house.currency}"
        )
    for place, room_type in enumerate(plan.types, 1):
        for language in house.languages:
            for key, words in (("names", room_type.names), ("descriptions", room_type.descriptions)):
                if language not in words:
                    raise PlanInvalid(
                        f"types[{place}].{key}.{language}", "this language is spoken in the house: write it"
                    )
