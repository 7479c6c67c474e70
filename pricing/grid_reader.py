"""From the text of a grid to its checked parts; the form is shown by grids/example_house.toml.

Form 1 is that of the first grids: it knew one curve, one scale of weights, and residents of the neighbourhood.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import TypedDict

from pricing.brackets import Bracket
from pricing.calendar_reader import read_calendar, read_first_calendar
from pricing.costs import CostModel, YearlyCosts
from pricing.curve import Curve, read_curve
from pricing.document import Table, read, under
from pricing.household_scales import HouseholdScales, PeopleScale
from pricing.index import Index
from pricing.length_rule import LengthRule
from pricing.limits import Limits
from pricing.money import MINOR_DIGITS, Money
from pricing.protection import Protection
from pricing.refusal import GridInvalid
from pricing.residents import ResidentRule
from pricing.seasons import SeasonCalendar

FIRST_FORM = "pricing-grid/1"
FORM = "pricing-grid/2"
INCOMES_IN = ("currency", "index")
FIRST_RESIDENTS = ResidentRule(
    MappingProxyType({"fr": "les gens du quartier", "en": "people of the neighbourhood"})
)
UNCHANGED = Fraction(1)
QUOTE_DAYS = 7
"""What a document means that does not say for how long a quote is honoured."""


class SharedParts(TypedDict):
    """Name the fields of a Grid that both forms write alike."""

    version: int
    currency: str
    effective_from: date
    curve: Curve
    brackets: tuple[Bracket, ...]
    protection: Protection
    room_factors: Mapping[str, Fraction]
    hard_ceiling: Money
    price_step: Money
    costs: CostModel
    most_nights: int


class GridParts(SharedParts):
    """Name the fields of a Grid."""

    calendar: SeasonCalendar
    author: str | None
    vote_reference: str | None
    previous_hash: str | None
    most_nights_a_year: int | None
    quote_days: int
    index: Index | None
    has_indexed_incomes: bool
    scales: HouseholdScales
    residents: ResidentRule | None
    length: LengthRule | None
    limits: Limits
    caps_at_cost: bool


def read_grid(text: str) -> tuple[str, GridParts]:
    """Read the form and every part of a grid. Raises: GridInvalid."""
    with read(text) as document:
        form = document.text("form")
        if form not in {FIRST_FORM, FORM}:
            raise GridInvalid("unknown_form", "form", f"this program reads {FIRST_FORM} and {FORM}")
        currency = document.text("currency")
        if currency not in MINOR_DIGITS:
            raise GridInvalid("unknown_currency", "currency", f"{currency!r} is not known here")
        return form, (_first if form == FIRST_FORM else _second)(document, currency)


def _first(document: Table, currency: str) -> GridParts:
    return {
        **_shared(document, currency, UNCHANGED),
        "calendar": read_first_calendar(document),
        "author": None,
        "vote_reference": None,
        "previous_hash": None,
        "most_nights_a_year": None,
        "quote_days": QUOTE_DAYS,
        "index": None,
        "has_indexed_incomes": False,
        "scales": HouseholdScales(),
        "residents": FIRST_RESIDENTS,
        "length": None,
        "limits": Limits(),
        "caps_at_cost": False,
    }


def _second(document: Table, currency: str) -> GridParts:
    index = _index(document.table("index")) if document.has("index") else None
    is_indexed = _incomes_in(document) == "index"
    unit = index.monthly if index and is_indexed else UNCHANGED
    return {
        **_shared(document, currency, unit),
        "author": _text(document, "author"),
        "vote_reference": _text(document, "vote_reference"),
        "previous_hash": _text(document, "previous_hash"),
        "most_nights_a_year": (
            document.whole("most_nights_a_year") if document.has("most_nights_a_year") else None
        ),
        "quote_days": document.whole("quote_days") if document.has("quote_days") else QUOTE_DAYS,
        "caps_at_cost": document.has("caps_at_cost") and document.flag("caps_at_cost"),
        "index": index,
        "has_indexed_incomes": is_indexed,
        "scales": _scales(document.table("household")),
        "length": _length(document.table("length")) if document.has("length") else None,
        "residents": _residents(document.table("residents")) if document.has("residents") else None,
        "limits": _limits(document.table("limits")) if document.has("limits") else Limits(),
        "calendar": read_calendar(document),
    }


def _shared(document: Table, currency: str, unit: Fraction) -> SharedParts:
    """Read what both forms have; the incomes of brackets and protection are in this unit."""
    return {
        "version": document.whole("version"),
        "currency": currency,
        "effective_from": document.day("effective_from"),
        "most_nights": document.whole("most_nights"),
        "hard_ceiling": document.money("hard_ceiling", currency),
        "price_step": document.money("price_step", currency),
        "curve": read_curve(document.table("curve")),
        "protection": _protection(document.table("protection"), unit),
        "costs": _costs(document.table("costs"), currency),
        "room_factors": _room_factors(document.table("room_factors")),
        "brackets": tuple(_bracket(table, unit) for table in document.tables("brackets")),
    }


def _text(document: Table, key: str) -> str | None:
    return document.text(key) if document.has(key) else None


def _incomes_in(document: Table) -> str:
    unit = document.text("incomes_in") if document.has("incomes_in") else INCOMES_IN[0]
    if unit not in INCOMES_IN:
        raise GridInvalid("unknown_unit", "incomes_in", f"incomes are in {' or '.join(INCOMES_IN)}")
    return unit


def _index(table: Table) -> Index:
    with table:
        return Index(
            names=table.names("names"),
            yearly=table.number("yearly"),
            reference_year=table.whole("reference_year"),
            published=table.day("published"),
        )


def _scales(table: Table) -> HouseholdScales:
    with table:
        units, weights = _people(table.table("units")), _people(table.table("weights"))
        return HouseholdScales(units=units, weights=weights)


def _people(table: Table) -> PeopleScale:
    with table, under(table.path):
        return PeopleScale(
            first_adult=table.number("first_adult"),
            other=table.number("other"),
            child=table.number("child"),
            baby=table.number("baby"),
        )


def _protection(table: Table, unit: Fraction) -> Protection:
    with table:
        return Protection(low=table.number("low") * unit, high=table.number("high") * unit)


def _costs(table: Table, currency: str) -> CostModel:
    with table:
        yearly = _yearly_costs(table, currency)
        return CostModel(
            fixed=yearly.per_room_night if yearly else table.money("fixed", currency),
            room=table.money("room", currency),
            grown_up=table.money("grown_up", currency),
            child=table.money("child", currency),
            by_season=_by_season(table, currency),
            yearly=yearly,
        )


def _yearly_costs(table: Table, currency: str) -> YearlyCosts | None:
    if not table.has("fixed_yearly"):
        return None
    return YearlyCosts(table.money("fixed_yearly", currency), table.number("room_nights_yearly"))


def _by_season(table: Table, currency: str) -> Mapping[str, Money]:
    if not table.has("by_season"):
        return MappingProxyType({})
    with table.table("by_season") as seasons:
        return MappingProxyType({code: seasons.money(code, currency) for code in seasons.unread()})


def _room_factors(table: Table) -> Mapping[str, Fraction]:
    with table:
        return MappingProxyType({code: table.number(code) for code in table.unread()})


def _bracket(table: Table, unit: Fraction) -> Bracket:
    with table:
        upper = table.number("below") * unit if table.has("below") else None
        return Bracket(lower=table.number("from") * unit, upper=upper, point=table.number("point") * unit)


def _length(table: Table) -> LengthRule:
    with table:
        return LengthRule(from_night=table.whole("from_night"), fraction_off=table.number("fraction_off"))


def _residents(table: Table) -> ResidentRule:
    with table:
        return ResidentRule(who=table.names("who"))


def _limits(table: Table) -> Limits:
    with table:
        return Limits(
            slope=table.number("slope"),
            effort=table.number("effort"),
            squeeze=table.number("squeeze"),
            jump=table.number("jump") if table.has("jump") else None,
        )
