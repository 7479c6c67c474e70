"""Versions: whole tables, each in force from a day (included) to a day (excluded)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pricing.scale.faults import CannotPrice, brief
from pricing.scale.lines import Line, line_name, read_line
from pricing.scale.place import Place, Record, noting, text
from pricing.scale.sorts import UNSURE, Sort

Period = tuple[date | None, date | None]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Version:
    """Hold the lines of one version; a start or end of None is unknown or still in force."""

    start: date | None
    end: date | None
    lines: tuple[Line, ...]
    sorts: Mapping[str, Sort]

    def is_in_force(self, day: date) -> bool:
        """Tell whether this version is the one of a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


def version_of(versions: Sequence[Version], day: date | None) -> Version:
    """Return the version of a day, which may be left out where there is only one.

    Raises: CannotPrice (missing_input, no_version).
    """
    if day is None:
        if len(versions) > 1:
            raise CannotPrice("missing_input", "there are several versions: the date is needed")
        return versions[0]
    for version in versions:
        if version.is_in_force(day):
            return version
    raise CannotPrice("no_version", f"no version is in force on {day}")


def parse_day(value: object) -> date | None:
    """Read a date written 2025-09-01, None if it is anything else."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def read_versions(place: Place) -> tuple[Version, ...]:
    """Read the versions of a file, oldest first."""
    entries = place.items()
    versions = [noting(_version, entry) for entry in entries]
    _check_order(entries)
    return tuple(version for version in versions if version)


def _version(place: Place) -> Version:
    record = Record(place, required=("from", "to", "lines"), optional=("note",))
    record.maybe("note", text)
    start, end = record.read("from", _day), record.read("to", _day)
    lines, sorts = record.maybe("lines", _lines) or ((), {})
    return Version(start, end, lines, sorts)


def _check_order(entries: Sequence[Place]) -> None:
    """Note every version that ends before it begins, or begins before the one above has ended."""
    before: Period | None = None
    for index, entry in enumerate(entries):
        period = _period(entry.value)
        if period and period[0] and period[1] and period[1] <= period[0]:
            entry.note("version_order", "a version ends after it has begun")
        if index and before and period and not _follows(before, period):
            entry.note("version_order", "a version begins when the one above has ended, or later")
        before = period


def _follows(before: Period, period: Period) -> bool:
    return before[1] is not None and period[0] is not None and period[0] >= before[1]


def _period(version: object) -> Period | None:
    """Return the days of a version as far as they can be read, for its order among the others."""
    if not isinstance(version, dict):
        return None
    days = [version.get(key, "missing") for key in ("from", "to")]
    start, end = (parse_day(day) for day in days)
    return None if any(day is not None and parse_day(day) is None for day in days) else (start, end)


def _day(place: Place) -> date | None:
    day = parse_day(place.value)
    if day is None and place.value is not None:
        place.refuse("bad_value", f"a date is written 2025-09-01, not {brief(place.value)}")
    return day


def _lines(place: Place) -> tuple[tuple[Line, ...], dict[str, Sort]]:
    """Read the lines from top to bottom; each may use the inputs and the lines above it."""
    inputs = place.context.names
    sorts: dict[str, Sort] = {}
    lines = []
    for entry in place.items():
        line = read_line(entry.within(place.context.knowing({**inputs, **sorts})))
        name = line_name(entry)
        if name is None:
            continue
        if name in inputs or name in sorts:
            entry.key("name").note("duplicate_name", f"{name} is the name of an input or of another line")
        sorts[name] = line.kind.sort if line else UNSURE
        if line:
            lines.append(line)
    return tuple(lines), sorts
