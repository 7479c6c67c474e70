"""What the office types about a year: its costs, and how many nights of whom it expects."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, ValidationError
from wtforms.validators import InputRequired

from app.services.balance import YearPlan
from app.web.drawings.portrait import BracketWords
from app.web.office.numbers import NumberField
from pricing.grid import Grid
from pricing.money import Money

CENTS = 2
NEEDED = _l("A number is needed here.")
MOST_EUROS = 10_000_000
MOST_NIGHTS = 10_000  # of a season: the risk draws every one of them
MOST_PARTS = 100_000
MOST_WEIGHT = 100
AMOUNTS = ("fixed", "night_cost", "reserve", "grants")


class PlanNumber(NumberField):
    """A number that is not negative, and no larger than a small hotel's."""

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._most = most

    def pre_validate(self, _form: Any) -> None:
        """Refuse what is under nothing, or beyond our books."""
        if self.data is not None and self.data < 0:
            raise ValidationError(_("This is not less than nothing."))
        if self.data is not None and self.data > self._most:
            raise ValidationError(_("This is more than our books hold."))


def _needed(label: Any, most: int) -> PlanNumber:
    return PlanNumber(label, [InputRequired(NEEDED)], most_decimals=CENTS, most=most)


class BudgetForm(Form):
    """Ask for a year; `open_budget` adds a field for each season and bracket."""

    fixed = _needed(_l("Fixed costs of a year, in €"), MOST_EUROS)
    night_cost = _needed(_l("What one room night more costs, in €"), MOST_EUROS)
    reserve = _needed(_l("To be put aside, in €"), MOST_EUROS)
    grants = _needed(_l("Grants expected, in €"), MOST_EUROS)
    weight = _needed(_l("People a night, as the grid weighs them (two adults: 1.5)"), MOST_WEIGHT)

    @property
    def costs(self) -> tuple[Any, ...]:
        """Return the fields of the costs."""
        return tuple(self[name] for name in AMOUNTS)

    @property
    def nights(self) -> tuple[Any, ...]:
        """Return the fields of the nights by season."""
        return tuple(field for field in self if field.name.startswith("nights_"))

    @property
    def shares(self) -> tuple[Any, ...]:
        """Return the fields of the brackets."""
        return tuple(field for field in self if field.name.startswith("share_"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Also refuse a year without a night, without guests, or of nights that weigh nothing."""
        if not super().validate(extra_validators):
            return False
        for fields, words in (
            (self.nights, _("A year has some nights: write how many in a season at least.")),
            (self.shares, _("Somebody comes: write a share at least.")),
            ((self.weight,), _("A night weighs more than nothing.")),
        ):
            if not any(field.data for field in fields):
                fields[0].errors = [words]
        return not self.errors

    def plan(self, grid: Grid) -> YearPlan:
        """Return what a form that is filled says."""
        amounts = {name: Money.nearest(self[name].data, grid.currency) for name in AMOUNTS}
        codes = (season.code for season in grid.calendar.seasons)
        return YearPlan(
            nights={code: field.data for code, field in zip(codes, self.nights, strict=True)},
            shares=tuple(field.data for field in self.shares),
            weight=self.weight.data or Fraction(1),
            **amounts,
        )


def open_budget(
    grid: Grid, brackets: Sequence[BracketWords], plan: YearPlan, language: str, typed: Any = None
) -> BudgetForm:
    """Open the form for a grid, filled with a plan; what the plan does not know of the grid begins at nothing."""
    seasons, nothing = grid.calendar.seasons, Fraction(0)
    more = {
        f"nights_{place}": _needed(season.names[language], MOST_NIGHTS)
        for place, season in enumerate(seasons)
    } | {f"share_{bracket.number}": _needed(bracket.incomes, MOST_PARTS) for bracket in brackets}
    shares = dict(enumerate(plan.shares, 1))
    values: dict[str, Any] = {name: Fraction(getattr(plan, name).decimal) for name in AMOUNTS}
    values |= {
        f"nights_{place}": plan.nights.get(season.code, nothing) for place, season in enumerate(seasons)
    }
    values |= {f"share_{bracket.number}": shares.get(bracket.number, nothing) for bracket in brackets}
    form: BudgetForm = type("YearBudgetForm", (BudgetForm,), more)(
        typed, data=values | {"weight": plan.weight}
    )
    return form
