"""From a grid to its canonical text: fixed order, exact decimals, one way to write each thing."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from pricing.brackets import Bracket
from pricing.grid_reader import FORM
from pricing.money import Money
from pricing.refusal import GridInvalid
from pricing.seasons import Season, SeasonRule
from pricing.seasons.selectors import AnyOf, Dates, PublicHolidays, Ranges, Yearly

if TYPE_CHECKING:
    from pricing.grid import Grid

MOST_DECIMALS = 30


def write_grid(grid: "Grid") -> str:
    """Write the grid. Raises: GridInvalid for a number that no finite decimal equals."""
    return "\n".join(_lines(grid)) + "\n"


def _lines(grid: "Grid") -> Iterator[str]:
    yield f'form = "{FORM}"'
    yield f"version = {grid.version}"
    yield f'currency = "{grid.currency}"'
    yield f"effective_from = {grid.effective_from}"
    yield f"most_nights = {grid.most_nights}"
    yield f"hard_ceiling = {_amount(grid.hard_ceiling)}"
    yield f"price_step = {_amount(grid.price_step)}"
    curve = _numbers(grid.curve, "floor protected_income slope ceiling")
    yield from _table("curve", {"kind": '"affine"', **curve})
    yield from _table("protection", _numbers(grid.protection, "low high"))
    costs = grid.costs
    parts = {"fixed": costs.fixed, "room": costs.room, "grown_up": costs.grown_up, "child": costs.child}
    yield from _table("costs", {name: _amount(cost) for name, cost in parts.items()})
    factors = sorted(grid.room_factors.items())
    yield from _table("room_factors", {_text(code): _number(factor) for code, factor in factors})
    for bracket in grid.brackets:
        yield from _bracket(bracket)
    for season in grid.calendar.seasons:
        yield from _season(season)
    yield from _calendar(grid)


def _bracket(bracket: Bracket) -> Iterator[str]:
    values = {"from": _number(bracket.lower)}
    if bracket.upper is not None:
        values["below"] = _number(bracket.upper)
    yield from _table("brackets", values | {"point": _number(bracket.point)}, is_list=True)


def _season(season: Season) -> Iterator[str]:
    values = {"code": _text(season.code), "factor": _number(season.factor), "names": _names(season.names)}
    yield from _table("seasons", values, is_list=True)


def _calendar(grid: "Grid") -> Iterator[str]:
    calendar = grid.calendar
    values = {
        "first_night": str(calendar.first_night),
        "horizon": str(calendar.horizon),
        "base": _text(calendar.base or ""),
        "public_holidays": _dates(calendar.almanac.public_holidays),
    }
    if not calendar.rules:
        values["rules"] = "[]"
    yield from _table("calendar", values)
    for rule in calendar.rules:
        yield from _rule(rule)


def _rule(rule: SeasonRule) -> Iterator[str]:
    values = {"season": _text(rule.season), "reasons": _names(rule.reasons)}
    parts = rule.selector.parts if isinstance(rule.selector, AnyOf) else (rule.selector,)
    yearly = []
    for part in parts:
        if isinstance(part, Dates):
            values["dates"] = _dates(part.dates)
        if isinstance(part, Ranges):
            values["ranges"] = _list(f"{{ from = {each.start}, until = {each.end} }}" for each in part.ranges)
        if isinstance(part, Yearly):
            yearly.append(f'{{ from = "{_day(part.period.start)}", until = "{_day(part.period.end)}" }}')
            values["yearly"] = _list(yearly)
        if isinstance(part, PublicHolidays):
            values["eves"] = "true"
    yield from _table("calendar.rules", values, is_list=True)


def _table(name: str, values: Mapping[str, str], is_list: bool = False) -> Iterator[str]:
    yield ""
    yield f"[[{name}]]" if is_list else f"[{name}]"
    yield from (f"{key} = {value}" for key, value in values.items())


def _numbers(values: object, names: str) -> dict[str, str]:
    return {name: _number(getattr(values, name)) for name in names.split()}


def _number(value: Fraction) -> str:
    for decimals in range(MOST_DECIMALS + 1):
        scaled = value * 10**decimals
        if scaled.denominator == 1:
            return f'"{Decimal(f"{scaled.numerator}E-{decimals}"):f}"'
    raise GridInvalid("not_a_decimal", "grid", f"{value} cannot be written as a decimal number")


def _amount(amount: Money) -> str:
    return f'"{amount.decimal:f}"'


def _text(text: str) -> str:
    escaped = "".join(f"\\u{ord(sign):04x}" if sign < " " or sign in '"\\\x7f' else sign for sign in text)
    return f'"{escaped}"'


def _names(names: Mapping[str, str]) -> str:
    return "{ " + ", ".join(f"{language} = {_text(name)}" for language, name in names.items()) + " }"


def _dates(days: Iterable[date]) -> str:
    return _list(str(day) for day in sorted(days))


def _day(day: tuple[int, int]) -> str:
    return "{:02}-{:02}".format(*day)


def _list(items: Iterable[str]) -> str:
    return "[" + ", ".join(items) + "]"
