"""What differs between two grids, number by number, in the words of the form; and which other parts differ at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _

from app.web.office.draft_forms import open_numbers
from app.web.office.grid_numbers import numbers_of
from app.web.office.numbers import write_number
from pricing.grid import Grid

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Change:
    """A number that differs: its name, what it was, what it is."""

    name: str
    was: str
    now: str


def changes_between(old: Grid, new: Grid, room_names: Mapping[str, str], language: str) -> tuple[Change, ...]:
    """Return every number of the form that differs."""
    before, after = _words(old, room_names, language), _words(new, room_names, language)
    return tuple(
        Change(name, before.get(name, NOTHING), after.get(name, NOTHING))
        for name in dict.fromkeys((*after, *before))
        if before.get(name, NOTHING) != after.get(name, NOTHING)
    )


def other_parts(old: Grid, new: Grid) -> tuple[str, ...]:
    """Name the parts that differ and have no number in the form."""
    parts = (
        (_("the brackets"), old.brackets, new.brackets),
        (_("which nights are in which season"), _calendar(old), _calendar(new)),
        (_("what people count for"), old.scales, new.scales),
        (_("what the grid promises not to exceed"), old.limits, new.limits),
        (_("the index of incomes"), old.index, new.index),
        (
            _("the most nights of a stay and of a year"),
            (old.most_nights, old.most_nights_a_year),
            (new.most_nights, new.most_nights_a_year),
        ),
    )
    return tuple(name for name, was, now in parts if was != now)


def _calendar(grid: Grid) -> object:
    calendar = grid.calendar
    return calendar.base, calendar.rules, calendar.first_night, calendar.horizon, calendar.almanac


def _words(grid: Grid, room_names: Mapping[str, str], language: str) -> dict[str, str]:
    values = numbers_of(grid)
    form = open_numbers(grid, language, room_names, values)
    return {
        str(field.label.text): _say(values[field.name], language) for field in form if field.name in values
    }


def _say(value: Any, language: str) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return write_number(value, language) if isinstance(value, Fraction) else str(value)
