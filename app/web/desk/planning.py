"""The planning: rooms and nights on one page, and the way to any day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date, format_interval
from flask import g, render_template, request

from app.services.channels import list_connected_rooms
from app.services.planning import read_planning
from app.web.desk.bars import Drawing
from app.web.desk.door import Page, at_the_desk, desk, house, now, today
from app.web.filters import LOCALES
from app.web.guest.forms.fields import read_day
from pricing.stay import Stay

ZOOMS = (7, 14, 21, 31)
USUAL_ZOOM = 21
DAYS_BEFORE_TODAY = 2
A_WEEK = timedelta(days=7)
SATURDAY = 5
FARTHEST_YEARS = 20


@dataclass(frozen=True, slots=True)
class NightHead:
    """The head of a night: the day, its weekday in two letters, and what is particular about it."""

    day: date
    weekday: str
    classes: str


@desk.get("/planning")
@at_the_desk
def planning() -> Page:
    """Show the planning from a day on, for 7, 14, 21 or 31 nights."""
    window = _window()
    rooms = read_planning(property_id=house().id, window=window, now=now())
    drawing = Drawing(window, today(), list_connected_rooms(house().id))
    return render_template(
        "desk/planning.html",
        window=window,
        title=_title(window),
        heads=[_head(night) for night in window.nights],
        rooms=[drawing.room(room) for room in rooms],
        zooms=ZOOMS,
        earlier=window.arrival - A_WEEK,
        later=window.arrival + A_WEEK,
        today=today(),
    )


def _window() -> Stay:
    length = request.args.get("nights", USUAL_ZOOM, type=int)
    if length not in ZOOMS:
        length = USUAL_ZOOM
    first = _first_day()
    return Stay(first, first + timedelta(days=length))


def _first_day() -> date:
    usual = today() - timedelta(days=DAYS_BEFORE_TODAY)
    try:
        first = read_day(request.args.get("from", ""))
    except ValueError:
        return usual
    return first if abs(first.year - today().year) <= FARTHEST_YEARS else usual


def _head(night: date) -> NightHead:
    particular = {
        "is-today": night == today(),
        "is-weekend": night.weekday() >= SATURDAY,
        "is-month": night.day == 1,
    }
    return NightHead(
        night,
        format_date(night, "EEEEEE", locale=LOCALES[g.language]),
        " ".join(name for name, holds in particular.items() if holds),
    )


def _title(window: Stay) -> str:
    first, last = window.arrival, window.nights[-1]
    locale = LOCALES[g.language]
    if (first.year, first.month) == (last.year, last.month):
        words = format_date(first, "MMMM y", locale=locale)
    else:
        words = str(format_interval(first, last, "yMMMM", locale=locale))
    return words[:1].upper() + words[1:]
