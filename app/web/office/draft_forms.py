"""What the office types about a draft: its usual numbers in fields, everything else as text, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, Form, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import HiddenInput

from app.services.grids.drafting import LONGEST_REASON
from app.web.office.numbers import NumberField
from pricing.curve import AffineCurve
from pricing.grid import Grid

CENTS = 2
LONGEST_WORDS = 120
LONGEST_DOCUMENT = 200_000
STEPS = ("1", "2", "5")
NEEDED = _l("A number is needed here.")


def _stripped(text: str | None) -> str:
    return (text or "").strip()


def _reason() -> TextAreaField:
    return TextAreaField(
        _l("Why another grid?"),
        [Length(max=LONGEST_REASON, message=_l("A few sentences are enough: 500 characters at most."))],
        filters=[_stripped],
        render_kw={"rows": "2", "maxlength": str(LONGEST_REASON)},
    )


def _needed(label: Any, **kwargs: Any) -> NumberField:
    return NumberField(label, [InputRequired(NEEDED)], **kwargs)


def _words(label: Any) -> StringField:
    return StringField(
        label, [Length(max=LONGEST_WORDS)], filters=[_stripped], render_kw={"maxlength": str(LONGEST_WORDS)}
    )


class RevisionForm(Form):
    """Carry which text of the draft was on the page."""

    revision = IntegerField(widget=HiddenInput())


class StartForm(Form):
    """Ask from which version a draft begins, and why."""

    version = SelectField(_l("Begin with"), [InputRequired()], coerce=int)
    reason = _reason()


class TextForm(RevisionForm):
    """Ask for the whole document, typed or from a file."""

    document = TextAreaField(
        _l("The whole grid as text"),
        [Length(max=LONGEST_DOCUMENT, message=_l("This text is too long to be a grid."))],
        render_kw={"rows": "24", "spellcheck": "false", "class": "code"},
    )
    file = FileField(_l("… or from a file"), render_kw={"accept": ".toml,text/plain"})

    @property
    def text(self) -> str:
        """Return the file that was sent, else what stands in the field; browsers end lines in two signs."""
        return str(self.document.data or "").replace("\r\n", "\n")


class NumbersForm(RevisionForm):
    """Ask for the numbers that a house usually changes; `open_numbers` adds a field for each season and room."""

    reason = _reason()
    floor = _needed(_l("Floor, in €"), most_decimals=CENTS)
    protected_income = _needed(_l("Protected income, in € a month"), most_decimals=CENTS)
    slope = _needed(_l("For each €100 above it, in €"))
    ceiling = _needed(_l("Ceiling, in €"), most_decimals=CENTS)
    hard_ceiling = _needed(_l("Most for one room and night, in €"), most_decimals=CENTS)
    price_step = SelectField(_l("Prices are whole steps of"), [InputRequired()])
    caps_at_cost = BooleanField(_l("Nobody is asked for more than the real cost"))
    protection_low = _needed(_l("A dear season is not felt up to, in € a month"), most_decimals=CENTS)
    protection_high = _needed(_l("… and is felt fully from, in € a month"), most_decimals=CENTS)
    fixed_yearly = _needed(_l("Costs of a year, in €"), most_decimals=CENTS)
    room_nights_yearly = _needed(_l("… shared over so many room nights"))
    fixed = _needed(_l("Fixed cost of a night, in €"), most_decimals=CENTS)
    room_cost = _needed(_l("Cleaning and linen of a room, in €"), most_decimals=CENTS)
    grown_up_cost = _needed(_l("Each person from 14 on, in €"), most_decimals=CENTS)
    child_cost = _needed(_l("Each child of 3 to 13, in €"), most_decimals=CENTS)
    residents_fr = _words(_l("Residents, in French"))
    residents_en = _words(_l("Residents, in English"))
    length_from = NumberField(_l("Long stays: cheaper from night"), most_decimals=0)
    length_off = NumberField(_l("… by so many percent of what is above the floor"))

    def validate_length_off(self, field: NumberField) -> None:
        """Ask for both numbers of the length rule or for none."""
        if (field.data is None) != (self.length_from.data is None):
            raise ValidationError(_("A rule for long stays has both numbers, or none."))

    def validate_residents_en(self, field: StringField) -> None:
        """Ask for the residents in both languages or in none."""
        if bool(field.data) != bool(self.residents_fr.data):
            raise ValidationError(_("Say who is meant in both languages, or leave both empty."))

    @property
    def groups(self) -> tuple[tuple[str, tuple[Any, ...]], ...]:
        """Return the fields under their headings, in the order of the page."""
        curve = ("floor", "protected_income", "slope", "ceiling")
        limits = ("hard_ceiling", "price_step", "caps_at_cost")
        costs = ("fixed_yearly", "room_nights_yearly", "fixed", "room_cost", "grown_up_cost", "child_cost")
        headings = (
            (_("The price of one person"), curve),
            (_("Bounds and steps"), limits),
            (_("Protection"), ("protection_low", "protection_high")),
            (_("Seasons, in % more or less"), self._named("season_")),
            (_("Rooms, in % more or less"), self._named("room_factor_")),
            (_("What a night costs the house"), costs),
            (_("Residents and long stays"), ("residents_fr", "residents_en", "length_from", "length_off")),
        )
        shown = ((title, tuple(self[name] for name in names if name in self)) for title, names in headings)
        return tuple((title, fields) for title, fields in shown if fields)

    def _named(self, beginning: str) -> tuple[str, ...]:
        return tuple(name for name in self._fields if name.startswith(beginning))


def open_numbers(
    grid: Grid,
    language: str,
    room_names: Mapping[str, str],
    values: Mapping[str, Any],
    typed: Any = None,
) -> NumbersForm:
    """Open the form for a grid: with a field for each of its seasons and rooms, without those it has no place for."""
    more = {
        season_field(place): _needed(season.names[language])
        for place, season in enumerate(grid.calendar.seasons)
    } | {
        room_field(place): _needed(room_names.get(code, code)) for place, code in enumerate(grid.room_factors)
    }
    form: NumbersForm = type("GridNumbersForm", (NumbersForm,), more)(typed, data=values)
    steps = dict.fromkeys((*STEPS, f"{grid.price_step.decimal.normalize():f}"))
    form.price_step.choices = [(step, f"{step} €") for step in steps]
    for name in _absent(grid):
        del form[name]
    return form


def season_field(place: int) -> str:
    """Name the field of a season by its place in the grid."""
    return f"season_{place}"


def room_field(place: int) -> str:
    """Name the field of a type of room by its place in the grid."""
    return f"room_factor_{place}"


def _absent(grid: Grid) -> tuple[str, ...]:
    """Return the fields that this grid has no place for: another curve, incomes as multiples of an index."""
    absent: tuple[str, ...] = ("fixed",) if grid.costs.yearly else ("fixed_yearly", "room_nights_yearly")
    if not isinstance(grid.curve, AffineCurve):
        absent += ("floor", "protected_income", "slope", "ceiling")
    if grid.has_indexed_incomes:
        absent += ("protection_low", "protection_high")
    return absent
