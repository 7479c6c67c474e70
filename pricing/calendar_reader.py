"""From the text of a grid to its seasons and their calendar (form "pricing-grid/2", and form 1 as it was).

A selector is a table with one key, which says what kind it is: `{ yearly = { from = "11-01", until = "04-01" } }`.
"""

from collections.abc import Callable
from itertools import count
from types import MappingProxyType

from pricing.document import Table, under
from pricing.refusal import GridInvalid
from pricing.seasons.almanac import Almanac, Event, SchoolHolidays
from pricing.seasons.calendar import SeasonCalendar
from pricing.seasons.periods import MonthAndDay, Period, YearlyPeriod
from pricing.seasons.rule import SeasonRule
from pricing.seasons.season import Season
from pricing.seasons.selectors import (
    WEEKDAYS,
    AllOf,
    AnyOf,
    Dates,
    InSchoolHolidays,
    Not,
    OnEvent,
    PublicHolidays,
    Ranges,
    Selector,
    Weekdays,
    Yearly,
)

MOST_DEPTH = 32
PUBLIC_HOLIDAYS = "public_holidays"


def read_calendar(document: Table) -> SeasonCalendar:
    """Read `seasons` and `calendar` of a document of form 2. Raises: GridInvalid."""
    seasons = _seasons(document)
    with document.table("calendar") as table:
        return SeasonCalendar(
            seasons=seasons,
            base=table.text("base") if table.has("base") else None,
            first_night=table.day("first_night"),
            horizon=table.day("horizon"),
            almanac=_almanac(table),
            rules=tuple(_rule(rule) for rule in table.tables("rules")),
        )


def read_first_calendar(document: Table) -> SeasonCalendar:
    """Read `seasons` and `calendar` of a document of form 1: the first rule that takes a night decides.

    Raises: GridInvalid.
    """
    seasons = _seasons(document)
    with document.table("calendar") as table:
        rules = list(table.tables("rules"))
        return SeasonCalendar(
            seasons=seasons,
            base=table.text("base"),
            first_night=table.day("first_night"),
            horizon=table.day("horizon"),
            almanac=Almanac(frozenset(table.days("public_holidays"))),
            rules=tuple(map(_first_rule, rules, count(1), range(len(rules), 0, -1))),
        )


def _seasons(document: Table) -> tuple[Season, ...]:
    return tuple(_season(table) for table in document.tables("seasons"))


def _season(table: Table) -> Season:
    with table:
        return Season(code=table.text("code"), factor=table.number("factor"), names=table.names("names"))


def _almanac(table: Table) -> Almanac:
    return Almanac(
        public_holidays=frozenset(table.days("public_holidays")),
        school_holidays=_school_holidays(table) if table.has("school_holidays") else None,
        events=tuple(_event(event) for event in table.tables("events")) if table.has("events") else (),
    )


def _school_holidays(calendar: Table) -> SchoolHolidays:
    with calendar.table("school_holidays") as table, table.table("zones") as zones:
        return SchoolHolidays(
            known_from=table.day("known_from"),
            known_until=table.day("known_until"),
            source=table.text("source"),
            zones=MappingProxyType({zone: _periods(zones, zone) for zone in zones.unread()}),
        )


def _event(table: Table) -> Event:
    with table:
        return Event(table.text("code"), table.names("names"), frozenset(table.days("dates")))


def _rule(table: Table) -> SeasonRule:
    with table, under(table.path):
        return SeasonRule(
            code=table.text("code"),
            season=table.text("season"),
            priority=table.whole("priority"),
            selector=_selector(table.table("nights")),
            reasons=table.names("reasons"),
        )


def _first_rule(table: Table, number: int, priority: int) -> SeasonRule:
    with table, under(table.path):
        return SeasonRule(
            code=f"rule_{number}",
            season=table.text("season"),
            priority=priority,
            selector=_first_selector(table),
            reasons=table.names("reasons"),
        )


def _first_selector(table: Table) -> Selector:
    parts: list[Selector] = []
    if table.has("dates") and (dates := table.days("dates")):
        parts.append(Dates(frozenset(dates)))
    if table.has("ranges") and (ranges := _periods(table, "ranges")):
        parts.append(Ranges(ranges))
    if table.has("yearly"):
        parts += [Yearly(_yearly_period(each)) for each in table.tables("yearly")]
    if table.has("eves") and table.flag("eves"):
        parts.append(PublicHolidays(are_eves=True))
    if not parts:
        raise GridInvalid("rule_empty", table.path, "this rule takes no night")
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


def _selector(table: Table, depth: int = 1) -> Selector:
    with table, under(table.path):
        keys = table.unread()
        if len(keys) != 1:
            raise GridInvalid("selector_keys", table.path, "one key is expected; join several by any or all")
        if depth > MOST_DEPTH:
            raise GridInvalid("too_deep", table.path, f"selectors are joined {MOST_DEPTH} deep at most")
        key = keys[0]
        if key == "not":
            return Not(_selector(table.table(key), depth + 1))
        if key in {"any", "all"}:
            parts = tuple(_selector(part, depth + 1) for part in table.tables(key))
            return AnyOf(parts) if key == "any" else AllOf(parts)
        if key not in LEAVES:
            known = ", ".join([*LEAVES, "any", "all", "not"])
            raise GridInvalid("unknown_selector", table.at(key), f"known are {known}")
        return LEAVES[key](table, key)


def _on(table: Table, key: str) -> Selector:
    if table.text(key) != PUBLIC_HOLIDAYS:
        raise GridInvalid("unknown_selector", table.at(key), f'only "{PUBLIC_HOLIDAYS}" stands here')
    return PublicHolidays(are_eves=key == "eve_of")


def _weekdays(table: Table, key: str) -> Selector:
    days = table.texts(key)
    for place, day in enumerate(days, 1):
        if day not in WEEKDAYS:
            raise GridInvalid("no_such_day", f"{table.at(key)}[{place}]", f"days are {', '.join(WEEKDAYS)}")
    return Weekdays(frozenset(map(WEEKDAYS.index, days)))


def _in_school_holidays(table: Table, key: str) -> Selector:
    with table.table(key) as zones:
        how = "all" if zones.has("all") else "any"
        return InSchoolHolidays(zones.texts(how), in_all=how == "all")


def _periods(table: Table, key: str) -> tuple[Period, ...]:
    return tuple(_period(each) for each in table.tables(key))


def _period(table: Table) -> Period:
    with table, under(table.path):
        return Period(table.day("from"), table.day("until"))


def _yearly_period(table: Table) -> YearlyPeriod:
    with table, under(table.path):
        return YearlyPeriod(_month_and_day(table, "from"), _month_and_day(table, "until"))


def _month_and_day(table: Table, key: str) -> MonthAndDay:
    text = table.text(key)
    month, dash, day = text.partition("-")
    if not (text.isascii() and dash and len(month) == len(day) == 2 and month.isdigit() and day.isdigit()):
        raise GridInvalid("no_such_day", table.at(key), f"a day of the year is written 07-01, not {text!r}")
    return int(month), int(day)


LEAVES: dict[str, Callable[[Table, str], Selector]] = {
    "yearly": lambda table, key: Yearly(_yearly_period(table.table(key))),
    "dates": lambda table, key: Dates(frozenset(table.days(key))),
    "ranges": lambda table, key: Ranges(_periods(table, key)),
    "weekdays": _weekdays,
    "on": _on,
    "eve_of": _on,
    "school_holidays": _in_school_holidays,
    "event": lambda table, key: OnEvent(table.text(key)),
}
