"""From the text of a grid to its checked parts; the form is shown by grids/example_house.toml."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import TypedDict

from pricing.brackets import Bracket
from pricing.calendar_reader import read_first_calendar
from pricing.costs import CostModel
from pricing.curve import AffineCurve
from pricing.document import Table, read
from pricing.money import MINOR_DIGITS, Money
from pricing.protection import Protection
from pricing.refusal import GridInvalid
from pricing.seasons import SeasonCalendar

FORM = "pricing-grid/1"


class GridParts(TypedDict):
    """Name the fields of a Grid."""

    version: int
    currency: str
    effective_from: date
    curve: AffineCurve
    brackets: tuple[Bracket, ...]
    protection: Protection
    calendar: SeasonCalendar
    room_factors: Mapping[str, Fraction]
    hard_ceiling: Money
    price_step: Money
    costs: CostModel
    most_nights: int


def read_grid(text: str) -> GridParts:
    """Read every part of a grid. Raises: GridInvalid."""
    with read(text) as document:
        if document.text("form") != FORM:
            raise GridInvalid("unknown_form", "form", f"this program reads {FORM}")
        currency = document.text("currency")
        if currency not in MINOR_DIGITS:
            raise GridInvalid("unknown_currency", "currency", f"{currency!r} is not known here")
        return {
            "version": document.whole("version"),
            "currency": currency,
            "effective_from": document.day("effective_from"),
            "most_nights": document.whole("most_nights"),
            "hard_ceiling": document.money("hard_ceiling", currency),
            "price_step": document.money("price_step", currency),
            "curve": _curve(document.table("curve")),
            "protection": _protection(document.table("protection")),
            "costs": _costs(document.table("costs"), currency),
            "room_factors": _room_factors(document.table("room_factors")),
            "brackets": tuple(_bracket(table) for table in document.tables("brackets")),
            "calendar": read_first_calendar(document),
        }


def _curve(table: Table) -> AffineCurve:
    with table:
        kind = table.text("kind")
        if kind != "affine":
            raise GridInvalid("unknown_kind", table.at("kind"), f"there is no curve of kind {kind!r}")
        return AffineCurve(
            floor=table.number("floor"),
            protected_income=table.number("protected_income"),
            slope=table.number("slope"),
            ceiling=table.number("ceiling"),
        )


def _protection(table: Table) -> Protection:
    with table:
        return Protection(low=table.number("low"), high=table.number("high"))


def _costs(table: Table, currency: str) -> CostModel:
    with table:
        return CostModel(
            fixed=table.money("fixed", currency),
            room=table.money("room", currency),
            grown_up=table.money("grown_up", currency),
            child=table.money("child", currency),
        )


def _room_factors(table: Table) -> Mapping[str, Fraction]:
    with table:
        return MappingProxyType({code: table.number(code) for code in table.unread()})


def _bracket(table: Table) -> Bracket:
    with table:
        upper = table.number("below") if table.has("below") else None
        return Bracket(lower=table.number("from"), upper=upper, point=table.number("point"))
