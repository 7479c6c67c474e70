"""The same rate as a plain loop over rules, with floats: nothing is kept, nothing exact, nothing can be explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pricing.curve import AffineCurve
from pricing.grid import Grid
from pricing.quote import RoomRequest
from pricing.seasons.selectors import Weekdays
from pricing.stay import Stay


@dataclass(frozen=True)
class PlainRate:
    """The numbers of a grid as floats; a rule is its weekdays and its factor, the strongest first."""

    floor: float
    protected: float
    slope: float
    ceiling: float
    low: float
    high: float
    most: float
    points: tuple[float, ...]
    rooms: dict[str, float]
    rules: tuple[tuple[frozenset[int], float], ...]


def of(grid: Grid) -> PlainRate:
    """Take the numbers of a grid whose rules all take days of the week."""
    assert isinstance(grid.curve, AffineCurve)
    curve, factors = grid.curve, {season.code: float(season.factor) for season in grid.calendar.seasons}
    by_strength = sorted(grid.calendar.rules, key=lambda rule: -rule.priority)
    return PlainRate(
        float(curve.floor),
        float(curve.protected_income),
        float(curve.slope),
        float(curve.ceiling),
        float(grid.protection.low),
        float(grid.protection.high),
        float(grid.hard_ceiling.decimal),
        tuple(float(bracket.point) for bracket in grid.brackets),
        {code: float(factor) for code, factor in grid.room_factors.items()},
        tuple(
            (rule.selector.weekdays, factors[rule.season])
            for rule in by_strength
            if isinstance(rule.selector, Weekdays)
        ),
    )


def quote(rate: PlainRate, stay: Stay, rooms: Sequence[RoomRequest]) -> list[float]:
    """Return what each bracket pays for a stay in whole euros."""
    return [
        sum(
            _room_night(rate, point, night, room, n)
            for night in _nights(stay)
            for n, room in enumerate(rooms)
        )
        for point in rate.points
    ]


def _room_night(rate: PlainRate, income: float, night: date, room: RoomRequest, place: int) -> float:
    unit = min(rate.ceiling, rate.floor + rate.slope * max(0.0, income - rate.protected))
    season = 1.0
    for weekdays, factor in rate.rules:
        if night.weekday() in weekdays:
            season = factor
            break
    if season > 1:
        season = 1 + (season - 1) * min(1.0, max(0.0, (income - rate.low) / (rate.high - rate.low)))
    weight = (0.5 if place == 0 else 0.0) + 0.5 * room.adults
    for age in room.children:
        weight += 0.5 if age >= 14 else 0.3 if age >= 3 else 0.0
    return min(rate.most, max(1.0, int(unit * season * weight * rate.rooms[room.type_code] + 0.5)))


def _nights(stay: Stay) -> list[date]:
    return [stay.arrival + timedelta(day) for day in range(stay.length)]
