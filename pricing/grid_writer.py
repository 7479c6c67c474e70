"""From a grid to its canonical text in form "pricing-grid/2"."""

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from pricing import document_writer as toml
from pricing.brackets import Bracket
from pricing.calendar_writer import write_calendar
from pricing.costs import CostModel
from pricing.grid_reader import FORM
from pricing.household_scales import PeopleScale
from pricing.index import Index
from pricing.limits import Limits

if TYPE_CHECKING:
    from pricing.grid import Grid


def write_grid(grid: "Grid") -> str:
    """Write the grid. Raises: GridInvalid for a number that no finite decimal equals."""
    return "\n".join(_lines(grid)) + "\n" + write_calendar(grid.calendar)


def _lines(grid: "Grid") -> Iterator[str]:
    unit = grid.index.monthly if grid.index and grid.has_indexed_incomes else Fraction(1)
    yield from toml.lines(_head(grid))
    if grid.index:
        yield from toml.table("index", _index(grid.index))
    yield from toml.table("curve", {"kind": toml.text(grid.curve.kind), **grid.curve.written()})
    protection = {"low": grid.protection.low, "high": grid.protection.high}
    yield from toml.table(
        "protection", {key: toml.number(Fraction(edge, unit)) for key, edge in protection.items()}
    )
    yield from toml.table("limits", _limits(grid.limits))
    yield from toml.table(
        "household", {"units": _people(grid.scales.units), "weights": _people(grid.scales.weights)}
    )
    if grid.length:
        off = toml.number(grid.length.fraction_off)
        yield from toml.table("length", {"from_night": str(grid.length.from_night), "fraction_off": off})
    if grid.residents:
        yield from toml.table("residents", {"who": toml.names(grid.residents.who)})
    yield from toml.table("costs", _costs(grid.costs))
    factors = sorted(grid.room_factors.items())
    yield from toml.table("room_factors", {toml.text(code): toml.number(factor) for code, factor in factors})
    for bracket in grid.brackets:
        yield from toml.table("brackets", _bracket(bracket, unit), is_list=True)


def _head(grid: "Grid") -> dict[str, str]:
    head = {
        "form": toml.text(FORM),
        "version": str(grid.version),
        "currency": toml.text(grid.currency),
        "effective_from": str(grid.effective_from),
    }
    for name in ("author", "vote_reference", "previous_hash"):
        if (said := getattr(grid, name)) is not None:
            head[name] = toml.text(said)
    head["most_nights"] = str(grid.most_nights)
    if grid.most_nights_a_year is not None:
        head["most_nights_a_year"] = str(grid.most_nights_a_year)
    head["quote_days"] = str(grid.quote_days)
    head["hard_ceiling"] = toml.amount(grid.hard_ceiling)
    head["price_step"] = toml.amount(grid.price_step)
    if grid.caps_at_cost:
        head["caps_at_cost"] = toml.flag(value=True)
    if grid.has_indexed_incomes:
        head["incomes_in"] = toml.text("index")
    return head


def _index(index: Index) -> dict[str, str]:
    return {
        "names": toml.names(index.names),
        "yearly": toml.number(index.yearly),
        "reference_year": str(index.reference_year),
        "published": str(index.published),
    }


def _limits(limits: Limits) -> dict[str, str]:
    named = {name: getattr(limits, name) for name in ("slope", "effort", "squeeze", "jump")}
    return {name: toml.number(bound) for name, bound in named.items() if bound is not None}


def _people(scale: PeopleScale) -> str:
    named = zip(("first_adult", "other", "child", "baby"), scale.parts, strict=True)
    return toml.inline({name: toml.number(part) for name, part in named})


def _costs(costs: CostModel) -> dict[str, str]:
    if costs.yearly:
        values = {
            "fixed_yearly": toml.amount(costs.yearly.fixed),
            "room_nights_yearly": toml.number(costs.yearly.room_nights),
        }
    else:
        values = {"fixed": toml.amount(costs.fixed)}
    values |= {name: toml.amount(getattr(costs, name)) for name in ("room", "grown_up", "child")}
    if costs.by_season:
        more = {toml.text(code): toml.amount(cost) for code, cost in sorted(costs.by_season.items())}
        values["by_season"] = toml.inline(more)
    return values


def _bracket(bracket: Bracket, unit: Fraction) -> dict[str, str]:
    edges = {"from": bracket.lower, "below": bracket.upper, "point": bracket.point}
    return {key: toml.number(Fraction(edge, unit)) for key, edge in edges.items() if edge is not None}
