"""From the file of a house to its plan; the form is shown by docs/house.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.services.furnishing.document import HouseTable
from app.services.furnishing.plan import (
    GridPlan,
    Hours,
    HousePlan,
    PlanInvalid,
    RoomPlan,
    TaxPlan,
    Terms,
    TypePlan,
    under,
)
from pricing.grid import Grid
from pricing.refusal import GridInvalid
from pricing.tourist_tax import Surcharge, TaxInvalid, TaxRounding, UnclassifiedTax

FORM = "house/1"
# Facts that the pages can say in every language; any other is written by the house in its own words.
MEASURES = ("floor_area", "door_width_cm", "bed_height_cm")
TRAITS = ("is_step_free", "has_roll_in_shower")


def read_plan(file: Path) -> HousePlan:
    """Read the file of a house, and the grid that it names. Raises: PlanInvalid."""
    try:
        with HouseTable(tomllib.loads(_read(file, file.name))) as document:
            return _plan(document, file.parent)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise PlanInvalid(file.name, f"this is no TOML: {fault}") from None
    except GridInvalid as fault:
        raise PlanInvalid(fault.path, fault.message) from None


def _read(file: Path, path: str) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, ValueError) as fault:
        raise PlanInvalid(path, f"this file cannot be read: {fault}") from None


def _plan(document: HouseTable, folder: Path) -> HousePlan:
    if document.text("form") != FORM:
        raise PlanInvalid("form", f"this program reads {FORM}")
    grid = _grid(document.table("grid"), folder)
    currency = grid.grid.currency
    return HousePlan(
        hours=_hours(document.table("hours")),
        terms=_terms(document.table("stays")),
        types=tuple(_type(table) for table in document.tables("types")),
        grid=grid,
        tax=_tax(document.table("tourist_tax"), currency) if document.has("tourist_tax") else None,
    )


def _hours(table: HouseTable) -> Hours:
    with table, under(table.path):
        return Hours(
            check_in_from=table.hour("check_in_from"),
            check_in_until=table.hour("check_in_until"),
            check_out_until=table.hour("check_out_until"),
            desk_opens=table.hour("desk_opens"),
            desk_closes=table.hour("desk_closes"),
        )


def _terms(table: HouseTable) -> Terms:
    with table, under(table.path):
        return Terms(
            free_cancellation_days=table.count("free_cancellation_days"),
            free_cancellation_until=table.hour("free_cancellation_until"),
            most_nights_of_a_stay=table.count("most_nights_of_a_stay"),
        )


def _type(table: HouseTable) -> TypePlan:
    with table, under(table.path):
        return TypePlan(
            code=table.text("code"),
            names=table.words("names"),
            descriptions=table.words("descriptions"),
            facts=_facts(table.table("facts")) if table.has("facts") else {},
            sleeps=table.count("sleeps"),
            cots=table.count("cots") if table.has("cots") else 0,
            is_instant=table.flag("instant") if table.has("instant") else False,
            rooms=tuple(RoomPlan(name) for name in table.texts("rooms")),
        )


def _facts(table: HouseTable) -> Mapping[str, Any]:
    with table:
        return {key: _fact(table, key) for key in table.unread()}


def _fact(table: HouseTable, key: str) -> object:
    if key in MEASURES:
        return table.whole(key)
    return table.flag(key) if key in TRAITS else table.words(key)


def _grid(table: HouseTable, folder: Path) -> GridPlan:
    with table, under(table.path):
        text = _read(folder / table.text("file"), "file")
        try:
            grid = Grid.loads(text)
        except GridInvalid as fault:
            raise PlanInvalid("file", f"in this grid, {fault}") from None
        return GridPlan(grid, table.text("author"), table.text("vote_reference"))


def _tax(table: HouseTable, currency: str) -> TaxPlan:
    with table, under(table.path):
        valid_from = table.day("valid_from")
        try:
            tax = UnclassifiedTax(
                rate=table.fraction("rate", below=1),
                cap=table.money("cap", currency),
                surcharges=tuple(_surcharge(item) for item in table.tables("surcharges")),
                rounding=table.one_of("rounding", [*TaxRounding]),
                is_example=table.flag("example") if table.has("example") else False,
                source=table.text("source"),
            )
        except TaxInvalid as fault:
            raise PlanInvalid("cap", str(fault)) from None
        return TaxPlan(valid_from, tax)


def _surcharge(table: HouseTable) -> Surcharge:
    with table:
        return Surcharge(table.text("name"), table.fraction("fraction", below=3))
