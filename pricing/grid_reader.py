"""From the text of a grid to its checked parts; the form is shown by grids/example_house.toml."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import TypedDict

from pricing.brackets import Bracket
from pricing.costs import CostModel
from pricing.curve import AffineCurve
from pricing.document import Table, read, under
from pricing.money import MINOR_DIGITS, Money
from pricing.protection import Protection
from pricing.refusal import GridInvalid
from pricing.season_rules import Period, Season, SeasonRule, YearlyPeriod
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
            "calendar": _calendar(document.table("calendar"), _seasons(document)),
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


def _seasons(document: Table) -> tuple[Season, ...]:
    return tuple(_season(table) for table in document.tables("seasons"))


def _season(table: Table) -> Season:
    with table:
        return Season(code=table.text("code"), factor=table.number("factor"), names=table.names("names"))


def _calendar(table: Table, seasons: tuple[Season, ...]) -> SeasonCalendar:
    with table:
        return SeasonCalendar(
            seasons=seasons,
            base=table.text("base"),
            first_night=table.day("first_night"),
            horizon=table.day("horizon"),
            public_holidays=frozenset(table.days("public_holidays")),
            rules=tuple(_rule(rule) for rule in table.tables("rules")),
        )


def _rule(table: Table) -> SeasonRule:
    with table, under(table.path):
        return SeasonRule(
            season=table.text("season"),
            reasons=table.names("reasons"),
            dates=frozenset(table.days("dates")) if table.has("dates") else frozenset(),
            ranges=tuple(_period(each) for each in table.tables("ranges")) if table.has("ranges") else (),
            yearly=tuple(_yearly(each) for each in table.tables("yearly")) if table.has("yearly") else (),
            is_eve_of_public_holiday=table.has("eves") and table.flag("eves"),
        )


def _period(table: Table) -> Period:
    with table:
        return Period(table.day("from"), table.day("until"))


def _yearly(table: Table) -> YearlyPeriod:
    with table:
        return YearlyPeriod(_month_and_day(table, "from"), _month_and_day(table, "until"))


def _month_and_day(table: Table, key: str) -> tuple[int, int]:
    text = table.text(key)
    month, dash, day = text.partition("-")
    if not (text.isascii() and dash and len(month) == len(day) == 2 and month.isdigit() and day.isdigit()):
        raise GridInvalid("no_such_day", table.at(key), f"a day of the year is written 07-01, not {text!r}")
    return int(month), int(day)
