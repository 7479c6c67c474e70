"""Between a grid and the numbers of its form: read them out of it, write them into it, find the field of a fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from app.web.office.draft_forms import NumbersForm, room_field, season_field
from pricing.costs import CostModel, YearlyCosts
from pricing.curve import AffineCurve, Curve
from pricing.grid import Grid
from pricing.length_rule import LengthRule
from pricing.money import Money
from pricing.protection import Protection
from pricing.residents import ResidentRule

HUNDRED = Fraction(100)

FIELD_OF = {
    "curve": "floor",
    "curve.floor": "floor",
    "curve.protected_income": "protected_income",
    "curve.slope": "slope",
    "curve.ceiling": "ceiling",
    "hard_ceiling": "hard_ceiling",
    "price_step": "price_step",
    "protection": "protection_low",
    "costs.fixed_yearly": "fixed_yearly",
    "costs.room_nights_yearly": "room_nights_yearly",
    "costs.fixed": "fixed",
    "costs.room": "room_cost",
    "costs.grown_up": "grown_up_cost",
    "costs.child": "child_cost",
    "length.from_night": "length_from",
    "length.fraction_off": "length_off",
}


def numbers_of(grid: Grid) -> dict[str, Any]:
    """Return what stands in the form: amounts in major units, changes in %, the slope for each hundred."""
    values: dict[str, Any] = {
        "hard_ceiling": _exact(grid.hard_ceiling),
        "price_step": f"{grid.price_step.decimal.normalize():f}",
        "caps_at_cost": grid.caps_at_cost,
        "room_cost": _exact(grid.costs.room),
        "grown_up_cost": _exact(grid.costs.grown_up),
        "child_cost": _exact(grid.costs.child),
    }
    if isinstance(grid.curve, AffineCurve):
        values |= {"floor": grid.curve.floor, "protected_income": grid.curve.protected_income}
        values |= {"slope": grid.curve.slope * HUNDRED, "ceiling": grid.curve.ceiling}
    if not grid.has_indexed_incomes:
        values |= {"protection_low": grid.protection.low, "protection_high": grid.protection.high}
    if yearly := grid.costs.yearly:
        values |= {"fixed_yearly": _exact(yearly.fixed), "room_nights_yearly": yearly.room_nights}
    else:
        values["fixed"] = _exact(grid.costs.fixed)
    if grid.residents:
        values |= {"residents_fr": grid.residents.who["fr"], "residents_en": grid.residents.who["en"]}
    if grid.length:
        values |= {"length_from": Fraction(grid.length.from_night)}
        values |= {"length_off": grid.length.fraction_off * HUNDRED}
    factors = (season.factor for season in grid.calendar.seasons)
    values |= {season_field(place): _change(factor) for place, factor in enumerate(factors)}
    return values | {
        room_field(place): _change(factor) for place, factor in enumerate(grid.room_factors.values())
    }


def with_numbers(grid: Grid, form: NumbersForm) -> Grid:
    """Return the grid with the numbers of a form that is filled. Raises: GridInvalid."""
    said = form.data
    return replace(
        grid,
        curve=_curve(grid, said),
        hard_ceiling=_money(grid, said["hard_ceiling"]),
        price_step=Money.of(said["price_step"], grid.currency),
        caps_at_cost=bool(said["caps_at_cost"]),
        protection=_protection(grid, said),
        costs=_costs(grid, said),
        calendar=replace(
            grid.calendar,
            seasons=tuple(
                replace(season, factor=_factor(said[season_field(place)]))
                for place, season in enumerate(grid.calendar.seasons)
            ),
        ),
        room_factors=MappingProxyType(
            {code: _factor(said[room_field(place)]) for place, code in enumerate(grid.room_factors)}
        ),
        residents=_residents(said),
        length=_length(said),
    )


def field_of(grid: Grid, path: str) -> str | None:
    """Return the field in which what stands at a path of the document is typed, or None."""
    if path in FIELD_OF:
        return FIELD_OF[path]
    kind, _dot, code = path.partition(".")
    if kind == "seasons":
        codes = [season.code for season in grid.calendar.seasons]
        return season_field(codes.index(code)) if code in codes else None
    if kind == "room_factors" and code in grid.room_factors:
        return room_field(list(grid.room_factors).index(code))
    return None


def _curve(grid: Grid, said: Mapping[str, Any]) -> Curve:
    if not isinstance(grid.curve, AffineCurve):
        return grid.curve
    return AffineCurve(
        said["floor"], said["protected_income"], Fraction(said["slope"], HUNDRED), said["ceiling"]
    )


def _protection(grid: Grid, said: Mapping[str, Any]) -> Protection:
    if grid.has_indexed_incomes:
        return grid.protection
    return Protection(said["protection_low"], said["protection_high"])


def _costs(grid: Grid, said: Mapping[str, Any]) -> CostModel:
    yearly = None
    if grid.costs.yearly:
        yearly = YearlyCosts(_money(grid, said["fixed_yearly"]), said["room_nights_yearly"])
    return replace(
        grid.costs,
        fixed=yearly.per_room_night if yearly else _money(grid, said["fixed"]),
        room=_money(grid, said["room_cost"]),
        grown_up=_money(grid, said["grown_up_cost"]),
        child=_money(grid, said["child_cost"]),
        yearly=yearly,
    )


def _residents(said: Mapping[str, Any]) -> ResidentRule | None:
    if not said["residents_fr"]:
        return None
    return ResidentRule(MappingProxyType({"fr": said["residents_fr"], "en": said["residents_en"]}))


def _length(said: Mapping[str, Any]) -> LengthRule | None:
    if said["length_from"] is None:
        return None
    return LengthRule(int(said["length_from"]), Fraction(said["length_off"], HUNDRED))


def _exact(money: Money) -> Fraction:
    return Fraction(money.decimal)


def _money(grid: Grid, value: Fraction) -> Money:
    return Money.nearest(value, grid.currency)


def _change(factor: Fraction) -> Fraction:
    return (factor - 1) * HUNDRED


def _factor(change: Fraction) -> Fraction:
    return 1 + Fraction(change, HUNDRED)
