"""From seasons and their calendar to canonical text of form "pricing-grid/2"."""

from collections.abc import Iterable, Iterator

from pricing import document_writer as toml
from pricing.refusal import GridInvalid
from pricing.seasons.almanac import Event, SchoolHolidays
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


def write_calendar(calendar: SeasonCalendar) -> str:
    """Write `seasons` and `calendar`: tables to stand after everything that is in no table."""
    return "\n".join(_lines(calendar)) + "\n"


def _lines(calendar: SeasonCalendar) -> Iterator[str]:
    for season in calendar.seasons:
        yield from _season(season)
    yield from toml.table("calendar", _calendar(calendar))
    if calendar.almanac.school_holidays:
        yield from _school_holidays(calendar.almanac.school_holidays)
    for event in calendar.almanac.events:
        yield from _event(event)
    for rule in calendar.rules:
        yield from _rule(rule)


def _season(season: Season) -> Iterator[str]:
    values = {"code": toml.text(season.code), "factor": toml.number(season.factor)}
    return toml.table("seasons", values | {"names": toml.names(season.names)}, is_list=True)


def _calendar(calendar: SeasonCalendar) -> dict[str, str]:
    values = {"first_night": str(calendar.first_night), "horizon": str(calendar.horizon)}
    if calendar.base is not None:
        values["base"] = toml.text(calendar.base)
    values["public_holidays"] = toml.dates(calendar.almanac.public_holidays)
    if not calendar.rules:
        values["rules"] = "[]"
    return values


def _school_holidays(known: SchoolHolidays) -> Iterator[str]:
    path = "calendar.school_holidays"
    days = {"known_from": str(known.known_from), "known_until": str(known.known_until)}
    yield from toml.table(path, days | {"source": toml.text(known.source)})
    zones = {toml.text(zone): _periods(periods) for zone, periods in sorted(known.zones.items())}
    yield from toml.table(f"{path}.zones", zones)


def _event(event: Event) -> Iterator[str]:
    values = {
        "code": toml.text(event.code),
        "names": toml.names(event.names),
        "dates": toml.dates(event.dates),
    }
    return toml.table("calendar.events", values, is_list=True)


def _rule(rule: SeasonRule) -> Iterator[str]:
    values = {
        "code": toml.text(rule.code),
        "season": toml.text(rule.season),
        "priority": str(rule.priority),
        "reasons": toml.names(rule.reasons),
        "nights": _selector(rule.selector),
    }
    return toml.table("calendar.rules", values, is_list=True)


def _selector(selector: Selector) -> str:
    key, value = _key_and_value(selector)
    return toml.inline({key: value})


def _key_and_value(selector: Selector) -> tuple[str, str]:  # noqa: C901, PLR0911 - one short line a kind
    match selector:
        case Yearly(period):
            return "yearly", _yearly(period)
        case Dates(dates):
            return "dates", toml.dates(dates)
        case Ranges(ranges):
            return "ranges", _periods(ranges)
        case Weekdays(weekdays):
            return "weekdays", _texts(WEEKDAYS[day] for day in sorted(weekdays))
        case PublicHolidays(are_eves):
            return "eve_of" if are_eves else "on", toml.text("public_holidays")
        case InSchoolHolidays(zones, in_all):
            return "school_holidays", toml.inline({"all" if in_all else "any": _texts(zones)})
        case OnEvent(code):
            return "event", toml.text(code)
        case AnyOf(parts):
            return "any", toml.listed(map(_selector, parts))
        case AllOf(parts):
            return "all", toml.listed(map(_selector, parts))
        case Not(part):
            return "not", _selector(part)
    raise GridInvalid("unknown_selector", "nights", f"there is no way to write {selector!r}")


def _periods(periods: Iterable[Period]) -> str:
    lines = [f"    {toml.inline({'from': str(each.start), 'until': str(each.end)})},\n" for each in periods]
    return f"[\n{''.join(lines)}]"


def _yearly(period: YearlyPeriod) -> str:
    return toml.inline({"from": _day(period.start), "until": _day(period.end)})


def _day(day: MonthAndDay) -> str:
    return toml.text("{:02}-{:02}".format(*day))


def _texts(texts: Iterable[str]) -> str:
    return toml.listed(map(toml.text, texts))
